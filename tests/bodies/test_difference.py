"""What became of a council between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.bodies.difference import between, sides
from registry.bodies.flows import flow
from registry.bodies.models import Term


@dataclass(frozen=True)
class Held:
    person_id: int
    rank: int

    @property
    def name(self):
        return f"甲{self.person_id}"

    @property
    def post(self):
        return {0: "理事长", 1: "副理事长", 3: "理事"}[self.rank]


BEFORE = [Held(1, 0), Held(1, 3), Held(2, 1), Held(2, 3), Held(3, 3), Held(4, 3)]
AFTER = [Held(2, 0), Held(2, 3), Held(1, 3), Held(3, 3), Held(5, 3)]


def keys(rows):
    return {row.person_id for row in rows}


def test_everyone_is_told_by_the_highest_post_of_either_day():
    found = between(BEFORE, AFTER)
    assert keys(found.promoted) == {2}
    assert keys(found.demoted) == {1}
    assert keys(found.stayed) == {3}
    assert keys(found.left) == {4}
    assert keys(found.came) == {5}
    assert [row.after.posts for row in found.promoted] == [("理事长", "理事")]


def test_the_shares_are_of_the_first_and_of_the_second_council():
    found = between(BEFORE, AFTER)
    assert (found.continuity, found.renewal) == (Fraction(3, 4), Fraction(1, 4))


def test_whoever_sat_there_long_ago_comes_back():
    assert [row.returned for row in between(BEFORE, AFTER, {5, 1}).came] == [True]


def test_an_empty_council_has_no_share():
    found = between([], [])
    assert (found.continuity, found.renewal) == (None, None)
    assert flow(found).bands == []


ROWS = st.lists(st.builds(Held, st.integers(1, 12), st.sampled_from([0, 1, 3])), max_size=20, unique=True)


@given(ROWS, ROWS)
def test_the_groups_part_both_councils_whatever_the_order(one, other):
    found, turned = between(one, other), between(one[::-1], other[::-1])
    kept = keys(found.stayed) | keys(found.promoted) | keys(found.demoted)
    assert kept | keys(found.left) == {row.person_id for row in one}
    assert kept | keys(found.came) == {row.person_id for row in other}
    sizes = [len(part) for part in (found.stayed, found.promoted, found.demoted, found.left, found.came)]
    assert sum(sizes) == len({row.person_id for row in [*one, *other]})
    for part in ("stayed", "promoted", "demoted", "left", "came"):
        assert keys(getattr(found, part)) == keys(getattr(turned, part))


@given(ROWS, ROWS)
def test_the_columns_of_the_picture_count_everyone(one, other):
    found = between(one, other)
    drawn = flow(found)
    assert sum(block.count for block in drawn.before) == len(found.before)
    assert sum(block.count for block in drawn.after) == len(found.after)


SEVENTH = Term(
    ordinal=7, starts_on=date(2018, 5, 1), planned_end_on=date(2023, 5, 1), ends_on=date(2023, 5, 1)
)
EIGHTH = Term(ordinal=8, starts_on=date(2023, 5, 1), planned_end_on=date(2028, 5, 1), ends_on=None)


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("", "", (date(2023, 4, 30), date(2023, 5, 1))),
        ("7", "8", (date(2023, 4, 30), date(2023, 5, 1))),
        ("2019-01-01", "2020-01-01", (date(2019, 1, 1), date(2020, 1, 1))),
        ("2020-01-01", "2019-01-01", (date(2019, 1, 1), date(2020, 1, 1))),
        ("7", "2025-01-01", (date(2023, 4, 30), date(2025, 1, 1))),
        ("6", "8", None),
        ("x", "2025-02-30", None),
    ],
)
def test_two_terms_or_two_days_can_be_meant(first, second, days):
    assert sides([EIGHTH, SEVENTH], first, second) == days


def test_one_term_has_nothing_to_be_compared_with():
    assert sides([EIGHTH], "", "") is None
