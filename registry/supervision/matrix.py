"""Societies × rules: what the audit says of each today, and what it will say in a year if nothing is done."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.composition import packs, queries
from registry.composition.judging import Finding, judge
from registry.composition.packs import Rule, Strength
from registry.composition.snapshot import Snapshot
from registry.composition.verdicts import Answer
from registry.journal.models import Chain
from registry.societies.models import Society
from registry.supervision.sharing import neighbours

AHEAD = timedelta(days=365)
_MOST = 4_000
_ORDER = list(Answer)
_kept: dict[Hashable, tuple[Hashable, Row]] = {}


@dataclass(frozen=True)
class Cell:
    """A rule's worst verdict on a society, and in how many bodies; `soon`: in a year it is not met.

    `key` is that of the finding, the first where there are several.
    """

    answer: Answer
    many: int
    soon: bool
    key: str


@dataclass(frozen=True)
class Row:
    """A society under every rule; `failing` are the keys of all findings that are not met."""

    society_id: int
    slug: str
    name: str
    cells: Mapping[str, Cell]
    failing: frozenset[str]

    def count(self, answer: Answer) -> int:
        """How many rules are answered so."""
        return sum(cell.answer == answer for cell in self.cells.values())

    def keys(self, answer: Answer) -> list[str]:
        """The rules that are answered so."""
        return [key for key, cell in self.cells.items() if cell.answer == answer]

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
    """Every society judged once, and again only after an act of its own or of one that shares officers."""
    ids = [society.id for society in societies]
    rows = _rows(session, ids, day)
    rows.sort(key=lambda row: (-row.count(Answer.NOT_MET), -row.count(Answer.UNDETERMINED), row.name))
    rules = [rule for rule in packs.every() if rule.in_force(day)]
    rules.sort(key=lambda rule: -sum(_is(row, rule, Answer.NOT_MET) for row in rows))
    return Matrix(
        rows, {strength: [rule for rule in rules if rule.strength is strength] for strength in Strength}
    )


def failing(session: Session, societies: Sequence[Society], day: date) -> Mapping[tuple[int, str], Answer]:
    """Every finding that is not met, by society and key; judged as the matrix is."""
    rows = _rows(session, [society.id for society in societies], day)
    return {(row.society_id, key): Answer.NOT_MET for row in rows for key in row.failing}


def _rows(session: Session, ids: Sequence[int], day: date) -> list[Row]:
    stamps = _stamps(session, ids)
    where = str(session.get_bind().url)  # type: ignore[union-attr]
    keys = {key: (where, key, day) for key in ids}
    stale = [key for key in ids if _kept.get(keys[key], (None,))[0] != stamps[key]]
    if len(_kept) + len(stale) > _MOST:
        _kept.clear()
        stale = list(ids)
    for key, row in _judged(session, stale, day).items():
        _kept[keys[key]] = stamps[key], row
    return [_kept[keys[key]][1] for key in ids]


def _stamps(session: Session, ids: Sequence[int]) -> Mapping[int, Hashable]:
    """Of each society what changes with every act that may change a verdict on it."""
    heads = {row.society_id: row.digest for row in session.execute(select(Chain.society_id, Chain.digest))}
    near = neighbours(session)
    return {key: (heads.get(key), *(heads.get(one) for one in sorted(near.get(key, ())))) for key in ids}


def _judged(session: Session, ids: Sequence[int], day: date) -> Mapping[int, Row]:
    if not ids:
        return {}
    ahead = {row.society.id: row for row in queries.snapshots(session, ids, day + AHEAD)}
    today = queries.snapshots(session, ids, day)
    return {row.society.id: _row(row, ahead[row.society.id]) for row in today}


def _row(today: Snapshot, ahead: Snapshot) -> Row:
    then = _worst(judge(ahead, packs.every()))
    judged = judge(today, packs.every())
    cells = {rule: _cell(found, then.get(rule, [])) for rule, found in _worst(judged).items()}
    failing = frozenset(one.key for one in judged if one.verdict.answer is Answer.NOT_MET)
    return Row(today.society.id, today.society.slug, today.society.name, cells, failing)


def _cell(now: Sequence[Finding], then: Sequence[Finding]) -> Cell:
    answer = now[0].verdict.answer
    breaks = bool(then) and then[0].verdict.answer is Answer.NOT_MET
    return Cell(answer, len(now), answer is Answer.MET and breaks, now[0].key)


def _worst(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Of each rule the findings with its worst verdict."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: _ORDER.index(one.verdict.answer)):
        rows = found.setdefault(finding.rule.id, [])
        if not rows or rows[0].verdict.answer is finding.verdict.answer:
            rows.append(finding)
    return found


def _is(row: Row, rule: Rule, answer: Answer) -> bool:
    cell = row.cells.get(rule.id)
    return cell is not None and cell.answer is answer
