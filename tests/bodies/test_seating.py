"""The picture of a council."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import hypot

import pytest

from registry.bodies import services
from registry.bodies.models import Post, Term
from registry.bodies.queries import tenures_of_term
from registry.bodies.seating import HEIGHT, WIDTH, Rank, Seating, day_within, seat
from registry.bodies.services import Appoint

DAY = date(2026, 11, 24)


def council(*seats):
    """Empty seats by rank."""
    posts = [Post(name=f"第{rank}级", rank=rank, seats=number) for rank, number in enumerate(seats)]
    return Seating([Rank(post, [], []) for post in posts], [], [])


@pytest.mark.parametrize("seats", [10, 16, 27, 54, 75, 101, 180, 400])
def test_every_seat_has_its_place_and_none_covers_another(seats):
    dots = council(1, seats - 1).dots
    assert len(dots) == seats
    assert all(dot.size <= dot.x <= WIDTH - dot.size and 0 < dot.y < HEIGHT for dot in dots)
    assert all(
        hypot(one.x - other.x, one.y - other.y) > one.size * 1.9 for one, other in combinations(dots, 2)
    )


@pytest.mark.parametrize("seats", [16, 27, 54, 75])
def test_the_first_rank_sits_in_the_middle(seats):
    assert council(1, seats - 1).dots[0].x == pytest.approx(WIDTH / 2, abs=0.1)


@pytest.mark.parametrize("seats", [0, 5, 401])
def test_a_few_and_very_many_are_not_drawn(seats):
    assert council(seats).dots == []


def test_ranks_go_from_dark_to_light():
    assert council(1, 2, 3, 4, 5).tones == ["rank-0", "rank-1", "rank-2", "rank-3", "rank-3"]
    assert council(75).tones == ["rank-2"]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2020, 1, 1), date(2023, 5, 1)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2026, 5, 1), date(2026, 4, 30)),
        (DAY, date(2026, 4, 30)),
    ],
)
def test_a_term_is_shown_on_a_day_of_its_own(day, shown):
    term = Term(starts_on=date(2023, 5, 1), planned_end_on=date(2028, 5, 1), ends_on=date(2026, 5, 1))
    assert day_within(term, day) == shown


def test_tenures_are_sorted_by_what_they_are_on_the_day(session, cast):
    coming = Appoint(cast.chen.id, cast.director_post.id, cast.term.id, date(2027, 1, 1))
    services.appoint(session, cast.society, coming)
    services.end(session, cast.chair, services.EndTenure(date(2026, 1, 1), "resigned"))
    seating = seat([cast.chair_post, cast.director_post], tenures_of_term(session, cast.term.id), DAY)
    chair, director = seating.ranks
    assert (chair.held, chair.vacant) == ([], 1)
    assert [row.person.name for row in director.held] == ["王富"]
    assert [row.person.name for row in director.coming] == ["陳大文"]
    assert (director.vacant, seating.held, seating.vacant) == (14, 1, 15)
    assert seating.past == [cast.chair]
