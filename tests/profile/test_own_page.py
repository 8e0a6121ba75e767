"""A member's own page: all that is held, and exactly what the member corrects."""

from __future__ import annotations

import json
from datetime import date

import pytest

from registry.accounts.services import GiveRole, give_role
from registry.core.policy import Role
from tests.cast import WANG_ID


@pytest.fixture
def member(sign_in):
    return sign_in("member")


def test_a_member_sees_all_that_is_held(member):
    text = member.get("/me").text
    for words in (
        "王富",
        "B00001",
        "13800000001",
        "北京星河大学",
        "汉族",
        "普通会员",
        "理事会 第 8 届",
        "••••••0014",
    ):
        assert words in text
    assert WANG_ID not in text


@pytest.mark.parametrize(
    ("section", "fact", "value"),
    [
        ("contact", "email", "new@example.cn"),
        ("work", "employer", "燕山大学"),
        ("work", "position", "研究员"),
    ],
)
def test_a_member_corrects_contact_and_employer(section, fact, value, member, cast):
    answer = member.post_part(f"/me/bjcs/sections/{section}", {fact: value})
    assert answer.status_code == 200
    assert value in answer.text
    assert getattr(cast.wang, fact) == value


def test_a_member_corrects_the_disciplines(member, cast):
    assert member.post("/me/bjcs/sections/expertise", data={"disciplines": ["", "110"]}).status_code == 303
    assert cast.wang.disciplines == ("110",)


@pytest.mark.parametrize(
    ("section", "fact", "value"),
    [
        ("work", "employer_kind", "enterprise"),
        ("work", "grassroots", "no"),
        ("expertise", "title", "院士"),
        ("expertise", "degree", "学士"),
    ],
)
def test_the_rest_of_a_section_is_shown_and_not_taken(section, fact, value, member, cast):
    before = getattr(cast.wang, fact)
    form = member.part(f"/me/bjcs/sections/{section}?edit=1").text
    assert f'name="{fact}"' not in form
    member.post(f"/me/bjcs/sections/{section}", data={fact: value})
    assert getattr(cast.wang, fact) == before


def test_the_identity_is_not_the_members_to_change(member, cast):
    assert member.post("/me/bjcs/sections/identity", data={"name": "王贵"}).status_code == 403
    assert cast.wang.name == "王富"


def test_what_was_typed_stays_where_it_is_wrong(member):
    answer = member.post_part("/me/bjcs/sections/contact", {"email": "不是邮箱"})
    assert answer.status_code == 422
    assert 'value="不是邮箱"' in answer.text


def test_a_save_made_against_an_older_state_asks_which_to_keep(member, sign_in, cast):
    shown = {"phone": cast.wang.phone}
    mine = {"phone": "13733334444", "version": cast.wang.version, "was": json.dumps(shown)}
    sign_in("staff").post("/societies/bjcs/members/B00001/sections/contact", data={"phone": "13911112222"})
    answer = member.post_part("/me/bjcs/sections/contact", mine)
    assert answer.status_code == 409
    assert 'name="keep-phone"' in answer.text


def test_a_change_by_others_is_told(member, sign_in):
    data = {"employer": "燕山大学", "reason": "据单位来函"}
    sign_in("staff").post("/societies/bjcs/members/B00001/sections/work", data=data)
    text = member.get("/me").text
    assert "据单位来函" in text
    assert "秘书处刘老师" in text


def test_a_member_of_two_societies_finds_both(member, session, cast):
    grant = GiveRole(Role.MEMBER, date(2020, 1, 1), society_id=cast.other.id, person_id=cast.zhao.id)
    give_role(session, cast.member_account, grant)
    session.commit()
    assert 'href="/me/bjme"' in member.get("/me").text
    assert "赵敏行" in member.get("/me/bjme").text
    member.post("/me/bjme/sections/contact", data={"phone": "13500000000"})
    assert (cast.zhao.phone, cast.wang.phone) == ("13500000000", "13800000001")


def test_another_society_holds_nothing_of_the_member(member):
    assert member.get("/me/bjme").status_code == 404


@pytest.mark.parametrize("username", ["staff", "branch", "auditor", "supervisor"])
def test_who_is_no_member_has_no_own_page(username, sign_in):
    assert sign_in(username).get("/me").status_code == 403
    assert sign_in(username).get("/me/bjcs").status_code in {403, 404}
