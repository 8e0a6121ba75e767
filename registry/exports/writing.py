"""Tables written so that no spreadsheet takes a cell for a formula: `.xlsx` of text cells, and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import IO

from xlsxwriter import Workbook

from registry.core.text import DANGEROUS

KINDS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
"""What the kinds are called where they are sent."""
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDEST = 40


def write_xlsx(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """One sheet with a frozen header and filters; returns the number of rows."""
    count = 0
    with Workbook(out, _SAFE) as book:
        sheet = book.add_worksheet(title[:31])
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, min(_WIDEST, 4 + 2 * len(heading)), text)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 2)
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(count, column, value, text)
        sheet.autofilter(0, 0, count, max(0, len(headings) - 1))
    return count


def write_csv(out: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """UTF-8 with its mark, for Excel; returns the number of rows."""
    count = 0
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        count += 1
    text.detach()
    return count


def guarded(value: str) -> str:
    """With an apostrophe before what a spreadsheet would execute; reading takes it off again."""
    return f"'{value}" if value.lstrip("'")[:1] in DANGEROUS and value else value
