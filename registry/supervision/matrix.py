"""Societies × rules: what the audit says of each today, and what it will say in a year if nothing is done."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.composition import packs, queries
from registry.composition.judging import Finding, judge
from registry.composition.packs import Rule, Strength
from registry.composition.snapshot import Snapshot
from registry.composition.verdicts import Answer
from registry.journal.models import Act
from registry.societies.models import Society

AHEAD = timedelta(days=365)
_MOST = 32
_ORDER = list(Answer)
_kept: dict[Hashable, Matrix] = {}


@dataclass(frozen=True)
class Cell:
    """A rule's worst verdict on a society, and in how many bodies; `soon`: in a year it is not met."""

    answer: Answer
    many: int
    soon: bool


@dataclass(frozen=True)
class Row:
    """A society under every rule."""

    slug: str
    name: str
    cells: Mapping[str, Cell]

    def count(self, answer: Answer) -> int:
        """How many rules are answered so."""
        return sum(cell.answer == answer for cell in self.cells.values())

    @property
    def soon(self) -> int:
        """How many rules are met today and will not be in a year."""
        return sum(cell.soon for cell in self.cells.values())


@dataclass(frozen=True)
class Matrix:
    """The worst society first; under each strength the rules, those least met first."""

    rows: Sequence[Row]
    rules: Mapping[Strength, Sequence[Rule]]


def matrix(session: Session, societies: Sequence[Society], day: date) -> Matrix:
    """Judged once for all; kept until the next act of anybody, for offices elsewhere count, too."""
    ids = tuple(sorted(society.id for society in societies))
    newest = session.scalar(select(func.max(Act.id)))
    key = (str(session.get_bind().url), newest, ids, day)  # type: ignore[union-attr]
    if key not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = _judged(session, ids, day)
    return _kept[key]


def _judged(session: Session, ids: Sequence[int], day: date) -> Matrix:
    ahead = {row.society.id: row for row in queries.snapshots(session, ids, day + AHEAD)}
    rows = [_row(row, ahead[row.society.id]) for row in queries.snapshots(session, ids, day)]
    rows.sort(key=lambda row: (-row.count(Answer.NOT_MET), -row.count(Answer.UNDETERMINED), row.name))
    rules = [rule for rule in packs.every() if rule.in_force(day)]
    rules.sort(key=lambda rule: -sum(_is(row, rule, Answer.NOT_MET) for row in rows))
    return Matrix(
        rows, {strength: [rule for rule in rules if rule.strength is strength] for strength in Strength}
    )


def _row(today: Snapshot, ahead: Snapshot) -> Row:
    then = _worst(judge(ahead, packs.every()))
    cells = {
        key: Cell(answer, many, answer is Answer.MET and then.get(key, (answer, 0))[0] is Answer.NOT_MET)
        for key, (answer, many) in _worst(judge(today, packs.every())).items()
    }
    return Row(today.society.slug, today.society.name, cells)


def _worst(findings: Sequence[Finding]) -> dict[str, tuple[Answer, int]]:
    """Of each rule the worst verdict, and how often it stands."""
    found: dict[str, tuple[Answer, int]] = {}
    for finding in sorted(findings, key=lambda one: _ORDER.index(one.verdict.answer)):
        answer, many = found.get(finding.rule.id, (finding.verdict.answer, 0))
        found[finding.rule.id] = (answer, many + (finding.verdict.answer is answer))
    return found


def _is(row: Row, rule: Rule, answer: Answer) -> bool:
    cell = row.cells.get(rule.id)
    return cell is not None and cell.answer is answer
