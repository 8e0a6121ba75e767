"""What was found, kept until the society's next act: what changes a register is an act."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")


class Kept:
    """Answers by the digest of the act that was the newest, which no other has, and by what was asked.

    An act under way has no digest yet, and what is found meanwhile is not kept.
    """

    def __init__(self, most: int) -> None:
        """More than so many answers are not kept."""
        self._most = most
        self._known: dict[Hashable, Any] = {}

    def of(
        self,
        digest: str,
        asked: Hashable,
        find: Callable[[], Found],
        *,
        good: Callable[[Found], bool] = lambda _found: True,
    ) -> Found:
        """What is known, or found now where nothing is, or nothing `good` enough."""
        known: Found | None = self._known.get((digest, asked)) if digest else None
        if known is not None and good(known):
            return known
        found = find()
        if digest and found is not None:
            if len(self._known) >= self._most:
                self.forget()
            self._known[digest, asked] = found
        return found

    def forget(self) -> None:
        """Look afresh."""
        self._known.clear()
