"""Python's search for circles of garbage, left out while a great many objects are made that form none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_AT_WORK: list[object] = []


@contextmanager
def unswept() -> Iterator[None]:
    """With some hundred thousand rows in hand the search, again and again, costs a third of the time.

    Counted, for several may be at work; what others leave meanwhile is swept with the end of the last.
    """
    mine = object()
    with _LOCK:
        _AT_WORK.append(mine)
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _AT_WORK.remove(mine)
            if not _AT_WORK:
                gc.enable()


def sweep_new() -> None:
    """Sweep only what was made since the last time: statements are circles, and each holds what it asked."""
    gc.collect(0)
