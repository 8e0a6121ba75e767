"""A file, its layout and the register → verdicts, some hundreds of rows at a time; writes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.core.sweeping import sweep_new
from registry.exchange import queries
from registry.exchange.answers import Answers
from registry.exchange.judging.matching import Register
from registry.exchange.judging.told import Told
from registry.exchange.judging.verdicts import Judge, State, Verdict
from registry.exchange.origin import origin_of
from registry.exchange.queries import Speaks
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.layout import Layout, Row, table
from registry.exchange.reading.sheets import Cell, Sheet
from registry.exchange.settling import settled_by
from registry.exports.keys import HEADING
from registry.people.services import fingerprint

AT_ONCE, _SWEPT = 500, 4000


@dataclass(frozen=True)
class Asked:
    """A file with what was chosen and said of it, and the day on which it is judged."""

    sheets: Sequence[Sheet]
    layout: Layout
    answers: Answers
    today: date


@dataclass(frozen=True)
class Judged:
    """What is left of an examination when its last row was judged: the file itself is not needed any more."""

    counts: dict[str, int]
    numbers: set[str]
    digest: str
    today: date


class Examination:
    """Judges every row of the chosen sheet; what holds for the whole is known after the last batch."""

    def __init__(self, session: Session, society_id: int, asked: Asked) -> None:
        """Looks at the register only when the batches are taken."""
        self._session, self._society_id, self.asked = session, society_id, asked
        self.layout = asked.layout
        self._rows, self.left_out = table(asked.sheets[asked.layout.sheet], asked.layout)
        self.total = len(self._rows)
        self.numbers: set[str] = set()
        self._origin = origin_of(session.info["vault"], society_id, asked.sheets, asked.layout)
        self._tally: Counter[State] = Counter()
        self._digest = hashlib.sha256()

    def batches(self) -> Iterator[list[Verdict]]:
        """The verdicts in the order of the file."""
        session, society_id, today = self._session, self._society_id, self.asked.today
        places = queries.places(session, society_id, today)
        judge = Judge(places, today, settled_by(session, society_id, self.asked.answers.decisions))
        for start in range(0, self.total, AT_ONCE):
            readings = [self._read(row) for row in self._rows[start : start + AT_ONCE]]
            verdicts = judge.every(self._register(readings), readings)
            self._tally.update(verdict.state for verdict in verdicts)
            for verdict in verdicts:
                self._digest.update(_essence(verdict))
            yield verdicts
            if start % _SWEPT == 0:
                sweep_new()

    def _read(self, row: Row) -> Told:
        """What the row says, and the marks of its documents."""
        layout, vault, asked = self.layout, self._session.info["vault"], self.asked
        corrected = asked.answers.corrected(row)
        if self._origin:
            told = self._origin.tell(vault, corrected, layout, asked.today)
        else:
            told = Told(read_row(corrected, layout.targets, layout.labels, asked.today))
        told.marks = [fingerprint(vault, proof) for proof, _column in told.reading.proofs]
        told.took, told.every = asked.answers.words(row.number), asked.answers.emptied
        return told

    def _register(self, readings: Sequence[Told]) -> Register:
        rows = [
            Speaks(
                told.reading.name,
                told.reading.member.get("number", ""),
                told.marks,
                told.key.person_id if told.key else None,
            )
            for told in readings
        ]
        self.numbers |= {row.number for row in rows} - {""}
        return queries.register(self._session, self._society_id, rows)

    def judged(self) -> Judged:
        """What holds for the whole, after the last batch."""
        return Judged(self.counts, self.numbers, self.digest, self.asked.today)

    @property
    def above(self) -> Sequence[Sequence[Cell]]:
        """Title and headings as they stand in the file."""
        return self.asked.sheets[self.layout.sheet].rows[: max(self.layout.first, 0)]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each state, so far."""
        return {state.value: self._tally[state] for state in State}

    @property
    def digest(self) -> str:
        """Equal where applying would write the same."""
        return self._digest.hexdigest()

    @property
    def not_taken(self) -> list[str]:
        """The columns that hold something and are not imported."""
        return [
            label or f"第 {index + 1} 列"
            for index, label in enumerate(self.layout.labels)
            if not self.layout.targets[index]
            and label != HEADING
            and any(row.cells[index] != "" for row in self._rows)
        ]


def _essence(verdict: Verdict) -> bytes:
    """What applying the row would write; the file itself says the rest."""
    outcome = verdict.difference
    changes = [(change.label, change.before, change.after) for change in outcome.changes]
    member = [(key, str(outcome.member[key])) for key in sorted(outcome.member)]
    return repr((verdict.row, verdict.state.value, verdict.person_id, changes, member)).encode()
