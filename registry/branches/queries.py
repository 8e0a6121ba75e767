"""The people of branches, and how long ago anything happened in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import Session

from registry.bodies.models import Body, Post, Tenure, Term
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.societies.models import Branch

SLEEPING_AFTER_DAYS = 730
"""Two years without a new member, officer or term: a branch that sleeps."""


@dataclass(frozen=True)
class Event:
    """Something in the life of a branch; `kind` is founded, named, term, head or ended."""

    on: date
    kind: str
    words: str
    until: date | None = None


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


def spells_from(session: Session, society_id: int, branch_id: int, day: date) -> Sequence[Membership]:
    """The spells of the branch that hold on the day or begin later, of persons and units."""
    query = select(Membership).where(
        Membership.society_id == society_id,
        Membership.branch_id == branch_id,
        or_(Membership.ends_on.is_(None), Membership.ends_on > day),
        or_(Membership.ends_on.is_(None), Membership.ends_on > Membership.starts_on),
    )
    return session.scalars(query.order_by(Membership.id)).all()


def last_active(session: Session, society_id: int, day: date) -> dict[int, date]:
    """Of each branch the last day on which a member, an officer or a term of it began."""
    joined = select(Membership.branch_id.label("branch_id"), Membership.starts_on.label("on")).where(
        Membership.society_id == society_id, Membership.branch_id.is_not(None)
    )
    seated = (
        select(Body.branch_id, Tenure.starts_on)
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .where(Tenure.society_id == society_id, Body.branch_id.is_not(None), Tenure.voided_at.is_(None))
    )
    begun = (
        select(Body.branch_id, Term.starts_on)
        .join(Body, Body.id == Term.body_id)
        .where(Term.society_id == society_id, Body.branch_id.is_not(None))
    )
    every = union_all(joined, seated, begun).subquery()
    query = select(every.c.branch_id, func.max(every.c.on)).where(every.c.on <= day)
    return dict(session.execute(query.group_by(every.c.branch_id)).all())


def sleeping(branches: Sequence[Branch], last: dict[int, date], day: date) -> dict[int, int]:
    """Of the branches that sleep on the day, for how many days nothing has begun in them."""
    quiet = {row.id: (day - max(last.get(row.id, row.starts_on), row.starts_on)).days for row in branches}
    return {key: days for key, days in quiet.items() if days > SLEEPING_AFTER_DAYS}


def life(session: Session, branch: Branch) -> list[Event]:
    """What happened to the branch, oldest first."""
    events = [Event(branch.starts_on, "founded", branch.founding_decision)]
    events += [Event(row.starts_on, "named", row.name) for row in branch.names[1:]]
    events += [Event(row.starts_on, "term", row.name, row.ends_on) for row in _terms(session, branch)]
    events += [Event(row.starts_on, "head", row.words, row.ends_on) for row in _heads(session, branch)]
    if branch.ends_on:
        events.append(Event(branch.ends_on, "ended", branch.ending_decision))
    return sorted(events, key=lambda event: (event.on, event.kind != "founded"))


def _terms(session: Session, branch: Branch) -> Sequence[Term]:
    query = select(Term).join(Body).where(Body.society_id == branch.society_id, Body.branch_id == branch.id)
    return session.scalars(query).all()


def _heads(session: Session, branch: Branch) -> Sequence[Any]:
    """Everyone who ever presided, with the post."""
    words = (Post.name + " " + Person.name).label("words")
    query = (
        select(Tenure.starts_on, Tenure.ends_on, words)
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .join(Person, Person.id == Tenure.person_id)
        .where(Tenure.society_id == branch.society_id, Body.branch_id == branch.id)
        .where(Post.principal.is_(True), Tenure.voided_at.is_(None))
    )
    return session.execute(query).all()
