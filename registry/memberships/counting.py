"""How many members there are: by place, by age, by year; grouped statements, however many societies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Label, String, and_, case, exists, extract, func, select, type_coerce
from sqlalchemy.orm import Session

from registry.core.ages import dividing_years
from registry.core.dates import PartialDate
from registry.memberships.models import EndReason, Membership
from registry.people.models import IdentityDocument, Person

GONE_ON = (EndReason.CHANGED, EndReason.VOIDED)
"""Ends after which the member is not gone: the spell went on in another, or never was."""


def persons_by(
    session: Session, allowed: ColumnElement[bool], society_ids: Collection[int], day: date, *keys: Any
) -> Sequence[Any]:
    """Persons in force as (*keys, many); of a key of the roster's filters an index alone answers."""
    query = select(*keys, func.count().label("many")).where(
        *_in_force(allowed, society_ids, day), Membership.person_id.is_not(None)
    )
    return session.execute(query.group_by(*keys)).all()


def units_by(
    session: Session, allowed: ColumnElement[bool], society_ids: Collection[int], day: date, *keys: Any
) -> Sequence[Any]:
    """Units in force as (*keys, many)."""
    query = select(*keys, func.count().label("many")).where(
        *_in_force(allowed, society_ids, day), Membership.unit_id.is_not(None)
    )
    return session.execute(query.group_by(*keys)).all()


def _in_force(
    allowed: ColumnElement[bool], society_ids: Collection[int], day: date
) -> tuple[ColumnElement[bool], ...]:
    return (allowed, Membership.society_id.in_(society_ids), Membership.in_force(day))


def births(
    session: Session, allowed: ColumnElement[bool], society_id: int, day: date
) -> list[tuple[PartialDate | None, int]]:
    """Births of persons in force and how many; to the year, but where a band of age ends to the day."""
    key = birth_key(day, type_coerce(Person.birth, String))
    query = (
        select(key, func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(*_in_force(allowed, [society_id], day))
        .group_by(key)
    )
    return [(PartialDate.parse(text) if text else None, many) for text, many in session.execute(query)]


def birth_key(day: date, birth: Any) -> Label[str]:
    """A birth as text to group by: to the year, but where a band of age ends on the day to the day."""
    year = func.substr(birth, 1, 4)
    return case((year.in_([str(year) for year in dividing_years(day)]), birth), else_=year).label("birth")


def joined(
    session: Session, allowed: ColumnElement[bool], society_id: int, first: date, day: date
) -> dict[int, int]:
    """Persons who joined from the first day to the day, by year.

    A change ends a spell and begins another: the spells begun, less those that went on in another.
    """
    begun = _per_year(session, Membership.starts_on, first, day, _whose(allowed, society_id), _never_void())
    changed = Membership.end_reason == EndReason.CHANGED
    went_on = _per_year(session, Membership.ends_on, first, day, _whose(allowed, society_id), changed)
    return {year: max(0, many - went_on.get(year, 0)) for year, many in begun.items()}


def _whose(allowed: ColumnElement[bool], society_id: int) -> ColumnElement[bool]:
    return and_(allowed, Membership.society_id == society_id, Membership.person_id.is_not(None))


def _never_void() -> ColumnElement[bool]:
    return (Membership.end_reason == EndReason.VOIDED).is_not(True)


def _per_year(
    session: Session, column: Any, first: date, day: date, *clauses: ColumnElement[bool]
) -> Mapping[int, int]:
    year = extract("year", column)
    query = select(year, func.count()).where(column >= first, column <= day, *clauses)
    return {int(year): many for year, many in session.execute(query.group_by(year))}


def left(
    session: Session, allowed: ColumnElement[bool], society_id: int, first: date, day: date
) -> dict[str, int]:
    """Persons who left from the first day to the day, by reason."""
    query = select(Membership.end_reason, func.count()).where(
        _whose(allowed, society_id),
        Membership.end_reason.not_in(GONE_ON),
        Membership.ends_on >= first,
        Membership.ends_on <= day,
    )
    return {str(reason): many for reason, many in session.execute(query.group_by(Membership.end_reason))}


def lacking_document() -> ColumnElement[bool]:
    """The person of the spell has no identity document."""
    held = exists().where(
        IdentityDocument.society_id == Membership.society_id,
        IdentityDocument.person_id == Membership.person_id,
    )
    return and_(Membership.person_id.is_not(None), ~held)


def without_document(session: Session, allowed: ColumnElement[bool], society_id: int, day: date) -> int:
    """How many persons in force have no identity document."""
    query = select(func.count()).where(*_in_force(allowed, [society_id], day), lacking_document())
    return session.execute(query).scalar_one()


def told(
    session: Session, allowed: ColumnElement[bool], society_id: int, since: date, day: date
) -> tuple[int, int]:
    """Of the persons in force how many have no birth date, and how many confirmed their entry since."""
    lately = select(Person.id).where(Person.society_id == society_id, Person.confirmed_on >= since)
    clauses = (
        and_(Membership.person_id.is_not(None), Membership.birth.is_(None)),
        Membership.person_id.in_(lately),
    )
    counts = [
        select(func.count()).where(*_in_force(allowed, [society_id], day), clause).scalar_subquery()
        for clause in clauses
    ]
    without_birth, confirmed = session.execute(select(*counts)).one()
    return without_birth, confirmed


def ever(session: Session, society_id: int) -> bool:
    """True where the society has or had any member."""
    return (
        session.scalars(select(Membership.id).where(Membership.society_id == society_id).limit(1)).first()
        is not None
    )
