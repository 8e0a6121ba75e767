"""Sheets of typed cells, and how large they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from registry.core.text import DANGEROUS

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 200, 6_000_000
LONGEST_CELL = 32_767

_TEXT_FORMULA = re.compile('="([^"]*)"')


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Flaw:
    """A cell whose value is not in the file: an error of Excel's, or a formula never worked out."""

    reason: str


Cell = str | int | float | bool | date | datetime | time | timedelta | Flaw
Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Sheet:
    """One sheet from its first cell on, so that row i of `rows` is Excel's row i + 1."""

    name: str
    rows: list[list[Cell]]
    merged: list[Span] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False

    @cached_property
    def width(self) -> int:
        """Columns of the longest row."""
        return max(map(len, self.rows), default=0)


def check_size(rows: int, columns: int) -> None:
    """Refuse a sheet that no roster needs."""
    if rows > MOST_ROWS:
        raise Unreadable(f"表格超过 {MOST_ROWS} 行，请分成几个文件")
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Unreadable(f"表格超过 {MOST_COLUMNS} 列或单元格太多，请删去多余的列")


def clean(cell: Cell, number: int) -> Cell:
    """A text cell without what spreadsheets and our own export put around it."""
    if not isinstance(cell, str):
        return cell
    if len(cell) > LONGEST_CELL:
        raise Unreadable(f"第 {number} 行有一格超过 {LONGEST_CELL} 个字")
    text = cell.replace("\x00", "")
    quoted = _TEXT_FORMULA.fullmatch(text)
    text = quoted[1] if quoted else text
    return (text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in DANGEROUS else text).strip()
