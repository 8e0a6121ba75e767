"""Slates with their candidates, and the snapshot in which a draft governs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.bodies.models import Post
from registry.composition import queries as composition
from registry.composition.facts import Holder, Term
from registry.composition.snapshot import Snapshot
from registry.people.models import Person
from registry.slates.models import Candidate, Slate


def slates(session: Session, society_id: int) -> Sequence[Slate]:
    """Those of a society, open ones first and the latest of them."""
    query = select(Slate).where(Slate.society_id == society_id).options(joinedload(Slate.body))
    return session.scalars(query.order_by(Slate.closed_at.is_not(None), Slate.id.desc())).all()


def slate(session: Session, society_id: int, slate_id: int) -> Slate | None:
    """One of a society."""
    row = session.get(Slate, slate_id)
    return row if row and row.society_id == society_id else None


def candidates(session: Session, row: Slate) -> Sequence[Candidate]:
    """By rank and name."""
    query = (
        select(Candidate)
        .join(Post, Post.id == Candidate.post_id)
        .join(Person, Person.id == Candidate.person_id)
        .where(Candidate.society_id == row.society_id, Candidate.slate_id == row.id)
        .options(joinedload(Candidate.person), joinedload(Candidate.post))
    )
    return session.scalars(query.order_by(Post.rank, Person.sort_pinyin, Candidate.id)).all()


def candidate(session: Session, row: Slate, candidate_id: int) -> Candidate | None:
    """One on the slate."""
    found = session.get(Candidate, candidate_id)
    return found if found and found.slate_id == row.id else None


def drafted(session: Session, row: Slate, standing: Collection[Candidate], real: Snapshot) -> Snapshot:
    """The society with the draft in office, on the first day of the 届 or that of `real`, the later one."""
    who = {one.person_id for one in standing}
    people = composition.people(session, row.society_id, who, real.day)
    holders = tuple(
        Holder(one.person_id, one.post_id, row.starts_on, planned_end_on=row.planned_end_on)
        for one in standing
    )
    term = Term(row.ordinal, row.starts_on, row.planned_end_on, holders=holders)
    return real.with_people(people.values()).with_term(row.body_id, term)
