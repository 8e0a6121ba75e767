"""What a society offers to narrow a roster by, kept until its next act: branches, posts, tags, views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from registry.core.db import Base
from registry.journal.kept import Kept

Row = TypeVar("Row")

_kept = Kept(2_000)


def kept(
    session: Session, digest: str, society_id: int, fetch: Callable[..., Sequence[Row]], *whose: int
) -> Sequence[Row]:
    """What was fetched when the act of that digest was the newest."""

    def fetched() -> Sequence[Row]:
        rows = fetch(session, society_id, *whose)
        for row in rows if digest else ():
            if isinstance(row, Base):
                # It outlives the session that fetched it, and no other may make it forget what it holds.
                session.expunge(row)
        return rows

    return _kept.of(digest, (fetch, *whose), fetched)
