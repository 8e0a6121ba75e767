"""Rows in one of the orders that lists have, in groups; and whose strokes are only counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from registry.core.strokes import by_name, by_surname
from registry.core.text import HAN, sort_key
from registry.printouts.columns import Beside

NOWHERE = (99, 99)
_HAN = re.compile(f"[{HAN}]")
_DIGITS = re.compile(r"(\d+)")
Key = Callable[[Any, Beside], Any]


def ordered(rows: Iterable[Any], order: str, beside: Beside) -> list[Any]:
    """The rows in that order; what is equal in it, by the strokes of surnames."""
    key = _KEYS[order]
    return sorted(rows, key=lambda row: (key(row, beside), _surname(row, beside)))


def grouped(rows: Sequence[Any], order: str, beside: Beside) -> Iterator[tuple[str, list[Any]]]:
    """Ordered rows under the words of their groups: units, or offices; otherwise all of them without."""
    of = _GROUPS.get(order)
    if of is None:
        yield "", list(rows)
        return
    for heading, group in groupby(rows, key=lambda row: of(row, beside)):
        yield heading, list(group)


def only_counted(rows: Iterable[Any], order: str) -> dict[str, str]:
    """Characters of which only the number of strokes is known, each with a name in which it stands."""
    key = by_name if order == "name" else by_surname
    found: dict[str, str] = {}
    if order in {"surname", "name", "rank", "unit"}:
        for row in rows:
            for character in key(row.name).partial:
                found.setdefault(character, row.name)
    return found


def _surname(row: Any, _beside: Beside) -> tuple[str, str]:
    return by_surname(row.name).text, row.name


def _pinyin(row: Any, _beside: Beside) -> tuple[bool, str]:
    """Latin names after all others."""
    return not _HAN.search(row.name), sort_key(row.name)


def _rank(row: Any, beside: Beside) -> tuple[int, int]:
    held = beside.held(row)
    return held[0].order if held else NOWHERE


def _unit(row: Any, _beside: Beside) -> tuple[bool, str, str]:
    return not row.employer, sort_key(row.employer), row.employer


def _number(row: Any, _beside: Beside) -> list[tuple[int, str]]:
    """B2 before B10."""
    parts = _DIGITS.split(str(getattr(row, "number", None) or getattr(row, "code", None) or ""))
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


_KEYS: Mapping[str, Key] = {
    "surname": _surname,
    "name": lambda row, _beside: by_name(row.name).text,
    "pinyin": _pinyin,
    "rank": _rank,
    "unit": _unit,
    "number": _number,
    "founded": lambda row, _beside: row.starts_on,
}
_GROUPS: Mapping[str, Callable[[Any, Beside], str]] = {
    "unit": lambda row, _beside: row.employer or "未登记工作单位",
    "rank": lambda row, beside: beside.held(row)[0].post if beside.held(row) else "",
}
