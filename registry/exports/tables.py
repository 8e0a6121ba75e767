"""What is written to a file, whatever its kind: headings and lines of text, of one society on one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.exports.keys import RowKey

Line = tuple[RowKey | None, Sequence[str]]
"""The texts of a row under the headings, and by what it is known again."""


@dataclass(frozen=True)
class Heading:
    """A column; `kind` is text, date or number, `choices` what a spreadsheet offers to pick from."""

    key: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A list of a society; its first `fixed` columns stay in sight, `keyed` rows can be known again."""

    title: str
    society_id: int
    society: str
    day: date
    headings: Sequence[Heading]
    lines: Iterable[Line]
    fixed: int = 1
    keyed: bool = False

    @property
    def labels(self) -> list[str]:
        """What its columns are called."""
        return [heading.label for heading in self.headings]
