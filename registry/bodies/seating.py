"""A term of a body as a seating: who sits by rank on a day, which seats are empty, where each dot stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, pi, sin

from registry.bodies.models import Body, Post, Tenure, Term

HOLDING = frozenset({"holding", "holding_over"})
WIDTH, HEIGHT = 420, 224
_FLOOR, _ARC = 210, pi * 0.94
_INNER, _OUTER = 58.0, 196.0
_FEWEST, _MOST, _LARGEST = 10, 400, 13
_SAID_ONCE = 7


@dataclass(frozen=True)
class Rank:
    """A post on a day: who holds it, who is to hold it, and how many seats are empty (None = not counted)."""

    post: Post
    held: Sequence[Tenure]
    coming: Sequence[Tenure]

    @property
    def vacant(self) -> int | None:
        """Seats that nobody holds."""
        return None if self.post.seats is None else max(self.post.seats - len(self.held), 0)

    @property
    def usual(self) -> tuple[date, str, int | None] | None:
        """How a large rank mostly began, said once instead of on every seat."""
        began = Counter(how_begun(row) for row in self.held)
        way, number = began.most_common(1)[0] if began else (None, 0)
        return way if number > _SAID_ONCE else None


def how_begun(row: Tenure) -> tuple[date, str, int | None]:
    """Since when, by what, decided where."""
    return row.starts_on, row.begun_by, row.decision_id


@dataclass(frozen=True)
class Dot:
    """One seat of the picture."""

    x: float
    y: float
    size: float
    tone: str
    words: str


@dataclass(frozen=True)
class Seating:
    """All of a term on a day; `past` has what ended before it, `voided` what was never true."""

    ranks: Sequence[Rank]
    past: Sequence[Tenure]
    voided: Sequence[Tenure]

    @property
    def held(self) -> int:
        """Offices held on the day."""
        return sum(len(rank.held) for rank in self.ranks)

    @property
    def vacant(self) -> int:
        """Empty seats, where seats are counted."""
        return sum(rank.vacant or 0 for rank in self.ranks)

    @property
    def tones(self) -> list[str]:
        """The tone of each rank, from dark to light; a body of one rank is drawn in the middle tone."""
        return ["rank-2"] if len(self.ranks) == 1 else [f"rank-{min(n, 3)}" for n in range(len(self.ranks))]

    @property
    def dots(self) -> list[Dot]:
        """The seats as a half circle, the highest rank in the middle of the first row; none for a few."""
        seats = [
            seat for tone, rank in zip(self.tones, self.ranks, strict=True) for seat in _seats(tone, rank)
        ]
        places = _places(len(seats)) if _FEWEST <= len(seats) <= _MOST else []
        return [Dot(*place, tone, words) for place, (tone, words) in zip(places, seats, strict=False)]


def seat(posts: Iterable[Post], tenures: Sequence[Tenure], day: date) -> Seating:
    """Sort the tenures of a term by what they are on the day."""
    states = [(row, row.state_on(day)) for row in tenures]
    ranks = [
        Rank(
            post,
            [row for row, state in states if row.post_id == post.id and state in HOLDING],
            [row for row, state in states if row.post_id == post.id and state == "elect"],
        )
        for post in posts
    ]
    past = [row for row, state in states if state == "ended"]
    return Seating(ranks, past, [row for row, state in states if state == "voided"])


def day_within(term: Term, day: date) -> date:
    """The day itself, or the nearest one of a term that has not begun or is over."""
    if day < term.starts_on:
        return term.starts_on
    if term.ends_on is not None and day >= term.ends_on:
        return max(term.starts_on, term.ends_on - timedelta(days=1))
    return day


def _seats(tone: str, rank: Rank) -> list[tuple[str, str]]:
    """Tone and words of each seat of a rank."""
    taken = [(tone, f"{rank.post.name} {row.person.name}") for row in rank.held]
    return taken + [("vacant", f"{rank.post.name} 空缺")] * (rank.vacant or 0)


def _places(number: int) -> list[tuple[float, float, float]]:
    """x, y and radius of as many seats, from the middle of the inner row outwards."""
    rows = _rows(number)
    gap = (_OUTER - _INNER) / max(rows - 1, 2)
    shares = _shares(number, [_OUTER - gap * (rows - 1 - row) for row in range(rows)])
    nearest = min(radius * _step(seats) for radius, seats in shares)
    size = min(0.42 * min(gap, nearest), _LARGEST)
    places: list[tuple[float, float, float]] = []
    for radius, seats in shares:
        places += [
            (
                round(WIDTH / 2 + radius * cos(angle), 1),
                round(_FLOOR - radius * sin(angle), 1),
                round(size, 1),
            )
            for angle in _angles(seats)
        ]
    return places


def _rows(number: int) -> int:
    """As few rows as leave room between the seats."""
    return next((rows for rows, most in ((1, 9), (2, 26), (3, 48), (4, 75), (5, 115)) if number <= most), 8)


def _shares(number: int, radii: Sequence[float]) -> list[tuple[float, int]]:
    """How many seats each row takes, by its length; the first an odd number, for one in the middle."""
    total, given = sum(radii), 0
    shares: list[tuple[float, int]] = []
    for radius in radii[:-1]:
        seats = round(number * radius / total)
        seats += 1 - seats % 2 if not shares else 0
        shares.append((radius, seats))
        given += seats
    return [*shares, (radii[-1], number - given)]


def _step(seats: int) -> float:
    """The angle between two seats of a row."""
    return _ARC / max(seats - 1, 1)


def _angles(seats: int) -> list[float]:
    """The angles of a row's seats, the middle first."""
    first = (pi - _ARC) / 2 if seats > 1 else pi / 2
    return sorted(
        (first + index * _step(seats) for index in range(seats)), key=lambda angle: abs(angle - pi / 2)
    )


@dataclass(frozen=True)
class Overview:
    """A body in the list of all: its term on the day and how full it is."""

    body: Body
    term: Term | None
    day: date
    held: int
    seats: int | None
    vacant: int
    heads: Sequence[tuple[str, str]] = field(default=())

    @property
    def overdue(self) -> bool:
        """届满未换届."""
        return self.term is not None and self.term.overdue_on(self.day)


def overview(
    body: Body, held: Mapping[int, int], heads: Mapping[int, Sequence[tuple[str, str]]], day: date
) -> Overview:
    """`held`: of each post how many hold it; `heads`: of each body who presides."""
    counts = [(held.get(post.id, 0), post.seats) for post in body.posts]
    term = next((row for row in body.terms if row.period.holds(day)), None)
    return Overview(
        body,
        term,
        day,
        held=sum(number for number, _seats in counts),
        seats=sum(seats or 0 for _number, seats in counts) if any(seats for _n, seats in counts) else None,
        vacant=sum(max(seats - number, 0) for number, seats in counts if seats is not None),
        heads=heads.get(body.id, ()),
    )
