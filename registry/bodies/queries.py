"""Reading bodies, terms, posts and who holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload, selectinload

from registry.bodies.models import Body, BodyKind, Decision, Post, Tenure, Term
from registry.core.periods import Period
from registry.memberships.models import EndReason, Membership
from registry.people.models import Person

_KINDS = list(BodyKind)

_HOLDER = (
    Tenure.id.label("tenure_id"),
    Tenure.person_id,
    Person.name,
    Person.sex,
    Person.birth,
    Person.region,
    Person.grassroots,
    Person.employer,
    Person.title,
    Tenure.post_id,
    Post.name.label("post"),
    Post.rank,
    Post.principal,
    Post.body_id,
    Body.name.label("body"),
    Body.kind,
    Body.branch_id,
    Tenure.term_id,
    Term.ordinal,
    Tenure.starts_on,
    Tenure.planned_end_on,
    Tenure.begun_by,
    Tenure.full_time,
    Tenure.legal_representative,
)


def bodies(session: Session, society_id: int) -> list[Body]:
    """Every body of a society with its terms and posts: by kind, then in order of founding."""
    found = session.scalars(_whole_bodies().where(Body.society_id == society_id)).all()
    return sorted(found, key=lambda row: (_KINDS.index(BodyKind(row.kind)), row.starts_on, row.id))


def body(session: Session, society_id: int, body_id: int) -> Body | None:
    """One body of a society with its terms and posts."""
    return session.scalars(_whole_bodies().where(Body.society_id == society_id, Body.id == body_id)).first()


def _whole_bodies() -> Select[Body]:
    """Without terms that hold on no day, because they were withdrawn."""
    true = or_(Term.ends_on.is_(None), Term.ends_on > Term.starts_on)
    return select(Body).options(selectinload(Body.terms.and_(true)), selectinload(Body.posts))


def holding(session: Session, society_id: int, day: date, body_id: int | None = None) -> Sequence[Row[Any]]:
    """Who holds which post on the day, by body and rank; the columns are those of `_HOLDER`."""
    query = _holders().where(
        Tenure.society_id == society_id, Tenure.in_force(day), Tenure.voided_at.is_(None)
    )
    if body_id is not None:
        query = query.where(Post.body_id == body_id)
    return session.execute(query.order_by(Body.id, Post.rank, Person.sort_pinyin, Tenure.id)).all()


def _holders() -> Select[Any]:
    columns: list[Any] = [*_HOLDER]
    return (
        select(*columns)
        .join(Person, Person.id == Tenure.person_id)
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .join(Term, Term.id == Tenure.term_id)
    )


def tenures_of_person(session: Session, society_id: int, person_id: int) -> Sequence[Tenure]:
    """Every tenure of a person, voided ones too, newest first; post, term, body, decision are loaded."""
    query = (
        select(Tenure)
        .where(Tenure.society_id == society_id, Tenure.person_id == person_id)
        .options(
            joinedload(Tenure.post),
            joinedload(Tenure.term).joinedload(Term.body),
            joinedload(Tenure.decision).joinedload(Decision.meeting),
        )
    )
    return session.scalars(query.order_by(Tenure.starts_on.desc(), Tenure.id.desc())).all()


def tenures_of_term(session: Session, term_id: int) -> Sequence[Tenure]:
    """Every tenure of a term, voided ones too, by rank and beginning; person and post are loaded."""
    query = (
        select(Tenure)
        .join(Tenure.post)
        .join(Tenure.person)
        .where(Tenure.term_id == term_id)
        .options(contains_eager(Tenure.post), contains_eager(Tenure.person))
    )
    return session.scalars(query.order_by(Post.rank, Tenure.starts_on, Person.sort_pinyin, Tenure.id)).all()


def tenures_of_body(session: Session, society_id: int, body_id: int) -> Sequence[Tenure]:
    """Every tenure of a body, voided ones too, as they began; person is loaded."""
    query = (
        select(Tenure)
        .join(Tenure.term)
        .where(Tenure.society_id == society_id, Term.body_id == body_id)
        .options(joinedload(Tenure.person))
    )
    return session.scalars(query.order_by(Tenure.starts_on, Tenure.id)).all()


def sat_before(session: Session, society_id: int, body_id: int, day: date) -> set[int]:
    """Who held any post of the body that began before the day."""
    query = (
        select(Tenure.person_id)
        .join(Post, Post.id == Tenure.post_id)
        .where(Tenure.society_id == society_id, Post.body_id == body_id, Tenure.starts_on < day)
        .where(*_counted())
    )
    return set(session.scalars(query.distinct()))


def tenure(session: Session, body_id: int, tenure_id: int) -> Tenure | None:
    """One tenure of a body; person, post, term and body are loaded."""
    query = (
        select(Tenure)
        .join(Tenure.term)
        .where(Term.body_id == body_id, Tenure.id == tenure_id)
        .options(
            contains_eager(Tenure.term).joinedload(Term.body),
            joinedload(Tenure.person),
            joinedload(Tenure.post),
        )
    )
    return session.scalars(query).first()


def held_seats(session: Session, society_id: int, day: date) -> dict[int, int]:
    """Of each post how many hold it on the day."""
    query = select(Tenure.post_id, func.count()).where(Tenure.society_id == society_id, *_held(day))
    return dict(session.execute(query.group_by(Tenure.post_id)).all())


def filling(session: Session, post_id: int, period: Period, but_id: int = 0) -> Sequence[Tenure]:
    """The tenures of a post that share a day with the period; person is loaded."""
    query = select(Tenure).where(
        Tenure.post_id == post_id, Tenure.id != but_id, Tenure.overlapping(period), *_counted()
    )
    return session.scalars(
        query.options(joinedload(Tenure.person)).order_by(Tenure.starts_on, Tenure.id)
    ).all()


def open_tenures(session: Session, term_id: int, day: date) -> Sequence[Tenure]:
    """The tenures of a term that have not ended by the day."""
    query = select(Tenure).where(
        Tenure.term_id == term_id,
        or_(Tenure.ends_on.is_(None), Tenure.ends_on > day),
        Tenure.voided_at.is_(None),
    )
    return session.scalars(query.options(joinedload(Tenure.person), joinedload(Tenure.post))).all()


def _held(day: date) -> tuple[ColumnElement[bool], ...]:
    """In force on the day and not voided."""
    return (Tenure.in_force(day), Tenure.voided_at.is_(None))


def _counted() -> tuple[ColumnElement[bool], ...]:
    """Neither voided nor empty."""
    return (Tenure.voided_at.is_(None), or_(Tenure.ends_on.is_(None), Tenure.ends_on > Tenure.starts_on))


def heads(session: Session, society_id: int, day: date) -> dict[int, list[tuple[str, str]]]:
    """Of each body who presides or is 负责人 on the day: (name, post), by rank."""
    return _principals(session, society_id, day, Body.id)


def branch_heads(session: Session, society_id: int, day: date) -> dict[int, list[tuple[str, str]]]:
    """Of each branch who heads its committee on the day, as in `heads`."""
    return _principals(session, society_id, day, Body.branch_id)


def _principals(
    session: Session, society_id: int, day: date, key: InstrumentedAttribute[Any]
) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(key, Person.name, Post.name)
        .select_from(Tenure)
        .join(Person, Person.id == Tenure.person_id)
        .join(Post, and_(Post.id == Tenure.post_id, or_(Post.principal.is_(True), _first_single())))
        .join(Body, and_(Body.id == Post.body_id, key.is_not(None)))
        .where(Tenure.society_id == society_id, *_held(day))
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row_id, name, post in session.execute(query.order_by(Post.rank, Tenure.starts_on, Tenure.id)):
        found[row_id].append((name, post))
    return dict(found)


def _first_single() -> ColumnElement[bool]:
    """The one seat before all others of its body presides, such as 监事长, though nobody called it 负责人."""
    other = aliased(Post)
    before = select(other.id).where(other.body_id == Post.body_id, other.rank < Post.rank)
    return and_(Post.seats == 1, ~before.exists())


def numbers_of(session: Session, society_id: int, person_ids: Iterable[int]) -> dict[int, str]:
    """The newest membership number of each person who has one."""
    query = (
        select(Membership.person_id, Membership.number)
        .where(Membership.society_id == society_id, Membership.person_id.in_(set(person_ids)))
        .order_by(
            (Membership.end_reason == EndReason.VOIDED).is_(True).desc(), Membership.starts_on, Membership.id
        )
    )
    return {person_id: number for person_id, number in session.execute(query) if person_id is not None}
