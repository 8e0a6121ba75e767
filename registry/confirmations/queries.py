"""Reading rounds: whom to ask, how many answered, and how fresh a register is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from registry.confirmations.models import Asked, Round
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.societies.models import Branch


def to_ask(
    session: Session, society_id: int, branch_id: int | None, since: date | None, day: date, most: int
) -> Sequence[tuple[Person, str]]:
    """Members on the day who have not confirmed since, with their numbers; at most so many."""
    query = (
        select(Person, Membership.number)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.society_id == society_id, Membership.in_force(day), Person.erased_at.is_(None))
    )
    if branch_id is not None:
        query = query.where(Membership.branch_id == branch_id)
    if since is not None:
        query = query.where(or_(Person.confirmed_on.is_(None), Person.confirmed_on < since))
    rows = session.execute(query.order_by(Membership.sort_number).limit(most)).all()
    return [(person, number) for person, number in rows]


def rounds(session: Session, society_id: int) -> Sequence[Any]:
    """Every round, newest first: the round, its branch, how many were mailed and how many confirmed."""
    mailed, confirmed = func.count().filter(Asked.mailed), func.count(Asked.confirmed_on)
    query = (
        select(Round, Branch.name, mailed, confirmed)
        .outerjoin(Branch, Branch.id == Round.of_branch_id)
        .outerjoin(Asked, Asked.round_id == Round.id)
        .where(Round.society_id == society_id)
        .group_by(Round.id, Branch.name)
    )
    return session.execute(query.order_by(Round.id.desc()).limit(50)).all()


def fresh(session: Session, society_id: int, since: date, day: date) -> tuple[int, int]:
    """How many members on the day have confirmed since, and how many there are."""
    query = (
        select(func.count().filter(Person.confirmed_on >= since), func.count())
        .join_from(Membership, Person, Person.id == Membership.person_id)
        .where(Membership.society_id == society_id, Membership.in_force(day))
    )
    confirmed, whole = session.execute(query).one()
    return confirmed, whole


def asked(session: Session, key: int) -> Asked | None:
    """One who was asked."""
    return session.get(Asked, key)


def holder(session: Session, row: Asked) -> Person:
    """Whose entry it is; where that was merged into another, the one that stands."""
    person = session.get_one(Person, row.person_id)
    while person.merged_into_id is not None:
        person = session.get_one(Person, person.merged_into_id)
    return person
