"""A council that is still a draft: the current one for its next 届, with a few who go and a few who come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.bodies.models import BodyKind
from registry.demo.enrolling import Member
from registry.demo.stock import DAY
from registry.slates import queries
from registry.slates.services import Begin, add, begin, remove
from registry.societies.models import Society

_GO, _COME = 9, 7


def happen(session: Session, society: Society, members: Sequence[Member]) -> None:
    """One slate in progress."""
    council = next(row for row in bodies.bodies(session, society.id) if row.kind == BodyKind.COUNCIL)
    last = max(council.terms, key=lambda term: term.ordinal)
    starts_on = last.planned_end_on
    until = date(starts_on.year + 5, starts_on.month, min(starts_on.day, 28))
    command = Begin(council.id, last.ordinal + 1, starts_on, until, "征求意见稿", from_term=True)
    at = datetime.combine(DAY, time(9), UTC)
    slate = begin(session, society, command, DAY, at)
    lowest = max(council.posts, key=lambda post: post.rank)
    standing = [row for row in queries.candidates(session, slate) if row.post_id == lowest.id]
    for row in standing[:: max(len(standing) // _GO, 1)]:
        remove(session, slate, row)
    here = {row.person_id for row in standing}
    free = [who for who in members if who.person_id not in here and who.spells[-1].ends_on is None]
    add(session, slate, [(who.person_id, lowest.id) for who in free[:: max(len(free) // _COME, 1)][:_COME]])
