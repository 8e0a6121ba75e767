"""How many a society has and how they change this year, as far as a clause of rights lets them be counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.memberships import counting
from registry.memberships.models import Membership
from registry.roster.clauses import YEAR


@dataclass(frozen=True)
class Numbers:
    """Members on a day; `branches` holds those of each branch by its id, None for those of no branch."""

    persons: int
    units: int
    branches: dict[int | None, int]
    without_birth: int
    confirmed: int
    joined: int
    left: int


def gather(session: Session, allowed: ColumnElement[bool], society_id: int, day: date) -> Numbers:
    """Count; six statements."""
    asked = (session, allowed, [society_id], day)
    new_year = date(day.year, 1, 1)
    without_birth, confirmed = counting.told(session, allowed, society_id, day - YEAR, day)
    branches = dict(map(tuple, counting.persons_by(*asked, Membership.branch_id)))
    return Numbers(
        persons=sum(branches.values()),
        units=sum(row.many for row in counting.units_by(*asked)),
        branches=branches,
        without_birth=without_birth,
        confirmed=confirmed,
        joined=counting.joined(session, allowed, society_id, new_year, day).get(day.year, 0),
        left=sum(counting.left(session, allowed, society_id, new_year, day).values()),
    )
