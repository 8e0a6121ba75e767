"""Since when each empty seat has been empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from registry.bodies.models import Post, Tenure, Term


def empty_since(post: Post, tenures: Iterable[Tenure], term: Term, day: date) -> list[date]:
    """Of each seat of the post that is empty on the day, since when; the longest first."""
    held = [row for row in tenures if row.post_id == post.id and not row.voided_at]
    turns = {term.starts_on, *(row.starts_on for row in held), *(row.ends_on for row in held if row.ends_on)}
    number = post.seats or 0
    empty: list[date] = []
    for turn in sorted(turn for turn in turns if term.starts_on <= turn <= day):
        vacant = max(number - sum(row.period.holds(turn) for row in held), 0)
        empty = empty[:vacant] + [turn] * (vacant - len(empty))
    return empty
