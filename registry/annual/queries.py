"""What the annual return counts beyond members: meetings held, who works full time, political status."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.bodies.models import Body, Meeting, Tenure
from registry.people.models import Person


def meetings(session: Session, society_id: int, first: date, last: date) -> dict[int, int]:
    """Meetings held from the first day to the last, by body."""
    query = select(Meeting.body_id, func.count()).where(
        Meeting.society_id == society_id, Meeting.held_on >= first, Meeting.held_on <= last
    )
    return {key: many for key, many in session.execute(query.group_by(Meeting.body_id)) if key}


def full_time(session: Session, society_id: int, day: date) -> tuple[int, int]:
    """How many in office on the day serve full time, and of how many it is unknown."""
    rows = session.execute(
        select(Tenure.person_id, Tenure.full_time)
        .where(Tenure.society_id == society_id, Tenure.in_force(day), Tenure.voided_at.is_(None))
        .distinct()
    ).all()
    yes = {row.person_id for row in rows if row.full_time}
    known = {row.person_id for row in rows if row.full_time is not None}
    return len(yes), len({row.person_id for row in rows} - known)


def bodies(session: Session, society_id: int, day: date) -> list[Body]:
    """The society's own bodies that exist on the day."""
    query = select(Body).where(Body.society_id == society_id, Body.branch_id.is_(None), Body.in_force(day))
    return list(session.scalars(query.order_by(Body.id)))


def political(session: Session, ids: Collection[int]) -> dict[int, str | None]:
    """Of each person the code of the political status."""
    query = select(Person.id, Person.political).where(Person.id.in_(ids))
    return {row.id: row.political for row in session.execute(query)} if ids else {}
