"""Since when a seat is empty."""

from __future__ import annotations

from datetime import date

from registry.bodies.models import Post, Tenure, Term
from registry.bodies.vacancies import empty_since

TERM = Term(ordinal=8, starts_on=date(2023, 5, 1), planned_end_on=date(2028, 5, 1))
POST = Post(id=1, name="副理事长", seats=3)
DAY = date(2026, 1, 1)


def office(starts_on, ends_on=None):
    return Tenure(post_id=1, starts_on=starts_on, ends_on=ends_on)


def test_a_seat_never_filled_is_empty_since_the_term_began():
    assert empty_since(POST, [office(date(2023, 5, 1))], TERM, DAY) == [date(2023, 5, 1)] * 2


def test_a_seat_left_is_empty_since_then_and_the_longest_comes_first():
    rows = [
        office(date(2023, 5, 1), date(2025, 3, 1)),
        office(date(2023, 5, 1), date(2024, 3, 1)),
        office(date(2023, 5, 1)),
    ]
    assert empty_since(POST, rows, TERM, DAY) == [date(2024, 3, 1), date(2025, 3, 1)]


def test_whoever_is_added_fills_the_seat_that_was_emptied_last():
    rows = [
        office(date(2023, 5, 1)),
        office(date(2023, 5, 1), date(2025, 3, 1)),
        office(date(2025, 6, 1)),
    ]
    assert empty_since(POST, rows, TERM, DAY) == [date(2023, 5, 1)]


def test_on_an_earlier_day_the_seat_was_taken():
    rows = [office(date(2023, 5, 1), date(2025, 3, 1)) for _ in range(3)]
    assert empty_since(POST, rows, TERM, date(2025, 2, 28)) == []
    assert empty_since(POST, rows, TERM, date(2025, 3, 1)) == [date(2025, 3, 1)] * 3
