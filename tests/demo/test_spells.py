"""Invented memberships follow each other as real ones do."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import pytest

from registry.core.periods import Period
from registry.demo import spells
from registry.demo.spells import Home
from registry.memberships.models import EndReason

FOUNDED = date(1983, 5, 21)
LASTING = Home(1, Period(date(1990, 1, 1)))
ENDED = Home(2, Period(date(1990, 1, 1), date(2010, 1, 1)))


@pytest.fixture(scope="module")
def stories():
    rng = Random("spells")
    born = [date(rng.randint(1936, 2001), 6, 1) for _ in range(3000)]
    return [spells.invent(rng, day, "CN", [LASTING, ENDED], FOUNDED) for day in born]


def test_spells_of_one_person_never_overlap(stories):
    for story in stories:
        assert all(one.ends_on and one.ends_on <= other.starts_on for one, other in pairwise(story))


def test_a_spell_ends_after_it_began_and_says_why(stories):
    for spell in (spell for story in stories for spell in story):
        assert (spell.ends_on is None) == (spell.end_reason is None)
        assert spell.ends_on is None or spell.starts_on < spell.ends_on


def test_nobody_belongs_before_the_society_or_to_a_branch_that_does_not_exist(stories):
    for spell in (spell for story in stories for spell in story):
        assert spell.starts_on >= FOUNDED
        if spell.branch_id == ENDED.id:
            assert spell.ends_on is not None
            assert spell.ends_on <= date(2010, 1, 1)


def test_every_way_to_leave_occurs_and_some_come_back(stories):
    reasons = {spell.end_reason for story in stories for spell in story}
    assert reasons == {None, *EndReason} - {EndReason.VOIDED}
    returned = [story for story in stories for one, other in pairwise(story) if one.ends_on < other.starts_on]
    assert returned


def test_the_dead_do_not_come_back(stories):
    for story in stories:
        assert all(spell.end_reason != EndReason.DIED for spell in story[:-1])
