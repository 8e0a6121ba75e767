"""Opening an act, and sealing it into its society's chain at commit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.core.actor import Actor
from registry.core.batches import put
from registry.journal.chain import (
    OF_ENTRY,
    SEALS,
    VALUES,
    canonical,
    entry,
    head,
    line,
    link,
    salt,
    salts,
    spelt,
)
from registry.journal.models import INSTALLATION, Act, Chain, Entry


@dataclass
class OpenAct:
    """The act under way in a session, with the running digest of what it did."""

    id: int
    society_id: int
    previous: str
    running: Any = field(default_factory=hashlib.sha256)


def act(session: Session, deed: str, society_id: int = INSTALLATION, reason: str = "") -> OpenAct:
    """Begin an act, or join the one under way: a deed made of deeds is one act."""
    under_way: OpenAct | None = session.info.get("act")
    if under_way is None:
        session.flush()
        under_way = session.info["act"] = _begin(session, deed, society_id, reason)
    return under_way


def under_way(session: Session) -> OpenAct | None:
    """The act that is open; None where nothing has been done yet."""
    opened: OpenAct | None = session.info.get("act")
    return opened


def _begin(session: Session, deed: str, society_id: int, reason: str) -> OpenAct:
    actor: Actor = session.info["actor"]
    # Locked from the start, so that acts are numbered in the order of their chain.
    previous = lock_chain(session, society_id)
    row = {
        "society_id": society_id,
        "at": datetime.now(UTC),
        "actor_id": actor.account_id,
        "actor_name": actor.name,
        "deed": deed,
        "reason": reason,
        "previous": previous,
        "digest": "",
        **{seal: salt() for seal in SEALS.values()},
    }
    act_id = session.execute(insert(Act).values(**row).returning(Act.id)).scalar_one()
    opened = OpenAct(act_id, society_id, previous)
    opened.running.update(canonical(head(row)))
    return opened


def record(session: Session, entries: Iterable[Mapping[str, Any]]) -> None:
    """Add entries to the act under way; each has table_name, row_id, person_id, kind, before, after."""
    under_way: OpenAct | None = session.info.get("act")
    rows = list(entries)
    if not rows:
        return
    if under_way is None:
        raise RuntimeError(f"a write outside an act: {rows[0]['table_name']}")
    written = []
    for row, seal in zip(rows, salts(len(rows)), strict=True):
        values = spelt(row["before"]), spelt(row["after"])
        under_way.running.update(line(row, seal, *values))
        own = (row[key] for key in OF_ENTRY)
        written.append((under_way.id, under_way.society_id, *own, *values, seal))
    put(session.connection(), Entry, ("act_id", "society_id", *OF_ENTRY, *VALUES, "seal"), written)


def seen(session: Session, deed: str, society_id: int, person_id: int, what: str, reason: str) -> None:
    """Journal a reading that its subject has a right to know of."""
    act(session, deed, society_id, reason)
    record(session, [entry(what, person_id, person_id, "seen", {}, {})])


def seal(session: Session) -> None:
    """Chain the act under way to the one before it; called once, at commit."""
    under_way: OpenAct | None = session.info.pop("act", None)
    if under_way is None:
        return
    digest = link(under_way.previous, under_way.running.digest())
    session.execute(update(Act).where(Act.id == under_way.id).values(digest=digest))
    session.execute(
        update(Chain)
        .where(Chain.society_id == under_way.society_id)
        .values(digest=digest, acts=Chain.acts + 1)
        .execution_options(synchronize_session=False)
    )


def lock_chain(session: Session, society_id: int) -> str:
    """The digest to chain to; holds the row until the end of the transaction."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    begin = dialect.insert(Chain).values(society_id=society_id, digest="", acts=0)
    session.execute(begin.on_conflict_do_nothing())
    chain = select(Chain.digest).where(Chain.society_id == society_id).with_for_update()
    return session.execute(chain).scalar_one()
