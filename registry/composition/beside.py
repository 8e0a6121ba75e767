"""A body beside the same bodies of all societies: shares as a span from the lower to the upper quarter.

Nobody can be picked out: a body counts only with `FEWEST` people of whom it is known, and a measure is told
only where so many other societies have one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies.models import Body, Post, Tenure
from registry.composition.rules.officers import older_than
from registry.composition.seen import YOUNG
from registry.composition.standing import FEWEST
from registry.core.regions import Region
from registry.people.models import Person

Ask = Callable[[Any, date], bool | None]
PARTY = "01"


@dataclass(frozen=True)
class Beside:
    """A share in percent, None where of too few it is known; of the others the quarters and the middle."""

    title: str
    own: float | None
    low: float
    middle: float
    high: float
    societies: int


def beside(session: Session, society_id: int, kind: str, day: date) -> list[Beside]:
    """The measures that enough other societies have, by one statement."""
    people = _people(session, kind, day)
    own = people.pop(society_id, [])
    found = []
    for title, ask in _measures():
        others = [share for rows in people.values() if (share := _share(rows, ask, day)) is not None]
        if len(others) >= FEWEST:
            low, _middle, high = quantiles(others, n=4, method="inclusive")
            found.append(Beside(title, _share(own, ask, day), low, median(others), high, len(others)))
    return found


def _measures() -> list[tuple[str, Ask]]:
    return [
        (_("女性"), lambda row, _day: row.sex == "F" if row.sex else None),
        (_("%(n)s 岁及以下", n=YOUNG), _young),
        (_("基层一线"), lambda row, _day: row.grassroots),
        (_("港澳台和外籍"), lambda row, _day: row.region != Region.MAINLAND if row.region else None),
        (_("中共党员"), lambda row, _day: row.political == PARTY if row.political else None),
    ]


def _young(row: Any, day: date) -> bool | None:
    old = older_than(row, YOUNG + 1, day)
    return None if old is None else not old


def _share(rows: Sequence[Any], ask: Ask, day: date) -> float | None:
    known = [answer for row in rows if (answer := ask(row, day)) is not None]
    return 100 * sum(known) / len(known) if len(known) >= FEWEST else None


def _people(session: Session, kind: str, day: date) -> dict[int, list[Any]]:
    """Of each society who sits in its body of that kind, each once and without a name."""
    query = (
        select(
            Tenure.society_id,
            Tenure.person_id,
            Person.sex,
            Person.birth,
            Person.grassroots,
            Person.region,
            Person.political,
        )
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .join(Person, Person.id == Tenure.person_id)
        .where(Body.kind == kind, Body.branch_id.is_(None))
        .where(Tenure.in_force(day), Tenure.voided_at.is_(None))
    )
    found: Mapping[int, dict[int, Any]] = defaultdict(dict)
    for row in session.execute(query):
        found[row.society_id][row.person_id] = row
    return {society_id: list(rows.values()) for society_id, rows in found.items()}
