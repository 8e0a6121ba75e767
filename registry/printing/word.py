"""The same document as Word, for whoever edits it further: 宋体 and 黑体, header row repeated, page x / y."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import docx as word_files
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml.etree import SubElement

from registry.printing.document import A4, MARGIN, Document, room

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
_SMALL = 9
_INSET = "45"
_TWIPS = 20
"""Twentieths of a point, in which Word measures tables."""


def docx(document: Document) -> bytes:
    """A `.docx` of the document."""
    word = word_files.Document()
    _settle(word, document)
    _heading(word, document)
    if document.style == "names":
        _names(word, document)
    else:
        _table(word, document)
    for note in document.notes:
        _paragraph(word, note, document.size * 0.9)
    if document.signature:
        _paragraph(word, document.signature, document.size, before=18)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _settle(word: Any, document: Document) -> None:
    """Paper, fonts, the head and the foot of every page."""
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if document.turned else WD_ORIENT.PORTRAIT
    width, height = A4[::-1] if document.turned else A4
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    _set_fonts(word.styles["Normal"], document.size)
    word.core_properties.title, word.core_properties.author = document.title, document.society
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style = foot.style = word.styles["Normal"]
    head.paragraph_format.tab_stops.add_tab_stop(Mm(width - 2 * MARGIN), WD_TAB_ALIGNMENT.RIGHT)
    _run(head, f"{document.society}\t{document.day}", _SMALL)
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("PAGE", " / ", "NUMPAGES"):
        _field(foot, part) if part.isalpha() else _run(foot, part, _SMALL)


def _set_fonts(normal: Any, size: float) -> None:
    normal.font.name, normal.font.size = LATIN, Pt(size)
    properties = normal.element.rPr
    properties.rFonts.set(qn("w:eastAsia"), SONG)
    SubElement(properties, qn("w:lang"), {qn("w:val"): "en-US", qn("w:eastAsia"): "zh-CN"})
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    SubElement(SubElement(run, qn("w:rPr")), qn("w:sz"), {qn("w:val"): str(_SMALL * 2)})
    text = SubElement(run, qn("w:t"))
    text.text = "1"
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no word for fields


def _run(paragraph: Any, text: str, size: float, font: str = SONG, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, LATIN
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - nor for the font of Chinese


def _paragraph(word: Any, text: str, size: float, before: float = 4) -> Any:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    _run(paragraph, text, size)
    return paragraph


def _heading(word: Any, document: Document) -> None:
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(6)
    _run(title, document.title, 18, bold=True)
    if document.subtitle:
        _paragraph(word, document.subtitle, document.size).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _table(word: Any, document: Document) -> None:
    """Rows as XML of their own: the library's cells would take minutes for ten thousand of them."""
    widths = list(_twips(document))
    table = _start(word, widths, "Table Grid")
    centred = [not head.flexible for head in document.heads]
    heads = [head.label for head in document.heads]
    table.append(_row(heads, widths, [True] * len(heads), font=HEI, repeated=True))
    for group in document.groups:
        if group.heading:
            table.append(_group(group.heading, widths))
        for row in group.rows:
            table.append(_row(row, widths, centred))


def _twips(document: Document) -> Iterable[int]:
    """The room of the page, shared out as the press does it."""
    given = document.data()["widths"]
    all_of_it = room(document.size, turned=document.turned)
    rest = all_of_it - sum(width["em"] for width in given if not width["flexible"])
    weight = sum(width["em"] for width in given if width["flexible"]) or 1
    for width in given:
        em = rest * width["em"] / weight if width["flexible"] else width["em"]
        yield round(max(em, 2) * document.size * _TWIPS)


def _start(word: Any, widths: Sequence[int], style: str) -> Any:
    table = word.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
        column.set(qn("w:w"), str(width))
    margins = SubElement(table._tbl.tblPr, qn("w:tblCellMar"))  # noqa: SLF001
    for side in ("left", "right"):
        SubElement(margins, qn(f"w:{side}"), {qn("w:w"): _INSET, qn("w:type"): "dxa"})
    return table._tbl  # noqa: SLF001 - rows are appended as XML


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    centred: Sequence[bool],
    font: str = "",
    *,
    repeated: bool = False,
) -> Any:
    row = parse_xml(f"<w:tr {nsdecls('w')}/>")
    properties = SubElement(row, qn("w:trPr"))
    SubElement(properties, qn("w:cantSplit"))
    if repeated:
        SubElement(properties, qn("w:tblHeader"))
    for text, width, middle in zip(texts, widths, centred, strict=True):
        _cell(row, [(text, font)], width, middle=middle)
    return row


def _group(heading: str, widths: Sequence[int]) -> Any:
    row = parse_xml(f"<w:tr {nsdecls('w')}/>")
    properties = SubElement(row, qn("w:trPr"))
    SubElement(properties, qn("w:cantSplit"))
    _cell(row, [(heading, HEI)], sum(widths), span=len(widths), kept=True)
    return row


def _cell(
    row: Any,
    runs: Iterable[tuple[str, str]],
    width: int,
    *,
    middle: bool = False,
    span: int = 1,
    kept: bool = False,
) -> None:
    """One cell of runs, each with the font of its Chinese; `kept` with the row below it."""
    cell = SubElement(row, qn("w:tc"))
    properties = SubElement(cell, qn("w:tcPr"))
    SubElement(properties, qn("w:tcW"), {qn("w:w"): str(width), qn("w:type"): "dxa"})
    if span > 1:
        SubElement(properties, qn("w:gridSpan"), {qn("w:val"): str(span)})
        SubElement(properties, qn("w:shd"), {qn("w:val"): "clear", qn("w:fill"): "F0F0F0"})
    SubElement(properties, qn("w:vAlign"), {qn("w:val"): "center"})
    paragraph = SubElement(cell, qn("w:p"))
    how = SubElement(paragraph, qn("w:pPr"))
    if kept:
        SubElement(how, qn("w:keepNext"))
    SubElement(how, qn("w:spacing"), {qn("w:before"): "40", qn("w:after"): "40"})
    if middle:
        SubElement(how, qn("w:jc"), {qn("w:val"): "center"})
    for text, font in runs:
        _text(paragraph, text, font)


def _text(paragraph: Any, text: str, font: str) -> None:
    run = SubElement(paragraph, qn("w:r"))
    if font:
        properties = SubElement(run, qn("w:rPr"))
        SubElement(properties, qn("w:rFonts"), {qn("w:eastAsia"): font})
    said = SubElement(run, qn("w:t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    said.text = text


def _names(word: Any, document: Document) -> None:
    width = round(room(document.size, turned=document.turned) * document.size * _TWIPS / document.across)
    widths = [width] * document.across
    for group in document.groups:
        if group.heading:
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(12)
            paragraph.paragraph_format.space_after = Pt(4)
            paragraph.paragraph_format.keep_with_next = True
            _run(paragraph, group.heading, document.size, HEI)
        table = _start(word, widths, "Normal Table")
        for line in _lines(group.rows, document.across):
            row = parse_xml(f"<w:tr {nsdecls('w')}/>")
            for text in line:
                _cell(row, [(text, "")], width)
            table.append(row)


def _lines(rows: Sequence[Sequence[str]], across: int) -> Iterator[list[str]]:
    """Names with what stands behind them, so many in a line, the last line filled up."""
    names = ["".join(row) for row in rows]
    for start in range(0, len(names), across):
        line = names[start : start + across]
        yield [*line, *[""] * (across - len(line))]
