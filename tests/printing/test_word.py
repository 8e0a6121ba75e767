"""Word files: read back by the library, and by LibreOffice."""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO

import docx
from docx.oxml.ns import qn

from registry.printing.document import Document, Group, Head
from registry.printing.word import docx as write
from tests.printing.test_paper import HARD

LIST = Document(
    title="示例学会会员名册",
    subtitle="（共3人，按姓氏笔画为序）",
    society="示例学会",
    day="2026年11月24日",
    heads=[Head("序号"), Head("姓名"), Head("工作单位及职务", flexible=True)],
    groups=[
        Group("北京星河大学（1人）", [["1", "王　富", "北京星河大学教授"]]),
        Group("", [["2", "欧阳晓月", "<b>&amp;"], ["3", "Erdős Pál", ""]]),
    ],
    notes=["注：以上。"],
    signature="制表：　　　　审核：",
)


def opened(document=LIST):
    return docx.Document(BytesIO(write(document)))


def test_the_table_is_what_the_document_says():
    (table,) = opened().tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "姓名", "工作单位及职务"]
    assert rows[1] == ["北京星河大学（1人）"] * 3
    assert rows[2:] == [list(row) for row in LIST.rows]


def test_title_notes_and_signature_stand_around_it():
    texts = [paragraph.text for paragraph in opened().paragraphs if paragraph.text]
    assert texts == [LIST.title, LIST.subtitle, *LIST.notes, LIST.signature]


def test_society_day_and_numbers_stand_on_every_page():
    (section,) = opened().sections
    assert section.header.paragraphs[0].text == "示例学会\t2026年11月24日"
    fields = section.footer.paragraphs[0]._p.findall(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_the_header_row_is_repeated_and_no_row_is_split():
    (table,) = opened().tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_paper_is_turned_for_many_columns():
    many = replace(LIST, heads=[Head(f"列{n}", flexible=True) for n in range(9)], groups=[Group("", [])])
    assert [round(opened(one).sections[0].page_width.mm) for one in (LIST, many)] == [210, 297]
    assert round(opened(replace(LIST, landscape=True)).sections[0].page_width.mm) == 297


def test_names_alone_stand_in_lines():
    names = Group("理事（4人）", [["王　富", "（女）"], ["欧阳晓月", ""], ["陳大文", ""], ["Erdős Pál", ""]])
    (table,) = opened(replace(LIST, style="names", heads=[], groups=[names], across=3)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["王　富（女）", "欧阳晓月", "陳大文"], ["Erdős Pál", "", ""]]


def test_libreoffice_reads_every_text(soffice, tmp_path):
    path = tmp_path / "list.docx"
    rows = [[str(number), name, "教授"] for number, name in enumerate(HARD, 1)]
    path.write_bytes(write(replace(LIST, groups=[Group("", rows)])))
    (text,) = soffice.texts(path)
    for told in (LIST.title, LIST.notes[0], *HARD):
        assert "".join(told.split()) in "".join(text.split())


def test_many_rows_take_seconds():
    rows = [[str(number), "王　富", "北京星河大学教授"] for number in range(5000)]
    begun = time.process_time()
    assert len(write(replace(LIST, groups=[Group("", rows)]))) > 10_000
    assert time.process_time() - begun < 10
