"""What a society offers to narrow a roster by, kept until its next act: categories, branches, posts, tags."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from registry.core.db import Base

Row = TypeVar("Row")

MOST = 2_000
_kept: dict[Hashable, Sequence[Any]] = {}


def kept(
    session: Session, digest: str, society_id: int, fetch: Callable[[Session, int], Sequence[Row]]
) -> Sequence[Row]:
    """What was fetched when the act of that digest was the newest; an act under way has no digest yet."""
    found = _kept.get((digest, fetch)) if digest else None
    if found is None:
        found = fetch(session, society_id)
        if digest:
            _keep(session, (digest, fetch), found)
    return found


def _keep(session: Session, key: Hashable, rows: Sequence[Any]) -> None:
    for row in rows:
        if isinstance(row, Base):
            # It outlives the session that fetched it, and no other may make it forget what it holds.
            session.expunge(row)
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[key] = rows
