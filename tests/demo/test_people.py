"""Invented people could be real, and are nobody."""

from __future__ import annotations

from random import Random

import pytest

from registry.core.regions import Region
from registry.demo import people, work
from registry.demo.stock import stock
from registry.people.documents import check, contradictions
from registry.people.facts import read_facts
from registry.people.fields import FIELDS


def some(region, count=400, **how):
    rng = Random(f"people/{region}")
    trade = work.trade(rng, "computing", 20)
    return [people.invent(rng, trade, region, **how) for _ in range(count)]


@pytest.mark.parametrize("region", Region)
def test_every_fact_is_one_that_a_clerk_could_type(region):
    for somebody in some(region):
        facts = {key: value for key, value in somebody.facts.items() if key in FIELDS}
        read = read_facts(facts)
        assert read.errors == {}
        assert read.values == facts


@pytest.mark.parametrize("region", Region)
def test_documents_are_valid_and_agree_with_the_person(region):
    for somebody in some(region):
        facts = somebody.facts
        for paper in somebody.papers:
            proof = check(paper.kind, paper.number, paper.country)
            known = {key: facts[key] for key in ("region", "birth", "sex")}
            assert contradictions(proof, **known) == []
            assert proof.nationality in {None, facts["nationality"]}


def test_every_kind_of_document_is_there():
    kinds = {paper.kind for region in Region for somebody in some(region) for paper in somebody.papers}
    assert len(kinds) == 6


def test_no_document_lies_in_a_range_that_somebody_was_given():
    for somebody in some(Region.MAINLAND):
        for paper in somebody.papers:
            assert paper.number[2:6] == "0100" or paper.number.startswith("E0")


def test_nobody_is_called_as_one_who_is_known_to_all():
    known = set(stock("names")["known_to_all"])
    assert not known & {
        somebody.facts["name"] for somebody in some(Region.MAINLAND, 20_000, shows_papers=False)
    }


@pytest.mark.parametrize("region", [Region.HONGKONG, Region.MACAO, Region.TAIWAN])
def test_who_comes_from_afar_has_a_traditional_and_a_latin_name(region):
    for somebody in some(region):
        assert somebody.facts["name_traditional"]
        assert somebody.facts["name_latin"].isascii()


def test_foreigners_have_a_country_and_a_latin_name():
    countries = {somebody.facts["nationality"] for somebody in some(Region.FOREIGN)}
    assert len(countries) > 8
    assert "CN" not in countries
    assert all(somebody.facts["name_latin"] == somebody.facts["name"] for somebody in some(Region.FOREIGN))


def test_some_birthdays_are_known_in_part():
    known = [len(str(somebody.facts["birth"] or "")) for somebody in some(Region.MAINLAND, 2000)]
    assert {known.count(width) > 0 for width in (0, 4, 7, 10)} == {True}


def test_a_student_has_no_title_and_studies_at_a_university():
    for somebody in some(Region.MAINLAND, student=True):
        assert somebody.facts["title"] == ""
        assert somebody.facts["employer_kind"] == "university"


def test_the_same_seed_invents_the_same_people():
    assert some(Region.MAINLAND, 50) == some(Region.MAINLAND, 50)
