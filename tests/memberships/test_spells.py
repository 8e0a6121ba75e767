"""Spells of membership: admitted, changed, corrected, ended, voided; none overlaps, none is lost."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from registry.core.errors import RuleBroken, Stale
from registry.memberships import queries
from registry.memberships.models import EndReason, Membership, number_key
from registry.memberships.services import (
    Admit,
    Change,
    Correct,
    End,
    admit,
    change,
    correct,
    end,
    void,
)
from registry.memberships.units import EnterUnit, edit_unit, enter_unit, represent
from registry.people.facts import read_facts
from registry.people.services import enter_person

DAY = date(2026, 11, 24)


@pytest.fixture
def someone(session, cast):
    """A person who is no member yet."""
    return enter_person(session, cast.society.id, read_facts({"name": "新来者", "region": "内地"}).values)


def spells(session, person):
    return [
        (row.category.code, row.starts_on, row.ends_on)
        for row in queries.spells(session, person.society_id, person.id)
    ]


def corrected(spell, **fields):
    standing = {key: getattr(spell, key) for key in Correct.__dataclass_fields__ if hasattr(spell, key)}
    return Correct(**{**standing, "why": "据入会申请表", "version": spell.version, **fields})


def test_an_admitted_person_gets_the_next_number(session, cast, someone):
    spell = admit(session, cast.society, someone, Admit(cast.category["ordinary"].id, DAY))
    assert spell.number == queries.numbers(session, cast.society.id, someone.id)[0]
    assert int(spell.number.removeprefix("B")) > 1
    assert spell.number.lower() in someone.search_text


def test_the_next_number_counts_beyond_five_digits(session, cast, someone):
    admit(session, cast.society, someone, Admit(cast.category["ordinary"].id, DAY, number="B99999"))
    assert queries.next_number(session, cast.society) == "B100000"


def test_numbers_sort_by_their_digits():
    assert sorted(["B10", "B2", "b1", "A300"], key=number_key) == ["A300", "b1", "B2", "B10"]


def test_nobody_is_a_member_twice_at_a_time(session, cast):
    with pytest.raises(RuleBroken, match="重叠") as broken:
        admit(session, cast.society, cast.wang, Admit(cast.category["senior"].id, DAY))
    assert broken.value.field == "starts_on"


def test_who_left_may_come_back(session, cast):
    admit(
        session, cast.society, cast.li, Admit(cast.category["ordinary"].id, date(2025, 7, 1), number="B00005")
    )
    assert len(spells(session, cast.li)) == 2


def test_a_number_belongs_to_one_person(session, cast, someone):
    with pytest.raises(RuleBroken) as broken:
        admit(session, cast.society, someone, Admit(cast.category["ordinary"].id, DAY, number="B00001"))
    assert broken.value.field == "number"


def test_a_category_of_another_society_or_of_units_is_refused(session, cast, someone):
    with pytest.raises(RuleBroken):
        admit(session, cast.society, someone, Admit(cast.category["unit"].id, DAY))
    with pytest.raises(RuleBroken):
        admit(session, cast.other, someone, Admit(cast.category["ordinary"].id, DAY))


def test_a_branch_of_another_society_is_refused(session, cast, someone):
    command = Admit(cast.category["ordinary"].id, DAY, branch_id=cast.other_branch.id)
    with pytest.raises(RuleBroken):
        admit(session, cast.society, someone, command)


def test_a_change_ends_one_spell_and_begins_the_next(session, cast):
    before = cast.wang_member
    after = change(session, before, Change(DAY, cast.category["senior"].id, cast.branch2.id))
    assert (before.ends_on, before.end_reason) == (DAY, EndReason.CHANGED)
    assert (after.starts_on, after.number, after.branch.code) == (DAY, before.number, cast.branch2.code)
    assert after.state_on(DAY) == "active"


def test_a_change_on_the_first_day_edits_the_spell(session, cast):
    spell = cast.wang_member
    assert change(session, spell, Change(spell.starts_on, cast.category["senior"].id, None)) is spell
    assert spell.category.code == "senior"


def test_a_change_outside_the_spell_or_of_nothing_is_refused(session, cast):
    spell = cast.wang_member
    with pytest.raises(RuleBroken):
        change(session, spell, Change(date(2000, 1, 1), cast.category["senior"].id, None))
    with pytest.raises(RuleBroken):
        change(session, spell, Change(DAY, spell.category_id, spell.branch_id))


def test_a_change_made_against_an_older_state_is_stale(session, cast):
    spell = cast.wang_member
    with pytest.raises(Stale):
        change(session, spell, Change(DAY, cast.category["senior"].id, None, version=spell.version - 1))


def test_an_end_in_the_future_takes_effect_on_its_day(session, cast):
    spell = end(session, cast.wang_member, End(date(2027, 1, 1), EndReason.RESIGNED))
    assert spell.state_on(date(2026, 12, 31)) == "active"
    assert spell.state_on(date(2027, 1, 1)) == EndReason.RESIGNED


def test_what_ended_is_not_ended_again_but_can_be_corrected(session, cast):
    spell = cast.li_member
    with pytest.raises(RuleBroken, match="更正"):
        end(session, spell, End(DAY, EndReason.EXPELLED))
    correct(session, spell, corrected(spell, ends_on=date(2025, 8, 1)))
    assert spell.ends_on == date(2025, 8, 1)


def test_a_correction_needs_its_reason(session, cast):
    with pytest.raises(RuleBroken) as broken:
        correct(session, cast.wang_member, corrected(cast.wang_member, why=" "))
    assert broken.value.field == "why"


def test_an_end_and_its_reason_go_together(session, cast):
    with pytest.raises(RuleBroken) as broken:
        correct(session, cast.wang_member, corrected(cast.wang_member, ends_on=DAY))
    assert broken.value.field == "end_reason"


def test_a_correction_may_not_overlap_another_spell(session, cast):
    again = Admit(cast.category["ordinary"].id, date(2026, 1, 1), number="B00005")
    admit(session, cast.society, cast.li, again)
    with pytest.raises(RuleBroken, match="重叠"):
        correct(session, cast.li_member, corrected(cast.li_member, ends_on=date(2026, 2, 1)))


def test_a_voided_spell_holds_on_no_day_and_stays_on_record(session, cast):
    spell = void(session, cast.wang_member, "录入时认错了人")
    assert spell.state_on(DAY) == EndReason.VOIDED
    assert not queries.member_on(session, cast.society.id, cast.wang.id, date(2015, 1, 1))
    assert len(spells(session, cast.wang)) == 1


def test_the_database_guards_against_overlap_by_itself(session, cast):
    row = {
        "society_id": cast.society.id,
        "person_id": cast.wang.id,
        "category_id": cast.category["ordinary"].id,
        "number": "B77777",
        "starts_on": date(2012, 1, 1),
        "ends_on": date(2013, 1, 1),
        "end_reason": EndReason.RESIGNED,
        "version": 1,
    }
    with pytest.raises(IntegrityError):
        session.execute(insert(Membership).values(row))
    session.rollback()


def test_a_unit_has_a_code_that_checks(session, cast):
    with pytest.raises(RuleBroken, match="校验"):
        enter_unit(session, cast.society, EnterUnit("某某公司", "91110000100000000X"))


def test_a_unit_has_one_representative_at_a_time(session, cast):
    represent(session, cast.unit, cast.wang, DAY)
    assert queries.representative_on(session, cast.society.id, cast.unit.id, DAY).person_id == cast.wang.id
    before = queries.representative_on(session, cast.society.id, cast.unit.id, date(2026, 11, 23))
    assert before.person_id == cast.chen.id


def test_a_unit_edited_against_an_older_state_is_stale(session, cast):
    with pytest.raises(Stale):
        edit_unit(session, cast.unit, EnterUnit("新名称"), cast.unit.version - 1)


@pytest.mark.parametrize("number", ["2019/001", "B 1", "B?1", "B#1", "new", "会员", "9" * 41, "B%31"])
def test_a_number_that_no_address_can_hold_is_refused(session, cast, someone, number):
    with pytest.raises(RuleBroken) as broken:
        admit(session, cast.society, someone, Admit(cast.category["ordinary"].id, DAY, number=number))
    assert broken.value.field == "number"
