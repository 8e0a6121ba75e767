"""Reading the journal, and proving that it was not altered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.journal.models import Act, Chain, Entry
from registry.journal.services import canonical, entry, head, link


def acts(session: Session, society_id: int, before: int | None = None, limit: int = 50) -> Sequence[Act]:
    """Newest first, older than act `before`."""
    query = select(Act).where(Act.society_id == society_id).options(selectinload(Act.entries))
    if before:
        query = query.where(Act.id < before)
    return session.scalars(query.order_by(Act.id.desc()).limit(limit)).all()


def of_person(session: Session, society_id: int, person_id: int, limit: int = 50) -> Sequence[Entry]:
    """What was done to one person's entry, or seen in it; newest first."""
    query = (
        select(Entry)
        .where(Entry.society_id == society_id, Entry.person_id == person_id)
        .options(selectinload(Entry.act))
    )
    return session.scalars(query.order_by(Entry.id.desc()).limit(limit)).all()


def first_broken(session: Session, society_id: int) -> int | None:
    """The id of the first act that does not follow from the one before; None = the chain holds."""
    previous = ""
    query = select(Act).where(Act.society_id == society_id, Act.digest != "").order_by(Act.id)
    for row in session.scalars(query.options(selectinload(Act.entries)).execution_options(yield_per=500)):
        if row.previous != previous or row.digest != _digest(row):
            return row.id
        previous = row.digest
    chain = session.get(Chain, society_id)
    return None if chain is None or chain.digest == previous else 0


def _digest(row: Act) -> str:
    running = hashlib.sha256(canonical(head(vars(row))))
    for part in row.entries:
        fields = (part.table_name, part.row_id, part.person_id, part.kind, part.before, part.after)
        running.update(canonical(entry(*fields)))
    return link(row.previous, running.digest())
