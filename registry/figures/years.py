"""From spells begun and ended to members, joinings and leavings by year; what is to come stands apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from registry.memberships.models import EndReason

SHOWN = 10
AHEAD = 2
"""So many years are shown, and at most so many more for which something is registered."""


@dataclass(frozen=True)
class Year:
    """One year up to the day, with the members at its end.

    `moved`: spells that went on here from elsewhere, less those that went on elsewhere.
    `joining` and `leaving` are registered for days still to come.
    """

    year: int
    members: int
    joined: int
    left: Counter[str]
    moved: int
    joining: int = 0
    leaving: int = 0

    @property
    def gone(self) -> int:
        """All who left, for whatever reason."""
        return self.left.total()


@dataclass
class _Flow:
    """Spells by year: who came, who left and why, who went on from and to another spell."""

    begun: Counter[int] = field(default_factory=Counter)
    left: Counter[tuple[int, str]] = field(default_factory=Counter)
    came: Counter[int] = field(default_factory=Counter)
    went: Counter[int] = field(default_factory=Counter)

    def change(self, year: int) -> int:
        """By how many a year made the members more."""
        return self.begun[year] - self.went[year] - self.reasons(year).total()

    def reasons(self, year: int) -> Counter[str]:
        """Who left in the year, by reason."""
        return Counter({why: many for (when, why), many in self.left.items() if when == year})

    def years(self) -> set[int]:
        """In which anything happened."""
        return {*self.begun, *self.went, *(year for year, _why in self.left)}


def yearly(
    begun: Iterable[Any], ended: Iterable[Any], continued: Iterable[Any], until: int, *, ahead: bool
) -> list[Year]:
    """The rows of the queries of those names → the last years, oldest first; `ahead`: what is to come too."""
    past, coming = _flows(begun, ended, continued)
    first = max(min([*past.years(), until]), until - SHOWN + 1)
    last = max([until, *(year for year in coming.years() if year <= until + AHEAD)]) if ahead else until
    return list(_years(past, coming if ahead else _Flow(), first, last))


def _years(past: _Flow, coming: _Flow, first: int, last: int) -> Iterator[Year]:
    members = sum(past.change(year) for year in past.years() if year < first)
    for year in range(first, last + 1):
        members += past.change(year)
        yield Year(
            year,
            members,
            joined=past.begun[year] - past.came[year],
            left=past.reasons(year),
            moved=past.came[year] - past.went[year],
            joining=coming.begun[year] - coming.came[year],
            leaving=coming.reasons(year).total(),
        )


def _flows(begun: Iterable[Any], ended: Iterable[Any], continued: Iterable[Any]) -> tuple[_Flow, _Flow]:
    """Up to the day, and after it."""
    flows = (_Flow(), _Flow())
    for year, to_come, many in begun:
        flows[to_come].begun[int(year)] += many
    for year, to_come, many in continued:
        flows[to_come].came[int(year)] += many
    for year, to_come, why, many in ended:
        if why == EndReason.CHANGED:
            flows[to_come].went[int(year)] += many
        else:
            flows[to_come].left[int(year), str(why or EndReason.RESIGNED)] += many
    return flows
