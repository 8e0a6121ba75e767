"""The rows that were not taken, as the file they came in, with a column of reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO

from xlsxwriter import Workbook

from registry.exchange.packing import Kept
from registry.exchange.pages import Common
from registry.exchange.reading.sheets import Cell
from registry.exchange.reading.texts import text_of

REASON = "原因"
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_left(out: IO[bytes], common: Common, rows: Iterable[Kept]) -> int:
    """The same columns in their order below the same headings; returns the number of rows."""
    with Workbook(out, _SAFE) as book:
        sheet = book.add_worksheet("没有导入的行")
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        why = book.add_format({"num_format": "@", "text_wrap": True, "font_color": "#9A3324"})
        last = len(common.labels)
        sheet.set_column(0, max(0, last - 1), 14, text)
        sheet.set_column(last, last, 60, why)
        top = _head(sheet, common, bold)
        sheet.freeze_panes(top, 0)
        number = top
        for number, row in enumerate(rows, top + 1):
            for column, cell in enumerate(row.cells):
                _put(sheet, number - 1, column, cell, (text, day))
            sheet.write_string(number - 1, last, "；".join(reasons(row)), why)
    return number - top


def _head(sheet: object, common: Common, bold: object) -> int:
    """Titles and headings as they stood; a file without any gets those of what its columns mean."""
    above: Sequence[Sequence[str]] = common.above or [common.labels]
    for number, texts in enumerate(above):
        for column, word in enumerate(texts):
            if word:
                sheet.write_string(number, column, str(word), bold)  # type: ignore[attr-defined]
    sheet.write_string(len(above) - 1, len(common.labels), REASON, bold)  # type: ignore[attr-defined]
    return len(above)


def _put(sheet: object, row: int, column: int, cell: Cell, formats: tuple[object, object]) -> None:
    write = sheet
    if isinstance(cell, datetime | date):
        plain = cell if not isinstance(cell, datetime) or any((cell.hour, cell.minute)) else cell.date()
        write.write_datetime(row, column, plain, formats[1])  # type: ignore[attr-defined]
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        write.write_number(row, column, cell)  # type: ignore[attr-defined]
    elif word := text_of(cell):
        write.write_string(row, column, word, formats[0])  # type: ignore[attr-defined]


def reasons(row: Kept) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(reason for _column, reason, _kind in row.problems))
