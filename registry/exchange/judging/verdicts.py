"""Every row of a file judged against the register before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from registry.exchange.judging.comparing import (
    Change,
    Difference,
    admission,
    difference,
    objections_to_places,
    speaks_of_the_past,
)
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
from registry.exchange.reading.readings import Problem, Reading
from registry.people.documents import Proof


class State(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass
class Verdict:
    """A row's state with its reasons, and what applying it would write."""

    reading: Reading
    state: State
    person_id: int | None = None
    problems: list[Problem] = field(default_factory=list)
    difference: Difference = field(default_factory=Difference)
    choices: list[tuple[str, str]] = field(default_factory=list)
    decision: str = ""

    @property
    def row(self) -> int:
        """As Excel counts."""
        return self.reading.row.number

    @property
    def changes(self) -> list[Change]:
        """What the row would change, in words."""
        return self.difference.changes


@dataclass
class _Seen:
    """An earlier row of the same file."""

    reading: Reading
    fingerprints: list[str]


class Judge:
    """Judges rows in order, remembering the earlier ones: the same person twice is doubtful."""

    def __init__(
        self,
        register: Register,
        places: Places,
        today: date,
        mark: Callable[[Proof], str],
        decisions: Mapping[str, str],
    ) -> None:
        """`mark` makes a document's fingerprint; `decisions` are the clerk's, by row number."""
        self._decisions = decisions
        self._register, self._places, self._today, self._mark = register, places, today, mark
        self._documents: dict[str, Reading] = {}
        self._people: dict[int, Reading] = {}
        self._numbers: dict[str, Reading] = {}
        self._newcomers: dict[str, list[_Seen]] = {}

    def every(self, readings: Iterable[Reading]) -> list[Verdict]:
        """A verdict for each row, in the order of the file."""
        return [self.judge(reading) for reading in readings]

    def judge(self, reading: Reading) -> Verdict:
        """One row."""
        fingerprints = [self._mark(proof) for proof, _column in reading.proofs]
        decision = self._decisions.get(str(reading.row.number), "")
        found = Found() if reading.problems else find(self._register, reading, fingerprints)
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
            self._weigh(verdict, found, fingerprints)
        self._remember(verdict, fingerprints)
        return verdict

    def _weigh(self, verdict: Verdict, found: Found, fingerprints: list[str]) -> None:
        """Readable throughout: compare with the register and the earlier rows."""
        reading, person = verdict.reading, found.person
        if person is None:
            outcome = admission(reading, fingerprints, self._places, self._today)
        else:
            outcome = difference(reading, fingerprints, person, self._places, self._today)
        doubts = [*found.doubts, *self._twice(verdict, found, fingerprints), *outcome.doubts]
        verdict.difference = outcome
        verdict.problems = [*outcome.refused, *doubts]
        verdict.state = _state(outcome, person_known=person is not None, doubts=bool(doubts))

    def _same_document(self, reading: Reading, fingerprints: Sequence[str]) -> list[Problem]:
        """One document under two names in the same file."""
        return [
            Problem(column, f"证件号码与第 {earlier.row.number} 行相同，而姓名不同（{earlier.name}）")
            for mark, (_proof, column) in zip(fingerprints, reading.proofs, strict=True)
            if (earlier := self._documents.get(mark)) and name_key(earlier.name) != name_key(reading.name)
        ]

    def _twice(self, verdict: Verdict, found: Found, fingerprints: list[str]) -> list[Problem]:
        """An earlier row that speaks of the same person, or may."""
        reading = verdict.reading
        if self._past(verdict):
            return []
        earlier = next((self._documents[mark] for mark in fingerprints if mark in self._documents), None)
        if earlier is None and found.person is not None:
            earlier = self._people.get(found.person.id)
        if earlier is not None:
            return [_at(reading, "name", f"与第 {earlier.row.number} 行是同一人，一人只能有一行")]
        number = reading.member.get("number", "")
        if number in self._numbers:
            return [_at(reading, "number", f"会员编号与第 {self._numbers[number].row.number} 行相同")]
        return self._homonym(verdict, fingerprints) if found.person is None else []

    def _past(self, verdict: Verdict) -> bool:
        """The row tells of an ended spell; its person may have another row."""
        person = self._register.people.get(verdict.person_id or 0)
        return person is not None and speaks_of_the_past(verdict.reading, person)

    def _homonym(self, verdict: Verdict, fingerprints: list[str]) -> list[Problem]:
        """A newcomer of an earlier row with the same name; only the clerk can tell them apart."""
        reading = verdict.reading
        for seen in self._newcomers.get(name_key(reading.name), []):
            reason = self._alike(reading, fingerprints, seen)
            if reason:
                verdict.choices.append((ANOTHER, ""))
                return [] if verdict.decision == ANOTHER else [_at(reading, "name", reason)]
        return []

    def _alike(self, reading: Reading, fingerprints: list[str], seen: _Seen) -> str:
        number = seen.reading.row.number
        if excluded(reading, fingerprints, seen.reading.birth, _held(seen)):
            return ""
        if same_birth(reading.birth, seen.reading.birth):
            return f"与第 {number} 行同名且出生日期相同，像是同一人"
        return f"与第 {number} 行同名，不能断定是不是同一人"

    def _remember(self, verdict: Verdict, fingerprints: list[str]) -> None:
        if verdict.state is State.REFUSED or self._past(verdict):
            return
        reading = verdict.reading
        for mark in fingerprints:
            self._documents.setdefault(mark, reading)
        if verdict.person_id is not None:
            self._people.setdefault(verdict.person_id, reading)
        elif reading.name:
            seen = _Seen(reading, fingerprints)
            self._newcomers.setdefault(name_key(reading.name), []).append(seen)
        if reading.member.get("number"):
            self._numbers.setdefault(reading.member["number"], reading)


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
    for (proof, _column), mark in zip(seen.reading.proofs, seen.fingerprints, strict=True):
        held.setdefault(proof.kind, []).append((mark, proof.number[-4:]))
    return held


def _at(reading: Reading, target: str, reason: str) -> Problem:
    return Problem(reading.where.get(target), reason)


def counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many rows of each state."""
    tally: dict[str, Any] = dict.fromkeys(State, 0)
    for verdict in verdicts:
        tally[verdict.state] += 1
    return {state.value: tally[state] for state in State}
