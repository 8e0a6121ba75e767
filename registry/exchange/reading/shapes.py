"""The shape of a table in a sheet, and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from registry.exchange.reading.sheets import Cell

GROUPS = ("分组（一、）", "分组（（一））", "分组（1.）", "分组")
"""The headings given to what group headings say, by the level of these."""


@dataclass(frozen=True)
class Layout:
    """Sheet, first header row (from 0; -1 = none), its depth, each column's target; '' = left out.

    Beyond the sheet's own columns there is one for each level of group headings.
    """

    sheet: int
    header: int
    depth: int
    labels: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.header + self.depth


@dataclass(frozen=True)
class Row:
    """A row of the table; `number` as Excel counts."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A row that is no member, and why."""

    number: int
    text: str
    why: str
