"""Bands of full years (周岁), for births known only in part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from registry.core.dates import PartialDate

_UPPER = {
    35: "35 岁及以下",
    45: "36–45 岁",
    55: "46–55 岁",
    65: "56–65 岁",
    70: "66–70 岁",
    9999: "71 岁及以上",
}
UNKNOWN = "不详"
LABELS = (*_UPPER.values(), UNKNOWN)
YOUNG_AND_MIDDLE = frozenset(_UPPER[upper] for upper in (35, 45))
"""中青年, at most 45."""


def band(birth: PartialDate | None, day: date) -> str:
    """The band on that day; a birth that may lie in two of them is unknown."""
    if birth is None:
        return UNKNOWN
    youngest, oldest = (_band_of(years) for years in birth.age_on(day))
    return youngest if youngest == oldest else UNKNOWN


def age_words(birth: PartialDate | None, day: date) -> str:
    """Full years on that day, both where it may be either: 41, 40–41; empty for an unknown birth."""
    youngest, oldest = birth.age_on(day) if birth else (0, -1)
    if oldest < 0:
        return ""
    youngest = max(youngest, 0)
    return str(oldest) if youngest == oldest else f"{youngest}–{oldest}"


def _band_of(years: int) -> str:
    return next(label for upper, label in _UPPER.items() if years <= upper)


def counted(births: Iterable[tuple[PartialDate | None, int]], day: date) -> dict[str, int]:
    """How many in each band, every band named, in order."""
    found = dict.fromkeys(LABELS, 0)
    for birth, many in births:
        found[band(birth, day)] += many
    return found


def dividing_years(day: date) -> list[int]:
    """The years of birth within which one band gives way to the next; of other years the year is enough."""
    return [day.year - upper - 1 for upper in list(_UPPER)[:-1]]
