"""The figures of one society, as far as a clause of rights lets them be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.core.ages import UNKNOWN, counted
from registry.core.regions import LABELS
from registry.memberships import counting
from registry.memberships.models import END_REASONS, EndReason, Membership
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
    without_birth: int
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
    """Count; eight statements."""
    asked = (session, allowed, [society_id], day)
    regions = _sums(counting.persons_by(*asked, Membership.region))
    branches = _sums(counting.persons_by(*asked, Membership.branch_id))
    persons = _sums(counting.persons_by(*asked, Membership.category_id))
    units = _sums(counting.units_by(*asked, Membership.category_id))
    births = counting.births(session, allowed, society_id, day)
    joined = counting.joined(session, allowed, society_id, date(day.year - YEARS + 1, 1, 1), day)
    left = counting.left(session, allowed, society_id, date(day.year, 1, 1), day)
    return Figures(
        persons=persons.total(),
        units=units.total(),
        regions=_regions(regions),
        categories=_categories(persons + units, categories),
        branches=branches,
        ages=list(counted(births, day).items()),
        without_birth=sum(many for birth, many in births if birth is None),
        joined=[(str(year), joined.get(year, 0)) for year in range(day.year - YEARS + 1, day.year + 1)],
        joined_this_year=joined.get(day.year, 0),
        left_this_year=sum(left.values()),
        left=[(END_REASONS[EndReason(reason)], many) for reason, many in left.items()],
    )


def _sums(rows: Iterable[tuple[Any, int]]) -> Counter[Any]:
    return Counter(dict(map(tuple, rows)))


def _regions(sums: Counter[Any]) -> list[tuple[str, int, str]]:
    """All five, and those of whom it is unknown where there are any."""
    found = [(label, sums[str(code)], str(code)) for code, label in LABELS.items()]
    return [*found, (UNKNOWN, sums[None], "")] if sums[None] else found


def _categories(sums: Counter[Any], categories: Sequence[Category]) -> list[tuple[str, int, str]]:
    """By rank; those that nobody belongs to are left out."""
    return [(row.name, sums[row.id], row.code) for row in categories if sums[row.id]]
