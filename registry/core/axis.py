"""An axis of days on which spells are drawn as bars, in shares of its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.core.periods import Period

_MOST_TICKS = 6
_MARGIN = 0.005
_LEAST = 0.4
_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Bar:
    """A spell as drawn, in percent of the axis."""

    left: str
    width: str


class Axis:
    """From the first year's beginning to a little behind the last day that is known."""

    def __init__(self, periods: Sequence[Period], day: date) -> None:
        """Open periods run to the end of the axis."""
        self._first = date(min(day, *(period.starts_on for period in periods)).year, 1, 1)
        last = max(day, *(period.ends_on or period.starts_on for period in periods))
        self._days = (last - self._first).days * (1 + _MARGIN) or 1

    def at(self, day: date) -> str:
        """Where a day stands."""
        return f"{100 * (day - self._first).days / self._days:.2f}%"

    def bar(self, period: Period) -> Bar:
        """A spell, never too thin to be seen."""
        until = (period.ends_on - self._first).days if period.ends_on else self._days
        begun = (period.starts_on - self._first).days
        return Bar(self.at(period.starts_on), f"{max(100 * (until - begun) / self._days, _LEAST):.2f}%")

    def years(self, most: int = _MOST_TICKS) -> list[tuple[int, str]]:
        """Round years that fit beside one another."""
        first, span = self._first.year, self._days / 365.25
        step = next((step for step in _STEPS if span / step <= most), _STEPS[-1])
        return [
            (year, self.at(date(year, 1, 1)))
            for year in range(first, first + round(span))
            if year % step == 0
        ]
