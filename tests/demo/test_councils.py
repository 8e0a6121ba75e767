"""The great council of the demonstration through four 届, counted apart from the queries of the product."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from registry.bodies.difference import between
from registry.bodies.models import Body, BodyKind
from registry.bodies.queries import body as one_body
from registry.bodies.queries import holding
from tests.databases import TODAY

EVERY_OFFICE = text(
    "SELECT t.person_id, p.name, p.rank, t.starts_on, t.ends_on FROM tenure t"
    " JOIN post p ON p.id = t.post_id WHERE p.body_id = :body AND t.voided_at IS NULL"
)


@pytest.fixture
def council(made):
    found = made.query(Body).filter_by(kind=BodyKind.COUNCIL).order_by(Body.society_id).first()
    return one_body(made, found.society_id, found.id)


@pytest.fixture
def offices(made, council):
    """Every office of the council as plain rows."""
    return [
        (person, post, rank, _day(starts), _day(ends))
        for person, post, rank, starts, ends in made.execute(EVERY_OFFICE, {"body": council.id})
    ]


def _day(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


def on(offices, day):
    """Who holds what on the day, by going through all of them."""
    return [row for row in offices if row[3] <= day and not (row[4] and row[4] <= day)]


def highest(rows):
    """Of each person the smallest rank."""
    found = {}
    for person, _post, rank, _starts, _ends in rows:
        found[person] = min(rank, found.get(person, rank))
    return found


def days(council):
    for term in council.terms:
        yield from (term.starts_on, term.starts_on + timedelta(400), term.starts_on + timedelta(1000))
        yield (term.ends_on or TODAY) - timedelta(1)


def test_the_council_has_a_hundred_seats_and_three_past_terms(council):
    assert sum(post.seats for post in council.posts) >= 100
    assert sum(term.ends_on is not None for term in council.terms) >= 3


def test_who_sat_on_a_day_is_what_a_count_by_hand_says(made, council, offices):
    for day in days(council):
        told = [(row.person_id, row.post) for row in holding(made, council.society_id, day, council.id)]
        assert sorted(told) == sorted((row[0], row[1]) for row in on(offices, day)), day


def test_the_difference_of_two_terms_is_what_a_count_by_hand_says(made, council, offices):
    for new, old in zip(council.terms, council.terms[1:], strict=False):
        last, first = old.ends_on - timedelta(1), new.starts_on
        rows = [holding(made, council.society_id, day, council.id) for day in (last, first)]
        found = between(*rows)
        before, after = highest(on(offices, last)), highest(on(offices, first))
        both = before.keys() & after.keys()
        assert len(found.left) == len(before.keys() - both)
        assert len(found.came) == len(after.keys() - both)
        assert len(found.promoted) == sum(after[key] < before[key] for key in both)
        assert len(found.demoted) == sum(after[key] > before[key] for key in both)
        assert len(found.stayed) == sum(after[key] == before[key] for key in both)
        assert 0.3 < found.continuity < 0.9


def test_every_past_term_has_by_elections_resignations_and_a_promotion(made, council, offices):
    rise = "SELECT count(*) FROM tenure WHERE term_id = :term AND begun_by = 'added'"
    gone = "SELECT count(*) FROM tenure WHERE term_id = :term AND ended_by IN ('resigned', 'removed', 'died')"
    for term in council.terms[1:]:
        assert made.scalar(text(rise), {"term": term.id}) >= 3
        assert made.scalar(text(gone), {"term": term.id}) >= 4
        rows = on(offices, term.starts_on), on(offices, term.ends_on - timedelta(1))
        before, after = map(highest, rows)
        assert any(after[key] < before[key] for key in before.keys() & after.keys())


def test_nobody_leads_through_three_terms_running(council, offices):
    chiefs = [
        {row[0] for row in on(offices, term.starts_on) if row[1] != "理事"}
        for term in reversed(council.terms)
    ]
    for three in zip(chiefs, chiefs[1:], chiefs[2:], strict=False):
        assert not set.intersection(*three)


def test_one_term_was_extended_and_went_on_beyond_even_that(council):
    extended = [term for term in council.terms if term.extended_until]
    assert len(extended) == 1
    assert extended[0].planned_end_on < extended[0].extended_until < extended[0].ends_on


def test_meetings_have_votes_and_one_decision_is_annulled(made, council):
    kept = "SELECT count(*) FROM decision d JOIN meeting m ON m.id = d.meeting_id WHERE m.body_id = :body"
    assert made.scalar(text(f"{kept} AND d.votes_for IS NOT NULL"), {"body": council.id}) > 25
    annulled = "SELECT d.id, m.present, m.entitled FROM decision d JOIN meeting m ON m.id = d.meeting_id"
    row = made.execute(text(f"{annulled} WHERE d.annulled_on IS NOT NULL")).one()
    assert row.present * 3 < row.entitled * 2
    hung = text("SELECT count(*) FROM tenure WHERE decision_id = :key AND ends_on IS NULL")
    assert made.scalar(hung, {"key": row.id}) == 1
