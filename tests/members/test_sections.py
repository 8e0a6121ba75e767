"""Sections edited in place: kept where wrong, told where stale, saved with their reason."""

from __future__ import annotations

import json

import pytest

CONTACT = "/societies/bjcs/members/B00001/sections/contact"
IDENTITY = "/societies/bjcs/members/B00001/sections/identity"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def posted(person, **facts):
    """A form as the page sends it: with what was shown."""
    shown = {key: getattr(person, key) for key in facts}
    return {**facts, "version": person.version, "was": json.dumps(shown)}


def test_the_form_comes_as_a_part_or_on_a_page_of_its_own(staff, cast):
    part, whole = staff.part(f"{CONTACT}?edit=1"), staff.get(f"{CONTACT}?edit=1")
    assert part.status_code == whole.status_code == 200
    assert "<html" not in part.text
    assert "<html" in whole.text
    assert 'value="13800000001"' in part.text


def test_a_save_answers_the_section_to_htmx_and_the_way_back_to_a_plain_browser(staff, cast, session):
    answer = staff.post_part(CONTACT, posted(cast.wang, phone="13911112222"))
    assert answer.status_code == 200
    assert "13911112222" in answer.text
    assert "<form" not in answer.text
    answer = staff.post(CONTACT, data=posted(cast.wang, phone="13911113333"))
    assert (answer.status_code, answer.location) == (303, "/societies/bjcs/members/B00001#section-contact")
    assert cast.wang.phone == "13911113333"


def test_what_was_typed_stays_with_the_error_at_its_field(staff, cast):
    answer = staff.post_part(CONTACT, posted(cast.wang, phone="13911112222", email="不是邮箱"))
    assert answer.status_code == 422
    assert 'value="13911112222"' in answer.text
    assert 'value="不是邮箱"' in answer.text
    assert 'id="email-error"' in answer.text
    assert cast.wang.phone == "13800000001"


def test_facts_that_were_not_sent_stay_as_they_are(staff, cast):
    staff.post(CONTACT, data={"phone": "13911112222"})
    assert (cast.wang.phone, cast.wang.email) == ("13911112222", "wang@example.cn")


def test_disciplines_can_all_be_taken_away(staff, cast):
    url = "/societies/bjcs/members/B00001/sections/expertise"
    staff.post(url, data={"disciplines": ""})
    assert cast.wang.disciplines == ()


def test_a_rule_that_is_broken_stands_at_the_field(staff, cast):
    answer = staff.post_part(IDENTITY, posted(cast.wang, nationality="GB"))
    assert answer.status_code == 422
    assert 'id="nationality-error"' in answer.text


def test_a_stale_save_answers_both_values_and_a_choice(staff, cast, sign_in):
    mine = posted(cast.wang, phone="13733334444")
    sign_in("admin").post(CONTACT, data=posted(cast.wang, phone="13911112222"))
    answer = staff.post_part(CONTACT, mine)
    assert answer.status_code == 409
    assert "13733334444" in answer.text
    assert "13911112222" in answer.text
    assert 'name="keep-phone" value="theirs"' in answer.text
    assert cast.wang.phone == "13911112222"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "13733334444"), ("theirs", "13911112222")])
def test_the_choice_decides(choice, kept, staff, cast, sign_in):
    sign_in("admin").post(CONTACT, data=posted(cast.wang, phone="13911112222"))
    cast.wang  # noqa: B018 - the row is read anew
    mine = {**posted(cast.wang, phone="13733334444"), "phone": "13733334444", "keep-phone": choice}
    assert staff.post_part(CONTACT, mine).status_code == 200
    assert cast.wang.phone == kept


def test_another_persons_save_of_another_fact_is_no_conflict(staff, cast, sign_in):
    mine = posted(cast.wang, phone="13733334444")
    sign_in("admin").post(CONTACT, data=posted(cast.wang, address="海淀区中关村"))
    assert staff.post_part(CONTACT, mine).status_code == 200
    assert (cast.wang.phone, cast.wang.address) == ("13733334444", "海淀区中关村")


def test_a_new_name_also_changes_the_head_of_the_page(staff, cast):
    answer = staff.post_part(IDENTITY, posted(cast.wang, name="王富贵"))
    assert 'id="person-head" hx-swap-oob="true"' in answer.text
    assert cast.wang_member.sort_pinyin == cast.wang.sort_pinyin


@pytest.mark.parametrize("username", ["auditor", "supervisor", "member", "staff2"])
def test_others_change_nothing(username, sign_in, cast):
    assert sign_in(username).post(CONTACT, data={"phone": "1"}).status_code in (
        {403, 404} if username == "staff2" else {403}
    )
    assert cast.wang.phone == "13800000001"


def test_branch_staff_change_contact_but_not_the_identity(sign_in, cast):
    assert sign_in("branch").post(CONTACT, data={"phone": "13911112222"}).status_code == 303
    assert sign_in("branch").post(IDENTITY, data={"name": "王贵"}).status_code == 403
    assert (cast.wang.phone, cast.wang.name) == ("13911112222", "王富")


def test_a_section_that_is_none_is_not_found(staff):
    assert staff.get("/societies/bjcs/members/B00001/sections/secrets").status_code == 404
