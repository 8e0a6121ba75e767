"""Reading findings, and what their rules answer on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from registry.composition import packs
from registry.composition import queries as composition
from registry.composition.judging import judge
from registry.composition.shown import Audit
from registry.composition.verdicts import Answer
from registry.findings.course import AWAITING
from registry.findings.models import Rectification, Step, StepKind, StepPaper

Answers = Mapping[tuple[int, str], Answer]
"""By society and key of the verdict."""


def of_society(session: Session, society_id: int) -> Sequence[Rectification]:
    """All findings of a society, newest first."""
    query = select(Rectification).where(Rectification.society_id == society_id)
    return session.scalars(query.order_by(Rectification.id.desc())).all()


def allowed(session: Session, clause: ColumnElement[bool]) -> Sequence[Rectification]:
    """The findings that a clause of rights allows, newest first."""
    return session.scalars(select(Rectification).where(clause).order_by(Rectification.id.desc())).all()


def one(session: Session, society_id: int, key: int) -> Rectification | None:
    """One finding with its steps and the names of their papers."""
    query = select(Rectification).where(Rectification.society_id == society_id, Rectification.id == key)
    steps = selectinload(Rectification.steps).selectinload(Step.papers)
    return session.scalars(query.options(steps)).first()


def about(session: Session, society_id: int, key: str) -> Rectification | None:
    """The newest finding about a verdict."""
    query = select(Rectification).where(Rectification.society_id == society_id, Rectification.key == key)
    return session.scalars(query.order_by(Rectification.id.desc()).limit(1)).first()


def paper(session: Session, society_id: int, rectification_id: int, paper_id: int) -> StepPaper | None:
    """A file of a finding."""
    query = select(StepPaper).join(Step, Step.id == StepPaper.step_id)
    mine = query.where(StepPaper.society_id == society_id, StepPaper.id == paper_id)
    return session.scalars(mine.where(Step.rectification_id == rectification_id)).first()


def to_judge(session: Session, clause: ColumnElement[bool]) -> int:
    """How many answers await a word of those above."""
    query = select(func.count()).select_from(Rectification)
    return session.execute(query.where(clause, Rectification.stands == StepKind.ANSWERED)).scalar_one()


def audit(session: Session, society_id: int, day: date) -> Audit:
    """What every rule answers of the society."""
    snapshot = composition.snapshot(session, society_id, day)
    return Audit(snapshot, judge(snapshot, packs.every()))


def answers(session: Session, rows: Iterable[Rectification], day: date) -> Answers:
    """What the rules answer now, of the societies in which something is settled that may come back."""
    ids = settled_in(rows)
    return _judged(session, ids, day) if ids else {}


def settled_in(rows: Iterable[Rectification]) -> set[int]:
    """The societies in which something is settled that may come back."""
    return {row.society_id for row in rows if row.key and row.stands not in (*AWAITING, StepKind.ANSWERED)}


def _judged(session: Session, ids: Collection[int], day: date) -> Answers:
    return {
        (snapshot.society.id, finding.key): finding.verdict.answer
        for snapshot in composition.snapshots(session, ids, day)
        for finding in judge(snapshot, packs.every())
    }
