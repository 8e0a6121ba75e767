"""Excel as staff expect it: dates are dates, telephones are text, choices offered; ready to be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count, islice, zip_longest
from math import ceil
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from registry.exports.keys import HEADING, SHEET, Keeper
from registry.exports.lines import Column, Lines
from registry.exports.tables import Heading, Line, Table

_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
CHOICES = "选项"
"""The hidden sheet of what may be picked."""
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_SAMPLE = 1000
"""Lines that tell how wide the columns are."""
_NARROWEST, _WIDEST, _ARROW, _AIR = 6, 40, 3, 1
_NEARLY = 0.97
_PAGE = 200
"""Widths that one sheet of A4 can hold across, legibly; a wider table goes on beside it."""
_LAST_ROW = 1_048_575
_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6}
_CJK = "⺀"
"""From here on characters are as wide as two."""


def write_xlsx(out: IO[bytes], table: Table, keeper: Keeper | None = None) -> int:
    """The table on one sheet; with a `keeper` its rows can be known again. Returns the number of rows."""
    with Workbook(out, _SAFE) as book:
        book.set_properties({"title": table.title, "author": table.society})
        sheet = book.add_worksheet(table.title[:31], Lines)
        lines = iter(table.lines)
        first = list(islice(lines, _SAMPLE))
        columns = _columns(book, table.headings)
        _head(book, sheet, table, keeper)
        _for_print(sheet, table, _widths(sheet, table.headings, first))
        _offer(book, sheet, table.headings)
        if keeper:
            columns.append(_key_column(book, sheet, len(columns)))
            keeper.keep(_sealed(book))
        rows = _fill(sheet, chain(first, lines), columns, keeper)
        # A key that is not sorted with its row would lie.
        sheet.autofilter(0, 0, rows, max(0, len(columns) - 1))
    return rows


def _columns(book: Any, headings: Sequence[Heading]) -> list[Column]:
    text, day = ({**_FONT, "num_format": form} for form in ("@", "yyyy-mm-dd"))
    formats = {
        "text": book.add_format(text),
        "date": book.add_format({**day, "align": "left"}),
        "number": book.add_format(_FONT),
    }
    return [
        Column(place, heading.kind, formats["text"], formats[heading.kind])
        for place, heading in enumerate(headings)
    ]


def _head(book: Any, sheet: Lines, table: Table, keeper: Keeper | None) -> None:
    """The first row, which stays in sight."""
    bold = book.add_format({**_FONT, "bold": True, "bottom": 1, "bg_color": "#EEF0F6"})
    sheet.set_row(0, 24)
    labels = [heading.label for heading in table.headings]
    for place, label in enumerate([*labels, HEADING] if keeper else labels):
        sheet.write_string(0, place, label, bold)
    sheet.freeze_panes(1, table.fixed)


def _widths(sheet: Lines, headings: Sequence[Heading], first: Sequence[Line]) -> int:
    """Make the columns as wide as nearly all that stands in them; returns how wide all are together."""
    total = 0
    for place, heading in enumerate(headings):
        held = sorted(_wide(texts[place]) for _key, texts in first if texts[place]) or [0]
        nearly_all = held[int((len(held) - 1) * _NEARLY)]
        width = max(_NARROWEST, min(_WIDEST, max(nearly_all, _wide(heading.label) + _ARROW) + _AIR))
        sheet.set_column(place, place, width)
        total += width
    return total


def _wide(text: str) -> int:
    return len(text) + sum(character >= _CJK for character in text)


def _for_print(sheet: Lines, table: Table, width: int) -> None:
    """A4 across, the society and the day above, the page below, the header row on every page."""
    day = f"{table.day.year}年{table.day.month}月{table.day.day}日"
    society, title = (words.replace("&", "&&") for words in (table.society, table.title))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(**_MARGINS)
    sheet.set_header(f"&L{society}&C{title}&R{day}")
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, table.fixed - 1)
    sheet.fit_to_pages(ceil(width / _PAGE), 0)
    sheet.hide_gridlines(0)


def _offer(book: Any, sheet: Lines, headings: Sequence[Heading]) -> None:
    """Lists to pick from; other words are asked about, for reading understands more than the list says."""
    offered = [(place, heading) for place, heading in enumerate(headings) if heading.choices]
    if not offered:
        return
    beside = book.add_worksheet(CHOICES)
    beside.hide()
    lists = [(heading.label, *heading.choices) for _place, heading in offered]
    for row, words in enumerate(zip_longest(*lists, fillvalue="")):
        for place, word in enumerate(words):
            beside.write_string(row, place, word)
    for at, (place, heading) in enumerate(offered):
        letter = xl_col_to_name(at)
        rule = {
            "validate": "list",
            "source": f"={CHOICES}!${letter}$2:${letter}${len(heading.choices) + 1}",
            "error_type": "warning",
            "error_title": heading.label,
            "error_message": "列表里没有这个词。仍要这样写吗？",
        }
        sheet.data_validation(1, place, _LAST_ROW, place, rule)


def _key_column(book: Any, sheet: Lines, place: int) -> Column:
    """The last column, hidden."""
    sheet.set_column(place, place, None, None, {"hidden": True})
    plain = book.add_format({"num_format": "@"})
    return Column(place, "text", plain, plain)


def _sealed(book: Any) -> Callable[[Sequence[str]], None]:
    """A sheet that no menu shows, to be written row by row."""
    sheet, rows = book.add_worksheet(SHEET), count()
    sheet.very_hidden()

    def put(pieces: Sequence[str]) -> None:
        row = next(rows)
        for place, piece in enumerate(pieces):
            sheet.write_string(row, place, piece)

    return put


def _fill(sheet: Lines, lines: Iterable[Line], columns: Sequence[Column], keeper: Keeper | None) -> int:
    row = 0
    for row, (key, texts) in enumerate(lines, 1):
        sheet.write_line(row, [*texts, keeper.sign(key, texts)] if keeper else texts, columns)
    if keeper:
        keeper.close()
    return row
