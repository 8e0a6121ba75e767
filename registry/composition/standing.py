"""Who governs, side by side: terms, seats and holders of many societies, one statement each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from registry.bodies.models import Body, BodyKind, Post, Tenure, Term
from registry.core.numerals import han_number
from registry.people.models import Person

GOVERNING = (BodyKind.COUNCIL, BodyKind.STANDING, BodyKind.SUPERVISORS, BodyKind.PARTY)
"""An assembly meets; it does not hold office."""
FEWEST = 5
"""Of fewer people no composition is told to those who may not see them: it would tell of each."""

_ENDS = {"planned_end_on", "extended_until"}


@dataclass(frozen=True)
class Running:
    """A term (届) as it runs on a day; `due_on` is its planned end, or the approved extension of it."""

    society_id: int
    body_id: int
    kind: str
    body: str
    term_id: int
    ordinal: int
    starts_on: date
    due_on: date
    days_left: int

    @property
    def name(self) -> str:
        """第八届."""
        return f"第{han_number(self.ordinal)}届"

    @property
    def overdue(self) -> bool:
        """The due day has come and the term goes on."""
        return self.days_left <= 0


def running(session: Session, society_ids: Collection[int], day: date) -> list[Running]:
    """The terms that run on the day in the societies' own bodies."""
    query = (
        select(
            Body.society_id,
            Body.id.label("body_id"),
            Body.kind,
            Body.name.label("body"),
            Term.id.label("term_id"),
            Term.ordinal,
            Term.starts_on,
            Term.planned_end_on,
            Term.extended_until,
        )
        .join(Term, and_(Term.body_id == Body.id, Term.in_force(day)))
        .where(Body.society_id.in_(society_ids), Body.branch_id.is_(None), Body.in_force(day))
        .order_by(Body.society_id, Body.id, Term.ordinal)
    )
    return [_running(row, day) for row in session.execute(query)]


def _running(row: Any, day: date) -> Running:
    due = row.extended_until or row.planned_end_on
    facts = {key: value for key, value in row._asdict().items() if key not in _ENDS}
    return Running(**facts, due_on=due, days_left=(due - day).days)


def councils(found: Iterable[Running]) -> dict[int, Running]:
    """The council's term of each society."""
    return {row.society_id: row for row in found if row.kind == BodyKind.COUNCIL}


def seats(session: Session, society_ids: Collection[int], day: date) -> Sequence[Any]:
    """The posts of the societies' own bodies as (society_id, body_id, kind, post_id, post, seats)."""
    query = (
        select(
            Post.society_id,
            Post.body_id,
            Body.kind,
            Post.id.label("post_id"),
            Post.name.label("post"),
            Post.seats,
        )
        .join(Body, Body.id == Post.body_id)
        .where(Post.society_id.in_(society_ids), Body.branch_id.is_(None), Body.in_force(day))
    )
    return session.execute(query.order_by(Post.body_id, Post.rank, Post.id)).all()


def holders(session: Session, society_ids: Collection[int], day: date) -> Sequence[Any]:
    """Who holds an office in the societies' governing bodies on the day, by body and rank, without names."""
    query = (
        select(
            Tenure.society_id,
            Post.body_id,
            Body.kind,
            Tenure.post_id,
            Post.principal,
            Tenure.person_id,
            Tenure.planned_end_on,
            Person.birth,
            Person.region,
            Person.grassroots,
        )
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .join(Person, Person.id == Tenure.person_id)
        .where(Tenure.society_id.in_(society_ids), Tenure.in_force(day), Tenure.voided_at.is_(None))
        .where(Body.branch_id.is_(None), Body.kind.in_(GOVERNING))
    )
    return session.execute(query.order_by(Post.body_id, Post.rank, Tenure.id)).all()


def vacancies(posts: Iterable[Any], found: Iterable[Any]) -> dict[int, dict[str, int]]:
    """Of each body the posts with empty seats and how many; rows of `seats` and `holders`."""
    filled = Counter(row.post_id for row in found)
    vacant: dict[int, dict[str, int]] = {}
    for post in posts:
        empty = (post.seats or 0) - filled[post.post_id]
        if empty > 0 and post.kind in GOVERNING:
            vacant.setdefault(post.body_id, {})[post.post] = empty
    return vacant


def holding_over(found: Iterable[Any], body_id: int, day: date) -> int:
    """How many people hold office in the body although its planned end has come; rows of `holders`."""
    return len(
        {
            row.person_id
            for row in found
            if row.body_id == body_id and row.planned_end_on and row.planned_end_on <= day
        }
    )
