"""The deeds on a spell of membership, as a page asks for them."""

from __future__ import annotations

from datetime import date

import pytest

from registry.memberships.models import EndReason
from registry.memberships.queries import spells

WANG = "/societies/bjcs/members/B00001"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def of_wang(session, cast):
    return spells(session, cast.society.id, cast.wang.id)


def test_a_change_ends_one_spell_and_begins_the_next(staff, cast, session):
    url = f"{WANG}/memberships/{cast.wang_member.id}/change"
    data = {"on": "2026-01-01", "category_id": cast.category["senior"].id, "branch_id": "", "why": "晋升"}
    assert staff.post(url, data=data).status_code == 303
    newest, before = of_wang(session, cast)
    assert (newest.category.code, newest.branch_id, newest.starts_on) == ("senior", None, date(2026, 1, 1))
    assert (before.ends_on, before.end_reason) == (date(2026, 1, 1), EndReason.CHANGED)


def test_a_change_of_nothing_is_refused_at_the_category(staff, cast):
    url = f"{WANG}/memberships/{cast.wang_member.id}/change"
    spell = cast.wang_member
    data = {"on": "2026-01-01", "category_id": spell.category_id, "branch_id": spell.branch_id}
    answer = staff.post_part(url, data)
    assert answer.status_code == 422
    assert 'id="category_id-error"' in answer.text


def test_who_resigns_stays_on_record_and_can_return(staff, cast, session):
    url = f"{WANG}/memberships/{cast.wang_member.id}/end"
    answer = staff.post_part(url, {"on": "2026-11-01", "reason": "resigned", "why": "本人申请"})
    assert (answer.status_code, answer.headers["HX-Location"]) == (204, f"{WANG}#memberships")
    assert "重新入会" in staff.get(WANG).text
    again = {"category_id": cast.category["ordinary"].id, "starts_on": "2026-11-20"}
    assert staff.post(f"{WANG}/memberships", data=again).status_code == 303
    assert [row.number for row in of_wang(session, cast)] == ["B00001", "B00001"]


def test_a_correction_wants_its_reason(staff, cast):
    spell = cast.wang_member
    url = f"{WANG}/memberships/{spell.id}/correct"
    data = {"category_id": spell.category_id, "branch_id": "", "number": "B00001"}
    data |= {"starts_on": "2011-05-04", "ends_on": "", "end_reason": ""}
    answer = staff.post_part(url, data)
    assert answer.status_code == 422
    assert 'id="why-error"' in answer.text
    assert staff.post(url, data={**data, "why": "据申请表"}).status_code == 303
    assert cast.wang_member.starts_on == date(2011, 5, 4)


def test_a_stale_deed_tells_what_stands_now(staff, cast):
    spell = cast.wang_member
    url = f"{WANG}/memberships/{spell.id}/end"
    data = {"on": "2026-11-01", "reason": "resigned", "version": spell.version - 1}
    answer = staff.post_part(url, data)
    assert answer.status_code == 409
    assert f'name="version" type="hidden" value="{spell.version}"' in answer.text
    assert "普通会员 人工智能专业委员会" in answer.text
    assert cast.wang_member.ends_on is None


def test_what_was_never_true_is_voided_and_stays(staff, cast, session):
    url = f"{WANG}/memberships/{cast.wang_member.id}/void"
    assert staff.post(url, data={"why": ""}).status_code == 422
    assert staff.post(url, data={"why": "误录"}).status_code == 303
    (spell,) = of_wang(session, cast)
    assert spell.end_reason == EndReason.VOIDED
    assert "作废" in staff.get(WANG).text


def test_another_members_spell_is_not_found_under_this_number(staff, cast):
    assert staff.get(f"{WANG}/memberships/{cast.chen_member.id}/end").status_code == 404


def test_rights_follow_the_branch_in_force(sign_in, staff, cast):
    url = f"{WANG}/memberships/{cast.wang_member.id}/change"
    spell = cast.wang_member
    data = {"on": "2026-06-01", "category_id": spell.category_id, "branch_id": cast.branch2.id}
    assert sign_in("branch").get(WANG).status_code == 200
    staff.post(url, data=data)
    assert sign_in("branch").get(WANG).status_code == 403


def test_a_change_to_come_does_not_yet_move_the_rights(sign_in, staff, cast):
    url = f"{WANG}/memberships/{cast.wang_member.id}/change"
    spell = cast.wang_member
    data = {"on": "2027-06-01", "category_id": spell.category_id, "branch_id": cast.branch2.id}
    staff.post(url, data=data)
    assert sign_in("branch").get(WANG).status_code == 200


@pytest.mark.parametrize("username", ["branch", "auditor", "member", "supervisor", "staff2"])
@pytest.mark.parametrize("deed", ["change", "end", "correct", "void"])
def test_others_do_none_of_it(username, deed, sign_in, cast):
    url = f"{WANG}/memberships/{cast.wang_member.id}/{deed}"
    assert sign_in(username).post(url, data={"why": "x"}).status_code in (
        {403, 404} if username == "staff2" else {403}
    )
