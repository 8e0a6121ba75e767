"""What a row of a list is found to be, and the clerk's word on it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registry.core.dates import PartialDate
from registry.core.typed_dates import read_date
from registry.lists.reading import Entry

NEW, SKIP = "new", "skip"
"""Words of the clerk on a row, besides the id of whom it means."""


class State(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    NEW = "new"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    SAME = "same"
    SKIPPED = "skipped"


STATES = {
    State.DOUBTFUL: "存疑",
    State.REFUSED: "不能导入",
    State.READY: "登记",
    State.NEW: "新登记",
    State.SAME: "已在册",
    State.SKIPPED: "不导入",
}
WRITTEN = (State.READY, State.NEW)


@dataclass(frozen=True)
class Candidate:
    """Somebody or something of the register that a row may mean."""

    id: int
    name: str
    number: str = ""
    employer: str = ""
    title: str = ""


@dataclass(frozen=True)
class Judged:
    """A row with what it is, whom it may mean, what there is to say, and the plan that writes it."""

    entry: Entry
    state: State
    told: str = ""
    candidates: Sequence[Candidate] = ()
    chosen: str = ""
    plan: Any = None

    @property
    def word(self) -> str:
        """Its state as people read it."""
        return STATES[self.state]


@dataclass(frozen=True)
class Judgement:
    """All rows, and what stands in the way of the list as a whole."""

    rows: Sequence[Judged]
    obstacles: Sequence[str] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each state, in the order of their words."""
        found = Counter(row.state for row in self.rows)
        return {state.value: found[state] for state in STATES if found[state]}

    @property
    def written(self) -> list[Judged]:
        """The rows that would be written."""
        return [row for row in self.rows if row.state in WRITTEN]

    @property
    def digest(self) -> str:
        """Changes whenever what was shown does."""
        told = [(row.entry.number, row.state, row.chosen, repr(row.plan)) for row in self.rows]
        return hashlib.sha256(repr((told, list(self.obstacles))).encode()).hexdigest()[:16]


def spell_of(cells: Mapping[str, str]) -> tuple[PartialDate | None, PartialDate | None]:
    """Beginning and end as far as the row tells them; `ValueError` in words where they cannot be read."""
    first, last = cells.get("starts_on", ""), cells.get("ends_on", "")
    if "spell" in cells and not first and not last:
        first, _, last = _parted(cells["spell"])
    return _date(first), _date(last)


def _parted(spell: str) -> tuple[str, str, str]:
    """2018.12-2023.12, 2018年12月至今, 2018-12-08—2023-12-16."""
    for mark in ("至", "到", "—", "–", "～", "~", "－", " - ", "--"):
        if mark in spell:
            return spell.partition(mark)
    return spell.partition("-") if spell.count("-") == 1 else (spell, "", "")


def _date(text: str) -> PartialDate | None:
    text = text.strip(" —–-－～~")
    return None if text in {"", "今", "现在", "至今", "在任"} else read_date(text)


def first_day(known: PartialDate | None, bound: date) -> date:
    """The day itself where it is known; otherwise the first that it can be, but not before the bound."""
    if known is None:
        return bound
    return max(known.first, bound) if known.day is None and known.last >= bound else known.first
