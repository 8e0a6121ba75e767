"""Whether a name is meant by what was typed: its characters, its pinyin or its initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from registry.core.text import fold
from registry.web.picking import syllables

T = TypeVar("T")
_SHORTEST = 2


def found(rows: Iterable[T], words: str, names: Callable[[T], Iterable[str]], limit: int) -> list[T]:
    """The rows of which a name is meant, those that begin so first; all of them where nothing was typed."""
    sought = fold(words).replace(" ", "")
    ranked = [(rank, place, row) for place, row in enumerate(rows) if (rank := _best(names(row), sought))]
    ranked.sort(key=lambda one: one[:2])
    return [row for _rank_, _place, row in ranked[:limit]]


def _best(names: Iterable[str], sought: str) -> int:
    return min((rank for name in names if (rank := _rank(name, sought))), default=0)


def _rank(name: str, sought: str) -> int:
    """1 begins so, 2 holds it, 3 sounds so, 4 sounds so within, 5 has its characters in order; 0 is not."""
    text = fold(name).replace(" ", "")
    if text.startswith(sought):
        return 1
    if sought in text:
        return 2
    if sought.isascii():
        return _heard(syllables(name), sought)
    return 5 if len(sought) >= _SHORTEST and _in_order(sought, text) else 0


def _heard(sounds: tuple[str, ...], sought: str) -> int:
    """From the first character on, or where more than one letter is typed from any."""
    for start in range(len(sounds) if len(sought) >= _SHORTEST else min(1, len(sounds))):
        rest = sounds[start:]
        if "".join(rest).startswith(sought) or "".join(sound[0] for sound in rest).startswith(sought):
            return 4 if start else 3
    return 0


def _in_order(sought: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in sought)
