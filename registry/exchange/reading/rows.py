"""The rows of a table, each made when it is looked at: of a long file only some are held at a time."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload

from registry.exchange.reading.shapes import Row
from registry.exchange.reading.sheets import Cell, Sheet


class Filled:
    """The rows of a sheet as wide as it is, with merged-down cells in each that says anything."""

    def __init__(self, sheet: Sheet, first: int) -> None:
        """Merged cells count from the row `first` on."""
        self._sheet, self._width = sheet, sheet.width
        self._down: dict[int, dict[int, Cell]] = {}
        for (top, left), (bottom, _right) in sheet.merged:
            if top >= first and bottom > top and top < len(sheet.rows) and left < len(sheet.rows[top]):
                for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                    self._down.setdefault(row, {})[left] = sheet.rows[top][left]

    def row(self, index: int) -> Row:
        """The row with that place in the sheet (from 0)."""
        cells = self._sheet.rows[index]
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        down = self._down.get(index)
        if down and cells.count("") < self._width:
            cells = [down.get(column, cell) for column, cell in enumerate(cells)]
        return Row(index + 1, tuple(cells), index in self._sheet.hidden_rows)


class People(Sequence[Row]):
    """The rows of people, each with what the headings of its groups say in the columns after its own."""

    def __init__(self, filled: Filled, levels: Sequence[int]) -> None:
        """`levels` are those of group headings, one for each column of them."""
        self._filled, self._levels = filled, levels
        self._places, self._groups = array("I"), array("I")
        self._named: list[tuple[Cell, ...]] = []

    def add(self, place: int, groups: Sequence[str]) -> None:
        """One more, under headings that say this by level."""
        named = tuple(groups[level] for level in self._levels)
        if not self._named or self._named[-1] != named:
            self._named.append(named)
        self._places.append(place)
        self._groups.append(len(self._named) - 1)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        """A row, or those of a slice."""
        places = range(len(self))[at]
        return [self._made(each) for each in places] if isinstance(places, range) else self._made(places)

    def _made(self, at: int) -> Row:
        row = self._filled.row(self._places[at])
        named = self._named[self._groups[at]]
        return Row(row.number, (*row.cells, *named), row.hidden) if named else row
