"""Sheets of typed cells, and how large they may be."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import overload

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 200, 6_000_000
LONGEST_CELL = 32_767

BROKEN = "文件已损坏，打不开。请在 Excel 中打开并另存为“Excel 工作簿（*.xlsx）”再上传"
TOO_MUCH = (
    "读这个文件所需的时间或内存超过了限度：也许有一格离表格很远。请把要导入的部分复制到新的工作簿再上传"
)


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Flaw:
    """A cell whose value is not in the file: an error of Excel's, or a formula never worked out."""

    reason: str


Cell = str | int | float | bool | date | datetime | time | timedelta | Flaw
Span = tuple[tuple[int, int], tuple[int, int]]


class Rows(Sequence[list[Cell]]):
    """Rows of one width as numbers into the values of their file: each row is made when it is looked at.

    A hundred thousand rows held as lists of cells weigh three times as much.
    """

    def __init__(self, numbers: array[int], width: int, values: Sequence[Cell]) -> None:
        self._numbers, self.width, self._values = numbers, width, values

    def __len__(self) -> int:
        return len(self._numbers) // self.width if self.width else 0

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...

    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...

    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        """A row, or those of a slice."""
        places = range(len(self))[at]
        return [self._made(place) for place in places] if isinstance(places, range) else self._made(places)

    def __iter__(self) -> Iterator[list[Cell]]:
        """One after another."""
        return map(self._made, range(len(self)))

    def _made(self, place: int) -> list[Cell]:
        start = place * self.width
        return [self._values[number] for number in self._numbers[start : start + self.width]]


@dataclass
class Sheet:
    """One sheet from its first cell on, so that row i of `rows` is Excel's row i + 1."""

    name: str
    rows: Sequence[list[Cell]]
    merged: list[Span] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    remarks: tuple[str, ...] = ()
    """What a reader must know of how it was read: an encoding that was guessed."""

    @cached_property
    def width(self) -> int:
        """Columns of the longest row."""
        if isinstance(self.rows, Rows):
            return self.rows.width
        return max(map(len, self.rows), default=0)


def check_size(rows: int, columns: int) -> None:
    """Refuse a sheet that no roster needs."""
    if rows > MOST_ROWS:
        raise Unreadable(f"表格超过 {MOST_ROWS} 行，请分成几个文件")
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Unreadable(f"表格超过 {MOST_COLUMNS} 列或单元格太多，请删去多余的列")
