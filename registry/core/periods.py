"""Spells of days, half-open, with arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """From `starts_on` (in) to `ends_on` (out); None = open end."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        """An end before the beginning is a mistake, not an empty spell."""
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("结束日期不能早于开始日期")

    def holds(self, day: date) -> bool:
        """True on every day of the spell."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def overlaps(self, other: Period) -> bool:
        """True when a day belongs to both."""
        return (other.ends_on is None or self.starts_on < other.ends_on) and (
            self.ends_on is None or other.starts_on < self.ends_on
        )

    def within(self, other: Period) -> bool:
        """True when no day lies outside the other."""
        return other.starts_on <= self.starts_on and (
            other.ends_on is None or (self.ends_on is not None and self.ends_on <= other.ends_on)
        )
