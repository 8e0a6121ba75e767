"""A worksheet that takes whole lines, for xlsxwriter alone spends most of its time on asking about each cell.

A line of ordinary texts is written as its markup at once, which takes an eighth of the time; one that has
anything to escape goes the library's way, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_BEFORE_DAY_ONE = date(1899, 12, 30).toordinal()
_FIRST_SURE = date(1900, 3, 1).toordinal()
"""Excel believes that 1900 was a leap year."""
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TO_ESCAPE = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s\||\|\s|\s$")
"""In texts joined by bars: markup, control characters, what seems an escape of Excel's, outer spaces."""
_LONG = 16_000
"""Characters of a line below which no cell of it can be too long."""


class Column:
    """How the cells of a column look: as text, and where its kind says so as a number or a day."""

    def __init__(self, place: int, kind: str, text: Any, number: Any) -> None:
        """The column in that place, counted from 0; the formats are the workbook's."""
        self.kind, self.text, self.number = kind, text, number
        letter = xl_col_to_name(place)
        self._begin = f'<c r="{letter}'
        # Formats get their index when they are first asked for it.
        self._text = f'" s="{text._get_xf_index()}" t="inlineStr"><is><t>'  # noqa: SLF001
        self._number = f'" s="{number._get_xf_index()}"><v>'  # noqa: SLF001

    def value(self, text: str) -> int | None:
        """The number that stands for the text in the cell, or None where it stays text."""
        if self.kind == "date":
            return day_number(text)
        return int(text) if self.kind == "number" and text.isdecimal() else None

    def markup(self, row: int, text: str) -> str:
        """A cell of a plain text, in the row counted from 1."""
        value = None if self.kind == "text" else self.value(text)
        if value is None:
            return f"{self._begin}{row}{self._text}{text}</t></is></c>"
        return f"{self._begin}{row}{self._number}{value}</v></c>"


class Lines(Worksheet):  # type: ignore[misc]
    """A sheet of a workbook in constant memory; lines are written downwards."""

    def write_line(self, row: int, texts: Sequence[str], columns: Sequence[Column]) -> None:
        """One line, in the row counted from 0; empty texts leave no cell."""
        joined = "|".join(texts)
        if len(joined) > _LONG or _TO_ESCAPE.search(joined):
            self._cell_by_cell(row, texts, columns)
            return
        self._write_single_row(row)
        cells = [column.markup(row + 1, text) for column, text in zip(columns, texts, strict=True) if text]
        self.fh.write(f'<row r="{row + 1}">{"".join(cells)}</row>')
        self._check_dimensions(row, len(columns) - 1)

    def _cell_by_cell(self, row: int, texts: Sequence[str], columns: Sequence[Column]) -> None:
        for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
            value = column.value(text)
            if value is not None:
                self.write_number(row, place, value, column.number)
            elif text:
                self.write_string(row, place, text, column.text)


@lru_cache(maxsize=65536)
def day_number(text: str) -> int | None:
    """Excel's number of a full date; None for one known in part, or before Excel's calendar is right."""
    if not _FULL_DATE.fullmatch(text):
        return None
    ordinal = date.fromisoformat(text).toordinal()
    return ordinal - _BEFORE_DAY_ONE if ordinal >= _FIRST_SURE else None
