"""Taking values out of the journal by law: the chain holds, and says itself what was taken.

Acts of the old form are sealed anew first, once for a whole chain; the entry that tells of it has the digest
that the chain ended with, so that whoever noted it down can still compare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.journal.chain import SEALS, VALUES, entry, erased, salt, told
from registry.journal.models import ERASED, Act, Chain, Entry
from registry.journal.queries import ERASING, JOURNAL, RESEALED, digest, first_broken, walk
from registry.journal.services import lock_chain, record

BROKEN = "日志的链在这里已经断了，先要查明原因；断了的链上不能删除"
_AT_ONCE = 500


@dataclass(frozen=True)
class Resealed:
    """A chain sealed anew: how many acts, and the digests it ended and ends with."""

    acts: int
    before: str
    after: str


def prepare(session: Session, society_id: int) -> Resealed | None:
    """Seal acts of the old form anew; to be called before the act is opened. None = there were none.

    Raises `RuleBroken` where the chain does not hold: sealing would hide it.
    """
    old = select(Act.id).where(Act.society_id == society_id, Act.digest != "", Act.reason_seal == "")
    if session.scalars(old.limit(1)).first() is None:
        return None
    before = lock_chain(session, society_id)
    if first_broken(session, society_id) is not None:
        raise RuleBroken(BROKEN)
    after, acts = "", 0
    for row in walk(session, society_id):
        after, acts = _reseal(session, row, after), acts + 1
    chain = update(Chain).where(Chain.society_id == society_id).values(digest=after)
    session.execute(chain, execution_options={"synchronize_session": False})
    session.expire_all()
    return Resealed(acts, before, after)


def _reseal(session: Session, row: Act, previous: str) -> str:
    """Salts for what has none, and the digest over them; the row itself is only looked at."""
    for part in row.entries:
        if not part.seal:
            part.seal = salt()
    for seal in SEALS.values():
        setattr(row, seal, getattr(row, seal) or salt())
    row.previous = previous
    row.digest = digest(row)
    session.flush()
    for done in (*row.entries, row):
        session.expunge(done)
    return row.digest


def tell_resealed(session: Session, done: Resealed | None) -> None:
    """Into the act under way: that the chain before it was sealed anew."""
    if done is not None:
        after = {"acts": done.acts, "digest": done.after}
        record(session, [entry(JOURNAL, None, None, RESEALED, {"digest": done.before}, after)])


@dataclass(frozen=True)
class Taken:
    """Ids of entries whose values go, and of acts whose actor's name or reason goes."""

    entries: Collection[int] = ()
    actors: Collection[int] = ()
    reasons: Collection[int] = ()


def take(session: Session, what: Taken) -> None:
    """Erase, and say so in the act under way, without which the chain would not hold."""
    entries = _take_values(session, what.entries)
    actors = _take_heads(session, what.actors, "actor_name", ERASED)
    reasons = _take_heads(session, what.reasons, "reason", "")
    after = {"entries": entries, "actor_seal": actors, "reason_seal": reasons}
    record(session, [entry(JOURNAL, None, None, ERASING, {}, after)])
    session.expire_all()


def _take_values(session: Session, ids: Collection[int]) -> list[int]:
    gone = []
    for row in _rows(session, Entry, ids):
        if not erased(row.seal):
            seal = told(row.seal, {key: getattr(row, key) for key in VALUES})
            _set(session, Entry, row.id, seal=seal, before={}, after={})
            gone.append(row.id)
    return gone


def _take_heads(session: Session, ids: Collection[int], key: str, left: str) -> list[int]:
    gone = []
    for row in _rows(session, Act, ids):
        seal = getattr(row, SEALS[key])
        if not erased(seal):
            _set(session, Act, row.id, **{SEALS[key]: told(seal, getattr(row, key)), key: left})
            gone.append(row.id)
    return gone


def _set(session: Session, model: Any, row_id: int, **values: Any) -> None:
    query = update(model).where(model.id == row_id).values(**values)
    session.execute(query, execution_options={"synchronize_session": False})


def _rows(session: Session, model: Any, ids: Collection[int]) -> Iterator[Any]:
    ordered: Sequence[int] = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        part = ordered[start : start + _AT_ONCE]
        yield from session.scalars(select(model).where(model.id.in_(part)).order_by(model.id)).all()
