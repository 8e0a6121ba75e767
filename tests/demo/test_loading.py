"""What is loaded in bulk is as if it had been typed."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import inspect, select

from registry.demo import bulk, enrolling, work
from registry.demo.stock import Weighted
from registry.journal.queries import first_broken
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.people.services import enter_person, index
from registry.societies.queries import by_slug


@pytest.fixture
def loaded(session, cast):
    rng = Random("loading")
    trade = work.trade(rng, "computing", 10)
    regions = Weighted({"CN": 2, "HK": 1, "TW": 1, "XX": 1})
    coming = enrolling.newcomers(rng, trade, regions, cast.other, [])
    return [who for batch in enrolling.enrol(session, cast.other, coming, 60, 500) for who in batch]


def test_rows_hold_what_was_invented(session, loaded):
    for member in loaded:
        person = session.get_one(Person, member.person_id)
        assert {key: getattr(person, key) for key in member.invented.facts} == member.invented.facts
        assert person.version == 1


def test_people_are_indexed_as_when_a_clerk_enters_them(session, loaded):
    for member in loaded:
        person = session.get_one(Person, member.person_id)
        before = (person.sort_pinyin, person.search_text)
        index(person, [member.number])
        assert (person.sort_pinyin, person.search_text) == before


def test_spells_mirror_the_person(session, loaded):
    for member in loaded:
        spells = session.scalars(select(Membership).where(Membership.person_id == member.person_id)).all()
        assert [spell.starts_on for spell in spells] == [spell.starts_on for spell in member.spells]
        assert {spell.region for spell in spells} == {member.invented.facts["region"]}


def test_documents_are_sealed_and_open_again(session, loaded):
    shown = [member for member in loaded if member.invented.papers]
    assert shown
    for member in shown:
        person = session.get_one(Person, member.person_id)
        numbers = {session.info["vault"].open(document.sealed)[-4:] for document in person.documents}
        assert numbers == {document.last4 for document in person.documents}


def test_the_next_person_gets_the_next_key(session, cast, loaded):
    person = enter_person(session, cast.other.id, {"name": "后来者"})
    assert person.id == max(member.person_id for member in loaded) + 1


def test_loading_is_one_act_of_an_unbroken_journal(session, cast, loaded):
    session.commit()
    assert first_broken(session, cast.other.id) is None


def test_generated_members_are_spread_over_the_societies(session, cast):
    told = []
    bulk.generate(session, 3, 100, 7, told.append)
    session.commit()
    counts = []
    for slug in ("s001", "s002", "s003"):
        society = by_slug(session, slug)
        counts.append(len(session.scalars(select(Person.id).where(Person.society_id == society.id)).all()))
        assert first_broken(session, society.id) is None
    assert counts == [34, 33, 33]
    assert sum(told) == 100


def test_generating_drops_no_index_for_good(session, cast, monkeypatch):
    def indexes():
        return {item["name"] for item in inspect(session.connection()).get_indexes("membership")}

    before = indexes()
    monkeypatch.setattr(bulk, "_PAYS_FROM", 10)
    bulk.generate(session, 1, 50, 7, lambda count: None)
    assert indexes() == before
