"""Who may be meant by the number or name that a clerk typed for an officer."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.periods import Period
from registry.core.text import query_terms, simplify, squeeze_name, traditional
from registry.memberships.models import Membership, number_key
from registry.people.models import Person
from registry.people.search import named


def one_member(session: Session, society_id: int, typed: str, day: date) -> Person:
    """Whoever is meant by a number or a name; where several are, the refusal lists them."""
    found = people_called(session, society_id, typed, day)
    if len(found) == 1:
        person: Person = found[0].Person
        return person
    if not found:
        near = "、".join(_called(row) for row in people_like(session, society_id, typed))
        if near:
            raise RuleBroken(
                "名册里没有“%(typed)s”；相近的有 %(near)s", "person", typed=typed.strip(), near=near
            )
        raise RuleBroken("名册里没有“%(typed)s”", "person", typed=typed.strip())
    listed = "、".join(_called(row) for row in found)
    several = "名册里有 %(n)s 位“%(typed)s”：%(listed)s；请从下面选一位，或改填会员号"
    raise RuleBroken(several, "person", n=len(found), typed=typed.strip(), listed=listed)


def search(session: Session, society_id: int, typed: str, day: date, limit: int = 8) -> list[Row[Any]]:
    """The members of the day whom the beginning of a name, pinyin or number may mean, as (Person, number)."""
    terms = query_terms(typed)
    if not terms:
        return []
    dialect = session.get_bind().dialect.name
    meant = Person.id.in_(named(dialect, society_id, terms, phones=False))
    query = _members(society_id, meant, limit).where(Membership.in_force(day))
    first = Person.sort_pinyin.startswith(squeeze_name(typed).casefold(), autoescape=True)
    ordered = query.order_by(None).order_by(first.desc(), Person.sort_pinyin, Person.id)
    found = session.execute(ordered).all()
    exact = [row for row in people_called(session, society_id, typed, day) if row.starts_on <= day]
    return list({row.Person.id: row for row in [*exact, *found]}.values())[:limit]


def chosen(session: Session, society_id: int, person_id: int | None, typed: str, day: date) -> Person:
    """The one who was picked, where what was typed may still mean them; otherwise whoever is meant by it."""
    if person_id is not None:
        for row in search(session, society_id, typed, day, limit=50):
            if row.Person.id == person_id:
                person: Person = row.Person
                return person
    return one_member(session, society_id, typed, day)


def _called(row: Any) -> str:
    """王富 B00001（北京星河大学）."""
    person = row.Person
    return f"{person.name} {row.number}" + (f"（{person.employer}）" if person.employer else "")


def people_called(session: Session, society_id: int, typed: str, day: date) -> list[Row[Any]]:
    """The members with that number or name (Person, number): of the day, otherwise of any time."""
    typed = squeeze_name(typed)
    if not typed:
        return []
    names = {typed, simplify(typed), traditional(typed)}
    meant = or_(
        Membership.sort_number == number_key(typed),
        Person.name.in_(names),
        Person.name_traditional.in_(names),
        func.lower(Person.name_latin) == typed.lower(),
    )
    rows = session.execute(_members(society_id, meant, 50)).all()
    current = {row.Person.id: row for row in rows if Period(row.starts_on, row.ends_on).holds(day)}
    return list((current or {row.Person.id: row for row in rows}).values())


def people_like(session: Session, society_id: int, typed: str, limit: int = 5) -> list[Row[Any]]:
    """Members whose name contains what was typed, or shares its characters but one."""
    typed = squeeze_name(typed)
    if not typed:
        return []
    parts = {typed, typed[1:], typed[:-1]} if len(typed) > 2 else {typed}  # noqa: PLR2004
    near = or_(*(Person.name.contains(part, autoescape=True) for part in parts))
    rows = session.execute(_members(society_id, near, limit * 3)).all()
    return list({row.Person.id: row for row in rows}.values())[:limit]


def _members(society_id: int, meant: ColumnElement[bool], limit: int) -> Select[Any]:
    columns: list[Any] = [Person, Membership.number, Membership.starts_on, Membership.ends_on]
    return (
        select(*columns)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.society_id == society_id, Membership.person_id.is_not(None), meant)
        .order_by(Membership.starts_on, Membership.id)
        .limit(limit)
    )
