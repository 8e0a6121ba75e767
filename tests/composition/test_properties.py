"""What holds of every rule, whatever society it is put to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.composition import packs
from registry.composition.facts import Elsewhere, Official
from registry.composition.judging import judge
from registry.core.dates import PartialDate
from tests.composition import made
from tests.composition.altered import ELSEWHERE

FACTS = {
    "birth": st.sampled_from(
        [
            PartialDate(1950),
            PartialDate(1956, 11),
            PartialDate(1956, 11, 24),
            PartialDate(1958, 3),
            PartialDate(1990),
        ]
    ),
    "sex": st.sampled_from(["M", "F"]),
    "region": st.sampled_from(["CN", "HK", "XX"]),
    "employer": st.sampled_from(["北京星河大学", "燕山计算研究所", "长城机床厂"]),
    "grassroots": st.booleans(),
    "belongs": st.sampled_from([((date(2010, 1, 1), None),), ((date(2010, 1, 1), date(2024, 1, 1)),), ()]),
    "official": st.sampled_from(list(Official)),
    "elsewhere": st.sampled_from([(), (ELSEWHERE,), (Elsewhere(3, "理事"),)]),
}
SITTING = st.integers(1, 15) | st.integers(31, 33) | st.integers(81, 95)


@st.composite
def societies(draw):
    """The sound society with many facts otherwise."""
    snapshot = made.sound()
    for key in draw(st.lists(SITTING, unique=True, max_size=20)):
        facts = draw(st.fixed_dictionaries({}, optional=FACTS))
        snapshot = made.with_person(snapshot, key, **facts)
    full_time = draw(st.sampled_from([True, False]))
    snapshot = made.with_office(snapshot, made.COUNCIL, made.SECRETARY, full_time=full_time)
    planned = draw(st.sampled_from([made.PLANNED, date(2026, 11, 24), date(2030, 1, 1)]))
    return made.with_term(snapshot, made.COUNCIL, planned_end_on=planned)


@st.composite
def forgetful(draw, snapshot):
    """The same society, of which less is known."""
    for key in draw(st.lists(SITTING, unique=True, min_size=1, max_size=8)):
        lost = draw(st.sets(st.sampled_from([*FACTS]), min_size=1))
        snapshot = made.with_person(
            snapshot, key, **{name: "" if name == "employer" else None for name in lost}
        )
    if draw(st.booleans()):
        snapshot = made.with_office(snapshot, made.COUNCIL, made.SECRETARY, full_time=None)
    if draw(st.booleans()):
        snapshot = replace(snapshot, **draw(st.sampled_from([{"meetings": None}, {"branches": None}])))
    return snapshot


def verdicts(snapshot):
    return {finding.key: finding.verdict for finding in judge(snapshot, packs.every())}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_unknown_never_counts_as_met(data):
    """What is met though less is known is met when all is known, too."""
    whole = data.draw(societies())
    less = data.draw(forgetful(whole))
    known = verdicts(whole)
    doubtful = {key for key, verdict in verdicts(less).items() if verdict.answer == "met"}
    assert {key: known[key].answer for key in doubtful if known[key].answer != "met"} == {}


@settings(max_examples=60, deadline=None)
@given(societies(), st.integers())
def test_order_does_not_matter(snapshot, seed):
    rng = Random(seed)

    def mixed(rows):
        return tuple(rng.sample(rows, len(rows)))

    def remix(body):
        terms = tuple(replace(term, holders=mixed(term.holders)) for term in body.terms)
        return replace(body, posts=mixed(body.posts), terms=terms)

    other = replace(
        snapshot,
        bodies=mixed(tuple(remix(body) for body in snapshot.bodies)),
        people=dict(rng.sample(list(snapshot.people.items()), len(snapshot.people))),
        meetings=mixed(snapshot.meetings),
        branches=mixed(snapshot.branches),
    )
    assert plain(verdicts(other)) == plain(verdicts(snapshot))


def plain(found):
    """Things that are no persons stand in the order in which they are met."""
    return {key: replace(verdict, things=tuple(sorted(verdict.things))) for key, verdict in found.items()}


def test_a_draft_of_the_same_people_has_the_same_verdicts():
    real = made.sound()
    draft = real.with_holders(made.COUNCIL, [replace(row, id=0) for row in made.holders(real, made.COUNCIL)])
    assert verdicts(draft) == verdicts(real)


def test_a_draft_of_the_next_term_is_judged_on_its_first_day_against_the_one_before():
    real = made.sound()
    begins = date(2029, 5, 1)
    term = replace(
        real.sittings[made.COUNCIL].term, ordinal=9, starts_on=begins, planned_end_on=date(2034, 5, 1)
    )
    people = [replace(row, starts_on=begins, planned_end_on=None) for row in made.offices()[made.COUNCIL]]
    draft = real.with_term(made.COUNCIL, replace(term, holders=())).with_holders(made.COUNCIL, people)
    assert draft.day == begins
    sitting = draft.sittings[made.COUNCIL]
    before = draft.previous(sitting)
    assert (before.term.ordinal, before.people) == (8, real.sittings[made.COUNCIL].people)
    assert verdicts(draft)[f"grassroots_rises-{made.COUNCIL}"].answer == "not_met"
