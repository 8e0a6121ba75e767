"""The figures of one society, as far as a clause of rights lets them be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.core.regions import LABELS
from registry.memberships import counting
from registry.memberships.models import END_REASONS, EndReason
from registry.societies.models import Category

YEARS = 10


@dataclass(frozen=True)
class Figures:
    """Members on a day; rows of plots are (label, many, what the roster is narrowed to)."""

    persons: int
    units: int
    regions: list[tuple[str, int, str]]
    categories: list[tuple[str, int, str]]
    branches: dict[int | None, int]
    ages: list[tuple[str, int]]
    joined: list[tuple[str, int]]
    joined_this_year: int
    left_this_year: int
    left: list[tuple[str, int]]


def gather(
    session: Session,
    allowed: ColumnElement[bool],
    society_id: int,
    categories: Sequence[Category],
    day: date,
) -> Figures:
    """Count; six statements."""
    standing = counting.standing(session, allowed, [society_id], day)
    persons = [row for row in standing if not row.units]
    joined = counting.joined(session, allowed, society_id, date(day.year - YEARS + 1, 1, 1), day)
    left = counting.left(session, allowed, society_id, date(day.year, 1, 1), day)
    return Figures(
        persons=sum(row.many for row in persons),
        units=sum(row.many for row in standing if row.units),
        regions=_regions(persons),
        categories=_categories(standing, categories),
        branches=_sums(persons, "branch_id"),
        ages=list(counting.ages(session, allowed, society_id, day).items()),
        joined=[(str(year), joined.get(year, 0)) for year in range(day.year - YEARS + 1, day.year + 1)],
        joined_this_year=joined.get(day.year, 0),
        left_this_year=sum(left.values()),
        left=[(END_REASONS[EndReason(reason)], many) for reason, many in left.items()],
    )


def _sums(rows: Sequence[Any], key: str) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for row in rows:
        found[getattr(row, key)] += row.many
    return found


def _regions(rows: Sequence[Any]) -> list[tuple[str, int, str]]:
    """All five, and those of whom it is unknown where there are any."""
    sums = _sums(rows, "region")
    found = [(label, sums[str(code)], str(code)) for code, label in LABELS.items()]
    return [*found, ("不详", sums[None], "")] if sums[None] else found


def _categories(rows: Sequence[Any], categories: Sequence[Category]) -> list[tuple[str, int, str]]:
    """By rank; of persons and units alike."""
    sums = _sums(rows, "category_id")
    return [(row.name, sums[row.id], row.code) for row in categories if sums[row.id]]
