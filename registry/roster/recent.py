"""What was done in a society since a page was drawn, at the price of one look where nothing was."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from registry.core.plans import unindexed
from registry.journal.models import Act, Entry
from registry.memberships.models import Membership

MOST = 500
"""So many changed people are told apart; of more, every row of the page may have changed."""


class Newest(NamedTuple):
    """A society's newest act: its number, and its digest, which no other has; none before it is sealed."""

    id: int = 0
    digest: str = ""


NOTHING = Newest()


_NEWEST = (
    select(Act.id, Act.digest).where(Act.society_id == bindparam("society")).order_by(Act.id.desc()).limit(1)
)


def newest(session: Session, society_id: int) -> Newest:
    """From the end of an index; acts are numbered in their order."""
    row = session.execute(_NEWEST, {"society": society_id}).first()
    return Newest(*row) if row else NOTHING


def people(session: Session, society_id: int, since: int) -> set[int] | None:
    """Whose entry was changed after that act; None = too many to tell."""
    # An entry about no one row stands for a load of many.
    entries = select(Entry.person_id, Entry.row_id).where(
        Entry.act_id > since, Entry.society_id == society_id, Entry.kind.in_(("new", "changed"))
    )
    found = session.execute(entries.distinct().limit(MOST + 1)).all()
    if len(found) > MOST or any(row.row_id is None for row in found):
        return None
    return {row.person_id for row in found if row.person_id}


def entered(
    session: Session, clauses: Collection[ColumnElement[bool]], society_id: int, since: int
) -> list[str]:
    """The numbers of those whom the clauses find and who became members after that act."""
    new = list(session.scalars(_begun(society_id, since)))
    if not new:
        return []
    before = aliased(Membership)
    known = exists().where(
        before.society_id == society_id, before.person_id == Membership.person_id, before.id.not_in(new)
    )
    query = select(Membership.number).where(*clauses, Membership.id.in_(new), ~known)
    return list(session.scalars(query.distinct()))


def _begun(society_id: int, since: int) -> Select[Any]:
    """The newest spells begun after that act; by the act alone, for of the table there are very many."""
    return (
        select(Entry.row_id)
        .where(Entry.act_id > since, Entry.row_id.is_not(None), Entry.kind == "new")
        .where(unindexed(Entry.society_id) == society_id)
        .where(unindexed(Entry.table_name) == Membership.__tablename__)
        .order_by(Entry.act_id.desc())
        .limit(MOST)
    )


def numbers(
    session: Session, allowed: ColumnElement[bool], society_id: int, people: Collection[int]
) -> list[str]:
    """The members' numbers of those of them whom the reader may see."""
    if not people:
        return []
    query = select(Membership.number).where(
        allowed, Membership.society_id == society_id, Membership.person_id.in_(people)
    )
    return list(session.scalars(query.distinct()))
