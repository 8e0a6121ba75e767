"""Former names (曾用名) in one text: several, each perhaps with the time in which it was borne.

Typed as people write them, 王小明 至2010年5月，Wang Ming 1980-1990, and kept in one spelling:
王小明（至 2010-05）、Wang Ming（1980 至 1990）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from registry.core.dates import PartialDate
from registry.core.typed_dates import read_date

# A stroke between digits belongs to a date.
_BETWEEN = re.compile(r"(?:[、,，;；\n]|(?<!\d)/|/(?!\d))+")
_DAY = r"\d[\d年月日号./-]*"
_TIME = (
    rf"用?(?P<from>自|从|由)?\s*(?P<since>{_DAY})?\s*(?:年?\s*(?P<on>起))?"
    rf"\s*(?P<to>至|到|~|～|–|—)?\s*(?P<until>(?<=[至到~～–—\s]){_DAY})?\s*(?:为?止|以前|之前|前|今)?"
)
_ENTRY = re.compile(rf"(?P<name>.*?\S)\s*[（(]\s*{_TIME}\s*[)）]", re.DOTALL)
_LOOSE = re.compile(rf"(?P<name>.*?\S)(?:\s+|(?=[自从由至到]\s*\d)){_TIME}", re.DOTALL)
_YEARS = re.compile(r"(\d{4})\s*[-－]\s*(?=\d{4}(?!\d))")
_MARKS = ("from", "on", "to")


@dataclass(frozen=True)
class FormerName:
    """A name that is borne no more; from when until when as far as anybody knows."""

    name: str
    since: PartialDate | None = None
    until: PartialDate | None = None

    @property
    def time(self) -> str:
        """1980 至 1990, 自 1980, 至 1990, or nothing."""
        if self.since and self.until:
            return f"{self.since} 至 {self.until}"
        return f"自 {self.since}" if self.since else f"至 {self.until}" if self.until else ""

    def __str__(self) -> str:
        """As it is kept."""
        return f"{self.name}（{self.time}）" if self.time else self.name


@lru_cache(maxsize=1 << 12)
def former_names(text: str) -> tuple[FormerName, ...]:
    """What a text says; `ValueError` where a time in it cannot be."""
    return tuple(_read(part.strip()) for part in _BETWEEN.split(text) if part.strip())


def bare(text: str | None) -> list[str]:
    """The names alone, of a text that was kept: what one searches and compares by."""
    try:
        return [one.name for one in former_names(text or "")]
    except ValueError:  # kept before times were read
        return [part.strip() for part in _BETWEEN.split(text or "") if part.strip()]


def dated(text: str | None) -> tuple[FormerName, ...]:
    """Those of which a time is known."""
    try:
        return tuple(one for one in former_names(text or "") if one.time)
    except ValueError:
        return ()


def tidy(text: str) -> str:
    """A typed text as it is kept."""
    return "、".join(str(one) for one in former_names(text))


def _read(part: str) -> FormerName:
    spelt = _YEARS.sub(r"\1至", part)
    found = _ENTRY.fullmatch(spelt) or _LOOSE.fullmatch(spelt)
    # A number alone, without a word of time, is part of the name.
    if found is None or not any(found[mark] for mark in _MARKS) or not (found["since"] or found["until"]):
        return FormerName(part)
    since, until = (read_date(day) if day else None for day in (found["since"], found["until"]))
    if since and until and since.first > until.last:
        raise ValueError(f"曾用名“{part}”的起止颠倒了")
    return FormerName(found["name"], since, until)
