"""Unit members: listed, entered, edited, and represented by a member from when to when."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.memberships.models import Representative, Unit
from registry.memberships.queries import representative_on
from registry.memberships.units import EnterUnit, enter_unit
from registry.units.services import Represent, find_person, set_representative, stand_down

UNITS = "/societies/bjcs/units/"
PAGE = f"{UNITS}U001"
DAY = date(2026, 11, 24)


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


@pytest.fixture
def typed(cast):
    return {
        "name": "燕山计算研究所",
        "credit_code": "",
        "kind": "institute",
        "region": "CN",
        "category_id": cast.category["unit"].id,
        "branch_id": "",
        "starts_on": "2026-11-01",
    }


def test_the_list_names_the_representative_on_the_day(staff, session, cast):
    set_representative(session, cast.unit, Represent("王富", date(2026, 1, 1)))
    session.commit()
    assert "王富" in staff.get(UNITS).text
    assert "陳大文" in staff.get(f"{UNITS}?on=2025-06-30").text


def test_the_list_is_searched_by_name_and_number(staff):
    assert "U001" in staff.part(f"{UNITS}?q=芯片").text
    assert "U001" in staff.part(f"{UNITS}?q=U001").text
    assert "U001" not in staff.part(f"{UNITS}?q=大学").text


def test_a_unit_that_left_is_in_the_other_list(staff, cast):
    url = f"{PAGE}/memberships/{cast.unit_member.id}/end"
    assert staff.post(url, data={"on": "2026-11-01", "reason": "resigned"}).status_code == 303
    assert "U001" not in staff.get(UNITS).text
    assert "U001" in staff.get(f"{UNITS}?state=ended").text
    assert "U001" in staff.get(f"{UNITS}?on=2026-10-31").text


def test_a_unit_is_entered_with_its_representative(staff, typed, session, cast):
    answer = staff.post(f"{UNITS}new", data={**typed, "person": "B00001"})
    assert answer.status_code == 303
    unit = session.scalars(select(Unit).where(Unit.name == "燕山计算研究所")).one()
    acting = representative_on(session, cast.society.id, unit.id, DAY)
    assert (acting.person_id, acting.starts_on) == (cast.wang.id, date(2026, 11, 1))


def test_nothing_is_entered_where_the_representative_is_nobody(staff, typed, session):
    answer = staff.post_part(f"{UNITS}new", {**typed, "person": "查无此人"})
    assert answer.status_code == 422
    assert 'id="person-error"' in answer.text
    assert 'value="燕山计算研究所"' in answer.text
    assert session.scalars(select(Unit).where(Unit.name == "燕山计算研究所")).first() is None


def test_the_same_unit_is_not_entered_twice(staff, typed):
    answer = staff.post_part(f"{UNITS}new", {**typed, "name": "北京星河芯片有限公司"})
    assert answer.status_code == 422
    assert "U001" in answer.text


def test_a_wrong_credit_code_is_told_at_its_field(staff, typed):
    answer = staff.post_part(f"{UNITS}new", {**typed, "credit_code": "91110000100000000X"})
    assert answer.status_code == 422
    assert 'id="credit_code-error"' in answer.text


def test_facts_are_edited_in_place(staff, cast):
    form = staff.part(f"{PAGE}/facts?edit=1")
    assert 'value="北京星河芯片有限公司"' in form.text
    data = {
        "name": "北京星河芯片股份有限公司",
        "kind": "enterprise",
        "region": "",
        "version": cast.unit.version,
    }
    answer = staff.post_part(f"{PAGE}/facts?edit=1", data)
    assert answer.status_code == 200
    assert "股份" in answer.text
    assert "<form" not in answer.text


def test_a_stale_save_tells_what_stands_now(staff, cast):
    data = {
        "name": "北京星河半导体有限公司",
        "kind": "enterprise",
        "region": "",
        "version": cast.unit.version - 1,
    }
    answer = staff.post_part(f"{PAGE}/facts?edit=1", data)
    assert answer.status_code == 409
    assert "现在是：北京星河芯片有限公司" in answer.text
    assert "北京星河半导体有限公司" in answer.text
    assert cast.unit.name == "北京星河芯片有限公司"


def test_a_new_representative_ends_the_one_before(staff, session, cast):
    data = {"person": "王富", "starts_on": "2026-11-01"}
    assert staff.post(f"{PAGE}/representatives", data=data).status_code == 303
    rows = session.scalars(select(Representative).order_by(Representative.starts_on)).all()
    spells = [(row.person_id, row.starts_on, row.ends_on) for row in rows]
    assert spells == [
        (cast.chen.id, date(2019, 1, 1), date(2026, 11, 1)),
        (cast.wang.id, date(2026, 11, 1), None),
    ]


def test_a_new_representative_cannot_begin_before_the_present_one(session, cast):
    with pytest.raises(RuleBroken) as refusal:
        set_representative(session, cast.unit, Represent("王富", date(2018, 1, 1)))
    assert refusal.value.field == "starts_on"


def test_a_representative_stands_down_once(staff, session, cast):
    url = f"{PAGE}/representatives/{cast.representative.id}/end"
    assert staff.post(url, data={"on": "2026-11-01"}).status_code == 303
    assert representative_on(session, cast.society.id, cast.unit.id, DAY) is None
    with pytest.raises(RuleBroken):
        stand_down(session, cast.representative, DAY)


def test_a_representative_is_a_member_of_the_same_society(session, cast):
    assert find_person(session, cast.society.id, "B00001", DAY).id == cast.wang.id
    assert find_person(session, cast.society.id, "王　富", DAY).id == cast.wang.id
    for nobody in ("赵敏行", "李明远"):
        with pytest.raises(RuleBroken):
            find_person(session, cast.society.id, nobody, DAY)


def test_representatives_of_another_unit_are_not_found_here(staff, session, cast):
    unit = enter_unit(session, cast.society, EnterUnit("另一单位"))
    row = set_representative(session, unit, Represent("王富", DAY))
    session.commit()
    assert staff.get(f"{PAGE}/representatives/{row.id}/end").status_code == 404


def test_the_auditor_reads_and_branch_staff_see_units_of_their_own_branch_alone(sign_in):
    text = sign_in("auditor").get(PAGE).text
    assert "陳大文" in text
    assert "更换代表" not in text
    assert sign_in("branch").get(PAGE).status_code == 403
    assert "U001" not in sign_in("branch").get(UNITS).text


@pytest.mark.parametrize("username", ["branch", "auditor", "member", "supervisor", "staff2"])
def test_others_change_nothing(username, sign_in, cast):
    client = sign_in(username)
    end = f"representatives/{cast.representative.id}/end"
    for deed in ("facts", "representatives", end, f"memberships/{cast.unit_member.id}/void"):
        assert client.post(f"{PAGE}/{deed}", data={"why": "x"}).status_code in (
            {403, 404} if username == "staff2" else {403}
        )
