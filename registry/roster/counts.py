"""How many were found, kept until the society's next act: what changes a register is an act."""

from __future__ import annotations

from collections.abc import Callable, Hashable

MOST = 10_000
_kept: dict[Hashable, int | None] = {}


def kept(digest: str, asked: Hashable, count: Callable[[], int | None]) -> int | None:
    """The number counted when the act of that digest was the newest; counted now where it is not known.

    An act under way has no digest yet, and what is found meanwhile is not kept.
    """
    key = (digest, asked)
    try:
        return _kept[key]
    except KeyError:
        found = count()
    if digest:
        if len(_kept) >= MOST:
            forget()
        _kept[key] = found
    return found


def forget() -> None:
    """Count afresh."""
    _kept.clear()
