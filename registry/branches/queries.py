"""Counting the people of branches."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.memberships.models import Membership


def member_counts(session: Session, society_id: int, day: date) -> dict[int | None, int]:
    """Of each branch how many persons are its members on the day; None = of no branch."""
    query = (
        select(Membership.branch_id, func.count())
        .where(
            Membership.society_id == society_id, Membership.person_id.is_not(None), Membership.in_force(day)
        )
        .group_by(Membership.branch_id)
    )
    return dict(session.execute(query).all())


def member_count(session: Session, society_id: int, branch_id: int, day: date) -> int:
    """How many persons are members of one branch on the day."""
    query = select(func.count()).where(
        Membership.society_id == society_id,
        Membership.branch_id == branch_id,
        Membership.person_id.is_not(None),
        Membership.in_force(day),
    )
    return session.execute(query).scalar_one()
