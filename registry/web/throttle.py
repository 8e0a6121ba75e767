"""Guessing made slow: after so many misses an address must wait. Kept by each process for itself."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

ADDRESSES = 4096
"""Of more, the ones that missed longest ago are forgotten."""


class Throttle:
    """Misses by address, within a time."""

    def __init__(self, allowed: int, within: timedelta) -> None:
        """So many in that time."""
        self._allowed, self._within = allowed, within
        self._misses: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def closed(self, address: str, now: datetime) -> bool:
        """It must wait."""
        with self._lock:
            return len(self._recent(address, now)) >= self._allowed

    def miss(self, address: str, now: datetime) -> None:
        """One more that was wrong."""
        with self._lock:
            self._misses[address] = [*self._recent(address, now), now]
            self._misses.move_to_end(address)
            while len(self._misses) > ADDRESSES:
                self._misses.popitem(last=False)

    def _recent(self, address: str, now: datetime) -> list[datetime]:
        return [at for at in self._misses.get(address, ()) if at > now - self._within]
