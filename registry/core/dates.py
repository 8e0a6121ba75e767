"""Dates known only to the year, the month or the day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

_ALWAYS = 28
"""So many days has every month."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """Unknown parts are None; ordered as its text is, so a year stands before its months."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """`ValueError` where no calendar has such a day."""
        if not 1 <= self.year <= 9999:  # noqa: PLR2004
            raise ValueError(f"年份 {self.year} 不存在")
        if self.month is None and self.day is not None:
            raise ValueError("日期缺少月份")
        if self.month is not None and not 1 <= self.month <= 12:  # noqa: PLR2004
            raise ValueError(f"月份 {self.month} 不存在")
        if self.day is not None and not (
            1 <= self.day <= _ALWAYS or _ALWAYS < self.day <= self._month_days()
        ):
            raise ValueError(f"日期 {self.year}年{self.month}月{self.day}日 不存在")

    @classmethod
    @lru_cache(maxsize=1 << 13)
    def parse(cls, text: str) -> PartialDate:
        """Read back what `str()` wrote: 1965, 1965-03 or 1965-03-12."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"“{text}”不是日期，应写作 1965、1965-03 或 1965-03-12")
        return cls(*(int(part) for part in match.groups() if part))

    @classmethod
    def on(cls, day: date) -> PartialDate:
        """A date known to the day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        return date(self.year, self.month or 12, self.day or self._month_days())

    @property
    def chinese(self) -> str:
        """As in running text: 1965年3月12日, as far as known."""
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"

    def agrees(self, other: PartialDate) -> bool:
        """True where both may be the same day: equal in every part that both know."""
        return self == other or all(
            mine == theirs for mine, theirs in zip(self._known(), other._known(), strict=False)
        )

    def age_on(self, day: date) -> tuple[int, int]:
        """Full years (周岁) on that day: the fewest and the most possible; equal where it is certain."""
        return _years(self.last, day), _years(self.first, day)

    def _holds(self, day: int) -> bool:
        return 1 <= day <= _ALWAYS or _ALWAYS < day <= self._month_days()

    def _month_days(self) -> int:
        return monthrange(self.year, self.month or 12)[1]

    def _known(self) -> tuple[int, ...]:
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    def __lt__(self, other: PartialDate) -> bool:
        return self._known() < other._known()

    def __reduce__(self) -> tuple[type[PartialDate], tuple[int | None, ...]]:
        """Packed as its parts, at a third of the usual cost: an import packs hundreds of thousands."""
        return PartialDate, (self.year, self.month, self.day)

    def __str__(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}-{self.day:02}" if self.day else f"{self.year:04}{month}"


def _years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
