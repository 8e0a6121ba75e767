"""Reading unit members, and the persons who may represent them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from registry.memberships.models import EndReason, Membership, Representative, Unit
from registry.people.models import Person
from registry.societies.models import Category

PAGE = 100

_ROW = (
    Membership.id,
    Membership.number,
    Membership.starts_on,
    Membership.ends_on,
    Membership.end_reason,
    Unit.name,
    Unit.credit_code,
    Unit.kind,
    Unit.region,
    Unit.address,
    Category.name.label("category"),
    Person.name.label("representative"),
)


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed to: words of the name, in force on the day or ended by then."""

    day: date
    q: str = ""
    ended: bool = False
    after: int | None = None


def rows(
    session: Session, allowed: ColumnElement[bool], society_id: int, sought: Sought
) -> Sequence[Row[Any]]:
    """Unit members by number, one more than `PAGE` where there are more; each with who acts on the day."""
    query = _narrowed(_columns(sought.day), allowed, society_id, sought)
    if sought.after:
        place = select(Membership.sort_number, Membership.id).where(Membership.id == sought.after)
        query = query.where(tuple_(Membership.sort_number, Membership.id) > place.scalar_subquery())
    query = query.order_by(Membership.sort_number, Membership.id).limit(PAGE + 1)
    return session.execute(query).all()


def count(session: Session, allowed: ColumnElement[bool], society_id: int, sought: Sought) -> int:
    """How many there are."""
    query = _narrowed(select(func.count(Membership.id)), allowed, society_id, sought)
    return int(session.execute(query).scalar_one())


def _columns(day: date) -> Select[Any]:
    acting = and_(Representative.unit_id == Membership.unit_id, Representative.in_force(day))
    columns: list[Any] = [*_ROW]
    return (
        select(*columns)
        .join(Category, Category.id == Membership.category_id)
        .outerjoin(Representative, acting)
        .outerjoin(Person, Person.id == Representative.person_id)
    )


def _narrowed(
    query: Select[Any], allowed: ColumnElement[bool], society_id: int, sought: Sought
) -> Select[Any]:
    query = query.join(Unit, Unit.id == Membership.unit_id)
    query = query.where(Membership.society_id == society_id, allowed, _standing(sought))
    if sought.q:
        words = Unit.name.contains(sought.q, autoescape=True)
        code = Unit.credit_code.startswith(sought.q.upper(), autoescape=True)
        query = query.where(words | code | (Membership.number == sought.q))
    return query


def _standing(sought: Sought) -> ColumnElement[bool]:
    if not sought.ended:
        return Membership.in_force(sought.day)
    moved_on = (EndReason.CHANGED, EndReason.VOIDED)
    return and_(Membership.ends_on <= sought.day, Membership.end_reason.not_in(moved_on))


def same_unit(session: Session, society_id: int, name: str, credit_code: str | None) -> Row[Any] | None:
    """A unit of the register with that name or code."""
    same = Unit.name == name
    if credit_code:
        same = same | (Unit.credit_code == credit_code)
    columns: list[Any] = [Unit.name, Membership.number]
    query = select(*columns).join(Membership, Membership.unit_id == Unit.id)
    return session.execute(query.where(Unit.society_id == society_id, same).limit(1)).first()


def persons(session: Session, society_id: int, typed: str, day: date) -> Sequence[Row[Any]]:
    """The person with that member number, otherwise those of that name who are members on the day."""
    columns: list[Any] = [Person, Membership.number]
    query: Select[Any] = select(*columns).join(Membership, Membership.person_id == Person.id)
    query = query.where(Membership.society_id == society_id)
    by_number = session.execute(query.where(Membership.number == typed).limit(1)).all()
    return by_number or session.execute(_named(query, society_id, typed, day).limit(5)).all()


def _named(query: Select[Any], society_id: int, typed: str, day: date) -> Select[Any]:
    named = (Person.society_id == society_id, Person.name == typed)
    return query.where(*named, Membership.in_force(day)).order_by(Membership.sort_number)


def representatives(session: Session, society_id: int, unit_id: int) -> Sequence[Representative]:
    """Everyone who ever acted for a unit, newest first, with the person."""
    query = (
        select(Representative)
        .where(Representative.society_id == society_id, Representative.unit_id == unit_id)
        .options(joinedload(Representative.person))
    )
    return session.scalars(query.order_by(Representative.starts_on.desc(), Representative.id.desc())).all()


def numbers_of(session: Session, society_id: int, person_ids: Sequence[int]) -> dict[int, str]:
    """The newest member number of each person."""
    query = select(Membership.person_id, Membership.number).where(
        Membership.society_id == society_id, Membership.person_id.in_(person_ids)
    )
    found = session.execute(query.order_by(Membership.starts_on, Membership.id))
    return {person_id: number for person_id, number in found if person_id is not None}
