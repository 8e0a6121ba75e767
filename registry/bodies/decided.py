"""Reading meetings and their decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from registry.bodies.models import Decision, Meeting


def meetings_of(session: Session, society_id: int, body_id: int) -> Sequence[Meeting]:
    """The meetings of a body in their order, with their decisions."""
    query = select(Meeting).where(Meeting.society_id == society_id, Meeting.body_id == body_id)
    return session.scalars(
        query.options(selectinload(Meeting.decisions)).order_by(Meeting.held_on, Meeting.id)
    ).all()


def meeting_like(
    session: Session, society_id: int, body_id: int | None, name: str, day: date
) -> Meeting | None:
    """The meeting already on record under that name and day; a body that is not told is any."""
    query = select(Meeting).where(
        Meeting.society_id == society_id, Meeting.name == name, Meeting.held_on == day
    )
    if body_id is not None:
        query = query.where(or_(Meeting.body_id == body_id, Meeting.body_id.is_(None)))
    return session.scalars(query.order_by(Meeting.body_id.is_(None), Meeting.id).limit(1)).first()


def decisions(session: Session, society_id: int, ids: Iterable[int | None]) -> dict[int, Decision]:
    """Decisions by their ids."""
    wanted = {key for key in ids if key is not None}
    query = select(Decision).where(Decision.society_id == society_id, Decision.id.in_(wanted))
    return {row.id: row for row in session.scalars(query)} if wanted else {}
