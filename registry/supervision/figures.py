"""What a supervisor compares: each society's members and those who govern it, as numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.bodies.models import BodyKind
from registry.composition import standing
from registry.composition.standing import Running
from registry.core.ages import UNKNOWN, YOUNG_AND_MIDDLE, counted
from registry.memberships import counting
from registry.memberships.models import Membership
from registry.societies.models import Society


@dataclass(frozen=True)
class Composition:
    """The people of one body, each once: how many, and of what kind; shares are of those who are known."""

    people: int
    ages: Mapping[str, int]
    regions: Mapping[str, int]
    grassroots: int
    grassroots_unknown: int

    @property
    def known_ages(self) -> list[tuple[str, int]]:
        """Every band, and the unknown where there are any."""
        return [(label, many) for label, many in self.ages.items() if many or label != UNKNOWN]

    @property
    def told(self) -> bool:
        """Enough people that a number tells of none of them."""
        return self.people >= standing.FEWEST

    @property
    def grassroots_share(self) -> int | None:
        """基层一线 in percent of those of whom it is known."""
        return _percent(self.grassroots, self.people - self.grassroots_unknown)

    @property
    def young_share(self) -> int | None:
        """中青年 in percent of those whose age is known."""
        known = sum(many for label, many in self.ages.items() if label != UNKNOWN)
        return _percent(sum(self.ages[label] for label in YOUNG_AND_MIDDLE), known)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def compose(holders: Iterable[Any], day: date) -> Composition:
    """Of the rows of `standing.holders`; who holds two posts counts once."""
    people = {row.person_id: row for row in holders}.values()
    return Composition(
        people=len(people),
        ages=counted(((row.birth, 1) for row in people), day),
        regions=Counter(row.region for row in people),
        grassroots=sum(row.grassroots is True for row in people),
        grassroots_unknown=sum(row.grassroots is None for row in people),
    )


@dataclass(frozen=True)
class Standing:
    """One society beside the others."""

    society: Society
    persons: int
    regions: Mapping[str | None, int]
    term: Running | None
    overdue: Sequence[Running]
    council: Composition
    seats: int
    vacant: int

    @property
    def urgency(self) -> tuple[int, int]:
        """Worst first: terms overdue, then the next to end."""
        return (-len(self.overdue), self.term.days_left if self.term else 10**6)


def side_by_side(
    session: Session, allowed: ColumnElement[bool], societies: Sequence[Society], day: date
) -> list[Standing]:
    """All societies, worst first, by four statements."""
    ids = [row.id for row in societies]
    keys = (Membership.society_id, Membership.region)
    members = _by_society(counting.persons_by(session, allowed, ids, day, *keys))
    terms = _by_society(standing.running(session, ids, day))
    holders = _by_society(standing.holders(session, ids, day))
    posts = _by_society(standing.seats(session, ids, day))
    found = [
        _standing(row, members[row.id], terms[row.id], holders[row.id], posts[row.id], day)
        for row in societies
    ]
    return sorted(found, key=lambda standing: standing.urgency)


def _by_society(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.society_id].append(row)
    return found


def _standing(
    society: Society,
    members: Sequence[Any],
    terms: Sequence[Running],
    holders: Sequence[Any],
    posts: Sequence[Any],
    day: date,
) -> Standing:
    seats = [post for post in posts if post.kind == BodyKind.COUNCIL]
    council = [row for row in holders if row.kind == BodyKind.COUNCIL]
    vacant = standing.vacancies(seats, council)
    return Standing(
        society=society,
        persons=sum(row.many for row in members),
        regions={row.region: row.many for row in members},
        term=standing.councils(terms).get(society.id),
        overdue=[term for term in terms if term.overdue],
        council=compose(council, day),
        seats=sum(post.seats or 0 for post in seats),
        vacant=sum(sum(posts.values()) for posts in vacant.values()),
    )


@dataclass(frozen=True)
class BodyPicture:
    """A body with its term, its composition and its empty seats."""

    term: Running
    composition: Composition
    vacant: Mapping[str, int]


def pictures(session: Session, society_id: int, day: date) -> list[BodyPicture]:
    """The governing bodies of one society, in the order of their kinds."""
    holders = standing.holders(session, [society_id], day)
    vacant = standing.vacancies(standing.seats(session, [society_id], day), holders)
    order = list(standing.GOVERNING)
    terms = [term for term in standing.running(session, [society_id], day) if term.kind in order]
    return [
        BodyPicture(
            term,
            compose([row for row in holders if row.body_id == term.body_id], day),
            vacant.get(term.body_id, {}),
        )
        for term in sorted(terms, key=lambda term: order.index(BodyKind(term.kind)))
    ]
