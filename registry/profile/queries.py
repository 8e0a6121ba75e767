"""Reading who looked at a person's documents, and what was changed of the entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.journal.models import Entry

LOOKS, CHANGES = 50, 20


def looks(session: Session, society_id: int, ids: Collection[int]) -> Sequence[Entry]:
    """The readings that are journalled, newest first."""
    return _entries(session, society_id, ids, seen=True, limit=LOOKS)


def changes(session: Session, society_id: int, ids: Collection[int]) -> Sequence[Entry]:
    """The writes, newest first."""
    return _entries(session, society_id, ids, seen=False, limit=CHANGES)


def _entries(
    session: Session, society_id: int, ids: Collection[int], *, seen: bool, limit: int
) -> Sequence[Entry]:
    kind = Entry.kind == "seen" if seen else Entry.kind != "seen"
    query = select(Entry).where(Entry.society_id == society_id, Entry.person_id.in_(ids), kind)
    return session.scalars(query.options(joinedload(Entry.act)).order_by(Entry.id.desc()).limit(limit)).all()
