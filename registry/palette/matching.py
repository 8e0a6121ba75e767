"""Whether a name is meant by what was typed: its characters, its pinyin or its initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from registry.core.text import fold
from registry.web.picking import heard

T = TypeVar("T")
_SHORTEST = 2


def found(rows: Iterable[T], words: str, label: Callable[[T], str], limit: int) -> list[T]:
    """The rows meant, those that begin so first; all of them where nothing was typed."""
    ranked = [(rank, place, row) for place, row in enumerate(rows) if (rank := _rank(label(row), words))]
    ranked.sort(key=lambda one: one[:2])
    return [row for _rank_, _place, row in ranked[:limit]]


def _rank(label: str, words: str) -> int:
    """1 begins so, 2 holds it, 3 sounds so, 4 has its characters in order; 0 is not meant."""
    sought, name = fold(words).replace(" ", ""), fold(label).replace(" ", "")
    if name.startswith(sought):
        return 1
    if sought in name:
        return 2
    if sought.isascii():
        return 3 if any(sound.startswith(sought) for sound in heard(label).split()) else 0
    return 4 if len(sought) >= _SHORTEST and _in_order(sought, name) else 0


def _in_order(sought: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in sought)
