"""Who holds or held which office, with what a list says of the persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from registry.bodies.models import Body, Post, Tenure, Term
from registry.memberships.models import EndReason, Membership
from registry.people.models import Person

FACTS = (
    "sex", "ethnic", "birth", "political", "region", "nationality",
    "education", "degree", "employer", "position", "title", "phone",
)  # fmt: skip
"""Of a person, in the order in which such lists have them."""
_OFFICE = (
    Tenure.society_id,
    Tenure.person_id,
    Tenure.starts_on,
    Tenure.planned_end_on,
    Tenure.ends_on,
    Tenure.begun_by,
    Tenure.ended_by,
    Tenure.full_time,
    Tenure.legal_representative,
    Tenure.nominated_by,
    Tenure.filing,
    Tenure.approval,
    Post.name.label("post"),
    Body.name.label("body"),
    Term.ordinal,
    Person.name,
    Membership.number,
    Membership.branch_id,
)


def offices(
    session: Session, society_id: int, day: date, *, past: bool, body_id: int | None = None
) -> Sequence[Row[Any]]:
    """The offices held on the day, or all up to it, by body, term and rank; with the holder's own spell."""
    spell = and_(
        Membership.society_id == society_id,
        Membership.person_id == Tenure.person_id,
        Membership.in_force(day),
        Membership.end_reason.is_distinct_from(EndReason.VOIDED),
    )
    columns: list[Any] = [*_OFFICE, *(getattr(Person, key) for key in FACTS)]
    query = (
        select(*columns)
        .join(Person, Person.id == Tenure.person_id)
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .join(Term, Term.id == Tenure.term_id)
        .outerjoin(Membership, spell)
        .where(Tenure.society_id == society_id, Tenure.voided_at.is_(None))
        .where(Tenure.starts_on <= day if past else Tenure.in_force(day))
    )
    if body_id is not None:
        query = query.where(Body.id == body_id)
    return session.execute(
        query.order_by(Body.id, Term.ordinal.desc(), Post.rank, Person.sort_pinyin, Tenure.id)
    ).all()
