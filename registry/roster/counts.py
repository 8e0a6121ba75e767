"""How many were found, kept until the society's next act."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol

from registry.journal.kept import Kept
from registry.roster.question import Counted

_kept = Kept(10_000)
forget = _kept.forget


class Count(Protocol):
    """`Question.count`."""

    def __call__(self, *, whole: bool) -> Counted | None: ...  # noqa: D102


def kept(digest: str, asked: Hashable, count: Count, *, whole: bool = False) -> Counted | None:
    """What was counted when the act of that digest was the newest, counted now where it is not known."""
    return _kept.of(
        digest, asked, lambda: count(whole=whole), good=lambda known: not (whole and known and known.more)
    )
