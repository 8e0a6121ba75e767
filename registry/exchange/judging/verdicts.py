"""Every row of a file judged against the register before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.core.dates import PartialDate
from registry.exchange.judging.comparing import (
    admission,
    difference,
    objections_to_places,
    speaks_of_the_past,
)
from registry.exchange.judging.differences import Change, Difference
from registry.exchange.judging.matching import (
    ANOTHER,
    Found,
    Register,
    decided,
    excluded,
    find,
    name_key,
    same_birth,
)
from registry.exchange.judging.places import Places
from registry.exchange.judging.told import Told
from registry.exchange.reading.readings import Problem, Reading


class State(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass
class Verdict:
    """A row's state with its reasons, and what applying it would write.

    `silent`: an exported row that nobody changed; its person may have others.
    """

    reading: Reading
    state: State
    person_id: int | None = None
    problems: list[Problem] = field(default_factory=list)
    difference: Difference = field(default_factory=Difference)
    choices: list[tuple[str, str]] = field(default_factory=list)
    decision: str = ""
    silent: bool = False

    @property
    def row(self) -> int:
        """As Excel counts."""
        return self.reading.row.number

    @property
    def changes(self) -> list[Change]:
        """What the row would change, in words."""
        return self.difference.changes


class _Seen(NamedTuple):
    """An earlier row of the same file: what it takes to tell it from a later one, and no more."""

    row: int
    name: str
    birth: PartialDate | None
    held: Sequence[tuple[str, str]]


Decide = Callable[[Reading], str]
"""The clerk's word on a doubtful row: a person's id, `new`, or empty."""


class Judge:
    """Judges rows in order, remembering the earlier ones: the same person twice is doubtful."""

    def __init__(self, places: Places, today: date, decide: Decide) -> None:
        """The register comes with the rows, as much of it as they may mean."""
        self._register = Register({}, {}, {}, frozenset())
        self._places, self._today, self._decide = places, today, decide
        self._documents: dict[str, _Seen] = {}
        self._people: dict[int, int] = {}
        self._numbers: dict[str, int] = {}
        self._newcomers: dict[str, tuple[_Seen, ...]] = {}

    def every(self, register: Register, rows: Iterable[Told]) -> list[Verdict]:
        """A verdict for each row, in the order of the file."""
        self._register = register
        return [self.judge(told) for told in rows]

    def judge(self, told: Told) -> Verdict:
        """One row."""
        reading, fingerprints = told.reading, told.marks
        found = Found() if reading.problems else self._find(told)
        asked = found.candidates or name_key(reading.name) in self._newcomers
        decision = self._decide(reading) if asked else ""
        found = decided(found, decision) if found.candidates else found
        refused = [*reading.problems, *found.refused, *self._same_document(reading, fingerprints)]
        if not refused and found.person is None and not reading.name:
            refused.append(Problem(None, "缺姓名：新会员至少要有姓名"))
        verdict = Verdict(reading, State.REFUSED, found.person.id if found.person else None, refused)
        verdict.decision = decision
        verdict.choices = [(str(person.id), person.words) for person in found.candidates]
        if refused:
            verdict.problems += objections_to_places(reading, self._places)
        else:
            self._weigh(verdict, found, told)
        self._remember(verdict, fingerprints)
        return verdict

    def _find(self, told: Told) -> Found:
        """An exported row names its person itself."""
        if told.key is None:
            return find(self._register, told.reading, told.marks)
        person = self._register.people.get(self._register.survivor(told.key.person_id))
        return Found(person) if person else Found(refused=[Problem(None, "名册里已经没有这一行的人")])

    def _weigh(self, verdict: Verdict, found: Found, told: Told) -> None:
        """Readable throughout: compare with the register and the earlier rows."""
        reading, person, fingerprints = verdict.reading, found.person, told.marks
        if person is None:
            outcome = admission(reading, fingerprints, self._places, self._today)
        else:
            outcome = difference(told, person, self._places, self._today)
        verdict.silent = told.key is not None and not outcome.changes
        twice = [] if verdict.silent else self._twice(verdict, found, fingerprints)
        doubts = [*found.doubts, *twice, *outcome.doubts]
        verdict.difference = outcome
        verdict.problems = [*outcome.refused, *doubts]
        verdict.state = _state(outcome, person_known=person is not None, doubts=bool(doubts))

    def _same_document(self, reading: Reading, fingerprints: Sequence[str]) -> list[Problem]:
        """One document under two names in the same file."""
        return [
            Problem(column, f"证件号码与第 {earlier.row} 行相同，而姓名不同（{earlier.name}）")
            for mark, (_proof, column) in zip(fingerprints, reading.proofs, strict=True)
            if (earlier := self._documents.get(mark)) and name_key(earlier.name) != name_key(reading.name)
        ]

    def _twice(self, verdict: Verdict, found: Found, fingerprints: list[str]) -> list[Problem]:
        """An earlier row that speaks of the same person, or may."""
        reading = verdict.reading
        if self._past(verdict):
            return []
        earlier = next((self._documents[mark].row for mark in fingerprints if mark in self._documents), None)
        if earlier is None and found.person is not None:
            earlier = self._people.get(found.person.id)
        if earlier is not None:
            return [_at(reading, "name", f"与第 {earlier} 行是同一人，一人只能有一行")]
        number = reading.member.get("number", "")
        if number in self._numbers:
            return [_at(reading, "number", f"会员编号与第 {self._numbers[number]} 行相同")]
        return self._homonym(verdict, fingerprints) if found.person is None else []

    def _past(self, verdict: Verdict) -> bool:
        """The row tells of an ended spell; its person may have another row."""
        person = self._register.people.get(verdict.person_id or 0)
        return person is not None and speaks_of_the_past(verdict.reading, person)

    def _homonym(self, verdict: Verdict, fingerprints: list[str]) -> list[Problem]:
        """A newcomer of an earlier row with the same name; only the clerk can tell them apart."""
        reading = verdict.reading
        for seen in self._newcomers.get(name_key(reading.name), ()):
            reason = self._alike(reading, fingerprints, seen)
            if reason:
                verdict.choices.append((ANOTHER, ""))
                return [] if verdict.decision == ANOTHER else [_at(reading, "name", reason)]
        return []

    def _alike(self, reading: Reading, fingerprints: list[str], seen: _Seen) -> str:
        if excluded(reading, fingerprints, seen.birth, _held(seen)):
            return ""
        if same_birth(reading.birth, seen.birth):
            return f"与第 {seen.row} 行同名且出生日期相同，像是同一人"
        return f"与第 {seen.row} 行同名，不能断定是不是同一人"

    def _remember(self, verdict: Verdict, fingerprints: list[str]) -> None:
        if verdict.state is State.REFUSED or verdict.silent or self._past(verdict):
            return
        reading = verdict.reading
        proofs = reading.proofs if verdict.person_id is None else ()
        held = tuple((proof.kind, mark) for (proof, _c), mark in zip(proofs, fingerprints, strict=False))
        seen = _Seen(verdict.row, reading.name, reading.birth, held)
        for mark in fingerprints:
            self._documents.setdefault(mark, seen)
        if verdict.person_id is not None:
            self._people.setdefault(verdict.person_id, verdict.row)
        elif reading.name:
            key = name_key(reading.name)
            self._newcomers[key] = (*self._newcomers.get(key, ()), seen)
        if reading.member.get("number"):
            self._numbers.setdefault(reading.member["number"], verdict.row)


def _state(outcome: Difference, *, person_known: bool, doubts: bool) -> State:
    if outcome.refused:
        return State.REFUSED
    if doubts:
        return State.DOUBTFUL
    if not person_known:
        return State.NEW
    return State.CHANGED if outcome.changes else State.UNCHANGED


def _held(seen: _Seen) -> dict[str, list[tuple[str, str]]]:
    held: dict[str, list[tuple[str, str]]] = {}
    for kind, mark in seen.held:
        held.setdefault(kind, []).append((mark, ""))
    return held


def _at(reading: Reading, target: str, reason: str) -> Problem:
    return Problem(reading.where.get(target), reason)
