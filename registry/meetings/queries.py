"""Reading meetings, what they decided, and what hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from registry.bodies.models import Decision, Meeting, Tenure
from registry.meetings.models import MeetingPaper

LISTED = 60


def meetings(
    session: Session, society_id: int, body_id: int | None = None, before: tuple[date, int] | None = None
) -> Sequence[Meeting]:
    """Newest first, one more than `LISTED`; those of one body, and before a place in the list."""
    query = select(Meeting).where(Meeting.society_id == society_id)
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    if before is not None:
        day, key = before
        query = query.where(or_(Meeting.held_on < day, (Meeting.held_on == day) & (Meeting.id < key)))
    query = query.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(LISTED + 1)
    return session.scalars(query.options(joinedload(Meeting.body), selectinload(Meeting.decisions))).all()


def meeting(session: Session, society_id: int, meeting_id: int) -> Meeting | None:
    """One meeting with its decisions."""
    query = select(Meeting).where(Meeting.society_id == society_id, Meeting.id == meeting_id)
    return session.scalars(query.options(joinedload(Meeting.body), selectinload(Meeting.decisions))).first()


def decision(session: Session, meeting_id: int, decision_id: int) -> Decision | None:
    """One decision of a meeting."""
    query = select(Decision).where(Decision.meeting_id == meeting_id, Decision.id == decision_id)
    return session.scalars(query).first()


def hanging(session: Session, society_id: int, decision_ids: Collection[int]) -> dict[int, list[Tenure]]:
    """Of each decision the offices it gave or ended, voided ones too; person, post and term are loaded."""
    if not decision_ids:
        return {}
    hangs = or_(Tenure.decision_id.in_(decision_ids), Tenure.end_decision_id.in_(decision_ids))
    query = (
        select(Tenure)
        .join(Tenure.person)
        .join(Tenure.post)
        .where(Tenure.society_id == society_id, hangs)
        .options(contains_eager(Tenure.person), contains_eager(Tenure.post), joinedload(Tenure.term))
        .order_by(Tenure.starts_on, Tenure.id)
    )
    found: dict[int, list[Tenure]] = defaultdict(list)
    for row in session.scalars(query):
        for key in {row.decision_id, row.end_decision_id} & set(decision_ids):
            found[key or 0].append(row)
    return dict(found)


def papers(session: Session, society_id: int, meeting_id: int) -> Sequence[Any]:
    """The files of a meeting without their content: (id, filename, size)."""
    query = select(MeetingPaper.id, MeetingPaper.filename, MeetingPaper.size).where(
        MeetingPaper.society_id == society_id, MeetingPaper.meeting_id == meeting_id
    )
    return session.execute(query.order_by(MeetingPaper.id)).all()


def paper(session: Session, meeting_id: int, paper_id: int) -> MeetingPaper | None:
    """One file of a meeting."""
    query = select(MeetingPaper).where(MeetingPaper.meeting_id == meeting_id, MeetingPaper.id == paper_id)
    return session.scalars(query).first()


def numbers(session: Session, society_id: int, body_id: int | None = None) -> int:
    """How many meetings are on record."""
    query = select(func.count()).select_from(Meeting).where(Meeting.society_id == society_id)
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    return session.execute(query).scalar_one()
