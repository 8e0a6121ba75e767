"""Reading societies, categories and branches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session, selectinload

from registry.societies.models import Branch, Category, Society

_BY_SLUG = select(Society).where(Society.slug == bindparam("slug"))


def by_slug(session: Session, slug: str) -> Society | None:
    """The society with that address."""
    return session.scalars(_BY_SLUG, {"slug": slug}).first()


def societies(session: Session, allowed: ColumnElement[bool]) -> Sequence[Society]:
    """The societies that a clause of rights allows, by name."""
    return session.scalars(select(Society).where(allowed).order_by(Society.slug)).all()


def categories(session: Session, society_id: int) -> Sequence[Category]:
    """All categories of a society, by rank."""
    query = select(Category).where(Category.society_id == society_id).order_by(Category.rank, Category.id)
    return session.scalars(query).all()


def branches(
    session: Session, society_id: int, allowed: ColumnElement[bool] | None = None
) -> Sequence[Branch]:
    """All branches of a society, ended ones too, by code."""
    query = select(Branch).where(Branch.society_id == society_id).order_by(Branch.code)
    query = query.options(selectinload(Branch.names))
    return session.scalars(query if allowed is None else query.where(allowed)).all()


def branches_on(found: Iterable[Branch], day: date) -> list[Branch]:
    """Those of the branches that exist on the day."""
    return [branch for branch in found if branch.period.holds(day)]


def branch_by_code(session: Session, society_id: int, code: str) -> Branch | None:
    """One branch by its code in the address."""
    return session.scalars(select(Branch).where(Branch.society_id == society_id, Branch.code == code)).first()
