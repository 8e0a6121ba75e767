"""How a rule is told to the registry: a function under a name, and what it is given to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from registry.composition.facts import Duty, Holder, Meeting, Person
from registry.composition.snapshot import Sitting, Snapshot
from registry.composition.verdicts import Verdict, share_of

if TYPE_CHECKING:
    from registry.composition.packs import Rule

Predicate = Callable[["Case"], Verdict]

PREDICATES: dict[str, Predicate] = {}
"""Every rule's function by the name that packs call it by."""


def rule(name: str) -> Callable[[Predicate], Predicate]:
    """Register a function as the predicate of that name."""

    def register(function: Predicate) -> Predicate:
        if name in PREDICATES:
            raise ValueError(f"two rules are called {name}")
        PREDICATES[name] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Case:
    """One rule put to a society or to one of its bodies; parameters are those of the charter, if any."""

    snapshot: Snapshot
    rule: Rule
    sitting: Sitting | None
    parameters: Mapping[str, object]

    @property
    def day(self) -> date:
        """The day that is judged."""
        return self.snapshot.day

    @property
    def seat(self) -> Sitting:
        """The body's term; rules for bodies are asked only where one runs."""
        if self.sitting is None:
            raise LookupError(self.rule.id)
        return self.sitting

    def number(self, key: str) -> int:
        """A whole number of the rule."""
        return int(str(self.parameters[key]))

    def share(self, key: str) -> Fraction:
        """A share of the rule."""
        return share_of(str(self.parameters[key]))

    def words(self, key: str) -> list[str]:
        """A list of words of the rule."""
        found = self.parameters[key]
        return [str(word) for word in found] if isinstance(found, list) else str(found).split("、")

    def person(self, person_id: int) -> Person:
        """Everybody in office is in the snapshot."""
        return self.snapshot.people[person_id]

    def persons(self, ids: Iterable[int]) -> dict[int, Person]:
        """Persons by id, in the same order."""
        return {key: self.snapshot.people[key] for key in ids}

    def name(self, person_id: int) -> str:
        """What the person is called."""
        return self.snapshot.people[person_id].name

    def council(self) -> Sitting | None:
        """The 理事会 as it sits."""
        return self.snapshot.own.get("council")

    def principals(self) -> dict[int, tuple[Holder, Duty]]:
        """The 负责人 of the body by person; who holds two posts counts with the higher one."""
        found: dict[int, tuple[Holder, Duty]] = {}
        for row, duty in self.seat.principals:
            found.setdefault(row.person_id, (row, duty))
        return found

    def meetings(self) -> list[Meeting]:
        """The body's meetings in this term, by day."""
        every = self.snapshot.meetings or ()
        own = [row for row in every if row.body_id == self.seat.body.id]
        return sorted((row for row in own if row.held_on >= self.seat.term.starts_on), key=_held_on)


def _held_on(meeting: Meeting) -> date:
    return meeting.held_on
