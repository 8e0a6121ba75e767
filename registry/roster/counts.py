"""How many were found, kept until the society's next act: what changes a register is an act."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol

from registry.roster.question import Counted

MOST = 10_000
_kept: dict[Hashable, Counted] = {}


class Count(Protocol):
    """`Question.count`."""

    def __call__(self, *, whole: bool) -> Counted | None: ...  # noqa: D102


def kept(digest: str, asked: Hashable, count: Count, *, whole: bool = False) -> Counted | None:
    """What was counted when the act of that digest was the newest, counted now where it is not known.

    An act under way has no digest yet, and what is found meanwhile is not kept.
    """
    known = _kept.get((digest, asked))
    if known and not (whole and known.more):
        return known
    found = count(whole=whole)
    if digest and found:
        if len(_kept) >= MOST:
            forget()
        _kept[digest, asked] = found
    return found


def forget() -> None:
    """Count afresh."""
    _kept.clear()
