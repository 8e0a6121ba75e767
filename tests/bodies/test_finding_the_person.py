"""Who is meant by what was typed for an officer."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies.candidates import one_member
from registry.core.errors import RuleBroken
from registry.memberships.services import Admit, admit
from registry.people.services import enter_person, read_facts

DAY = date(2026, 11, 24)


def meant(session, cast, typed, day=DAY):
    return one_member(session, cast.society.id, typed, day)


@pytest.mark.parametrize("typed", ["王富", "王 富", "王　富", "B00001", "b1", " B00001 "])
def test_a_number_or_a_name_means_one_member(session, cast, typed):
    assert meant(session, cast, typed).id == cast.wang.id


@pytest.mark.parametrize("typed", ["陳大文", "陈大文", "Chan Tai Man", "chan tai man"])
def test_a_name_is_found_in_every_script(session, cast, typed):
    assert meant(session, cast, typed).id == cast.chen.id


@pytest.fixture
def namesake(session, cast):
    """Another 王富, a member since 2024."""
    facts = read_facts({"name": "王富", "region": "内地", "employer": "燕山计算研究所"})
    person = enter_person(session, cast.society.id, facts.values)
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, date(2024, 1, 1), "B00777"))
    return person


def test_of_two_namesakes_the_refusal_lists_both_with_their_numbers(session, cast, namesake):
    with pytest.raises(RuleBroken) as refused:
        meant(session, cast, "王富")
    assert refused.value.field == "person"
    assert "2 位“王富”" in refused.value.reason
    assert "王富 B00001（北京星河大学）" in refused.value.reason
    assert "王富 B00777（燕山计算研究所）" in refused.value.reason
    assert meant(session, cast, "B00777").id == namesake.id


def test_only_the_one_who_is_a_member_on_the_day_is_meant(session, cast, namesake):
    assert meant(session, cast, "王富", date(2023, 6, 1)).id == cast.wang.id


def test_a_former_member_is_still_found(session, cast):
    assert meant(session, cast, "李明远").id == cast.li.id


def test_an_unknown_name_is_answered_with_those_alike(session, cast):
    with pytest.raises(RuleBroken, match="没有“欧阳晓”；相近的有 欧阳晓月"):
        meant(session, cast, "欧阳晓")
    with pytest.raises(RuleBroken, match=r"没有“赵敏行”$"):
        meant(session, cast, "赵敏行")


@pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1 --", " "])
def test_signs_of_the_database_mean_nobody(session, cast, typed):
    with pytest.raises(RuleBroken):
        meant(session, cast, typed)
