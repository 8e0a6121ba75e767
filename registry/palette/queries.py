"""Reading what can be gone to: people of other societies, branches, bodies with their terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, func, or_, select, true
from sqlalchemy.orm import Session

from registry.bodies.models import Body, Term
from registry.memberships.models import EndReason, Membership
from registry.people.models import Person
from registry.people.search import across
from registry.societies.models import Branch, BranchName, Society

LOOKED_AT = 200
"""So many of those found in other societies are looked at; more are found by another word."""

LISTENED_TO = 2000
"""So many names of other societies are compared with what is typed."""

Allowed = ColumnElement[bool]


def people_elsewhere(
    session: Session, allowed: Allowed, words: str, societies: Collection[int], limit: int
) -> Sequence[Row[Any]]:
    """Members of the societies; a telephone is not looked for."""
    found = across(session, words, societies)
    if found is None:
        return []
    spell = Membership
    columns: list[Any] = [
        spell.person_id,
        Person.name,
        spell.number,
        Society.slug,
        Society.short_name.label("society"),
    ]
    query = (
        select(*columns)
        .select_from(Person)
        .join(spell, and_(spell.society_id == Person.society_id, spell.person_id == Person.id))
        .join(Society, Society.id == Person.society_id)
        .where(Person.id.in_(found.limit(LOOKED_AT)), allowed)
        .where(or_(spell.end_reason.is_(None), spell.end_reason.not_in(_REPLACED)))
    )
    return session.execute(query.order_by(Society.slug, spell.sort_number, spell.id).limit(limit)).all()


_REPLACED = (EndReason.CHANGED, EndReason.VOIDED)
"""Ends of spells that live on in others, or never were."""


def others(session: Session, reached: Collection[int | None], but: int) -> set[int]:
    """The societies reached, None = all there are, except one."""
    if None not in reached:
        return {key for key in reached if key is not None} - {but}
    return set(session.scalars(select(Society.id).where(Society.id != but)))


def branches(session: Session, allowed: Allowed, society_id: int) -> Sequence[Row[Any]]:
    """The branches of a society, once for each name that they bear or `bore`; those that stand first."""
    query = _named().where(Branch.society_id == society_id, allowed)
    return session.execute(query.order_by(Branch.ends_on.is_not(None), Branch.code, *_NEWEST)).all()


def _named() -> Select[Any]:
    columns: list[Any] = [Branch.id, Branch.code, Branch.name, Branch.kind, Branch.ends_on, _BORE]
    names = and_(BranchName.society_id == Branch.society_id, BranchName.branch_id == Branch.id)
    return select(*columns).outerjoin(BranchName, names)


_BORE = func.coalesce(BranchName.name, Branch.name).label("bore")
_NEWEST = (BranchName.starts_on.desc(), BranchName.id.desc())


def branches_elsewhere(session: Session, allowed: Allowed, words: str, but: int) -> Sequence[Row[Any]]:
    """Branches of other societies, by each name, that may be meant by the words."""
    query = _named().add_columns(Society.slug, _SHORT).join(Society, Society.id == Branch.society_id)
    query = query.where(Branch.society_id != but, _may_be(_BORE, words), allowed)
    return session.execute(query.order_by(Society.slug, Branch.code, *_NEWEST).limit(LISTENED_TO)).all()


def _may_be(name: SQLColumnExpression[str], words: str) -> ColumnElement[bool]:
    """It holds the words; of what is typed in Latin letters only its sound can tell."""
    return true() if words.isascii() else name.contains(words, autoescape=True)


def bodies(session: Session, allowed: Allowed, society_id: int) -> Sequence[Row[Any]]:
    """The bodies of a society, each once for itself and once for each of its terms, newest first."""
    columns: list[Any] = [
        Body.id,
        Body.name,
        Body.kind,
        Body.ends_on,
        Term.ordinal,
        Term.ends_on.label("term_ends_on"),
    ]
    query = select(*columns).outerjoin(Term, Term.body_id == Body.id)
    query = query.where(Body.society_id == society_id, allowed)
    return session.execute(query.order_by(Body.branch_id.is_not(None), Body.id, Term.ordinal.desc())).all()


def bodies_elsewhere(session: Session, allowed: Allowed, words: str, but: int) -> Sequence[Row[Any]]:
    """Bodies of other societies that may be meant by the words."""
    columns: list[Any] = [Body.id, Body.name, Society.slug, _SHORT]
    query = select(*columns).join(Society, Society.id == Body.society_id)
    query = query.where(Body.society_id != but, _may_be(Body.name, words), allowed)
    return session.execute(query.order_by(Society.slug, Body.id).limit(LISTENED_TO)).all()


_SHORT = Society.short_name.label("society")
