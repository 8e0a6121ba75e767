"""What is read of a file while it is read: each value once, and for each cell which of them it holds."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from registry.exchange.reading.sheets import (
    LONGEST_CELL,
    MOST_CELLS,
    Cell,
    Flaw,
    Span,
    Unreadable,
    check_size,
)

_IN_A_LINE = 4096
_SAID: dict[Cell, Cell] = {True: "是", False: "否"}


class Values(dict[Cell, int]):
    """Values numbered in the order they are first met."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.listed: list[Cell] = [""]

    def __missing__(self, value: Cell) -> int:
        """A new value takes the next number."""
        self[value] = number = len(self)
        self.listed.append(value)
        return number


@dataclass
class Grid:
    """One sheet as numbers of values, row after row."""

    name: str
    width: int
    values: Values
    cells: array[int] = field(default_factory=lambda: array("I"))
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Rows, all of one width."""
        return len(self.cells) // self.width if self.width else 0

    def append(self, row: Sequence[Cell], before: int = 0) -> None:
        """A row, after so many empty cells and filled up with more."""
        number_of = self.values
        numbers = [number_of[cell if cell.__class__ is not bool else _SAID[cell]] for cell in row]
        self.cells.extend([0] * before + numbers + [0] * (self.width - before - len(numbers)))

    def at(self, row: int, column: int) -> Cell:
        """What a cell holds; empty beyond the sheet."""
        inside = row < self.height and column < self.width
        return self.values.listed[self.cells[row * self.width + column]] if inside else ""

    def put(self, row: int, column: int, value: Cell) -> None:
        """Set one cell; the sheet grows where it lies beyond."""
        check_size(max(row + 1, self.height), max(column + 1, self.width))
        if column >= self.width:
            self._widen(column + 1)
        self.cells.extend([0] * ((row + 1 - self.height) * self.width))
        self.cells[row * self.width + column] = self.values[value]

    def merge(self, spans: Iterable[Span]) -> None:
        """Merged cells as far as the table reaches; together they cover no more than it may hold."""
        bottom, right = self.height - 1, self.width - 1
        self.merged = [
            ((top, left), (min(low, bottom), min(far, right)))
            for (top, left), (low, far) in spans
            if top <= bottom and left <= right and (low, far) != (top, left)
        ]
        if sum((low - top + 1) * (far - left + 1) for (top, left), (low, far) in self.merged) > MOST_CELLS:
            raise Unreadable("合并的单元格太多，不像名册")

    def _widen(self, width: int) -> None:
        narrow, self.cells, before, self.width = self.cells, array("I"), self.width, width
        for start in range(0, len(narrow), before or 1):
            self.cells.extend([*narrow[start : start + before], *[0] * (width - before)])


@dataclass
class Book:
    """The sheets of a file; together they hold no more cells than one roster may."""

    values: Values = field(default_factory=Values)
    grids: list[Grid] = field(default_factory=list)

    def add(self, name: str, rows: Iterable[Sequence[Cell]], width: int, left: int = 0) -> Grid:
        """A sheet whose rows begin after `left` empty columns."""
        grid = Grid(name, width, self.values)
        self.grids.append(grid)
        for number, row in enumerate(rows, 1):
            check_size(number, width)
            grid.append(row, left)
        if sum(len(each.cells) for each in self.grids) > MOST_CELLS:
            raise Unreadable("各工作表的单元格合在一起太多，请只留下要导入的工作表")
        return grid

    def packed(self) -> Iterator[bytes]:
        """What there is as a line of JSON, the values in lines of some, then the numbers of the cells.

        `answers.unpacked` reads it.
        """
        values = self.values.listed
        self._refuse_long(values)
        starts = range(0, len(values), _IN_A_LINE)
        yield _line({"lines": len(starts), "sheets": [_told(grid) for grid in self.grids]})
        for start in starts:
            yield _line([_coded(value) for value in values[start : start + _IN_A_LINE]])
        for grid in self.grids:
            yield grid.cells.tobytes()

    def _refuse_long(self, values: Sequence[Cell]) -> None:
        for number, value in enumerate(values):
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                row = next(g.cells.index(number) // g.width for g in self.grids if number in g.cells)
                raise Unreadable(f"第 {row + 1} 行有一格超过 {LONGEST_CELL} 个字")


def _coded(value: Cell) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Flaw):
        return ["Flaw", value.reason]
    told = value.total_seconds() if isinstance(value, timedelta) else value.isoformat()
    return [type(value).__name__, told]


def _line(content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _told(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name,
        "width": grid.width,
        "height": grid.height,
        "merged": grid.merged,
        "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": sorted(grid.hidden_columns),
        "hidden": grid.hidden,
        "remarks": grid.remarks,
    }
