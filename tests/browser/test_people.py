"""A member's page and the reader's own: sections edited in place, and the same without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.people.services import EditPerson, edit_person

WANG = "/societies/bjcs/members/B00001"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def section(page, key):
    return page.locator(f"#section-{key}")


@SCRIPT
def test_the_staff_edit_a_section_in_place(visit, session, cast, script):
    page = visit("staff", WANG, java_script_enabled=script)
    section(page, "contact").get_by_role("link", name="修改").click()
    page.get_by_label("电话").fill("没有电话")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#phone-error")).to_contain_text("没有电话")
    expect(page.get_by_label("电话")).to_have_value("没有电话")
    page.get_by_label("电话").fill("13800000066")
    page.get_by_role("button", name="保存").click()
    expect(section(page, "contact")).to_contain_text("13800000066")
    expect(page.locator(".history").last).to_contain_text("13800000066")
    expect(page).to_have_url(re.compile(WANG))
    assert cast.wang.phone == "13800000066"


@SCRIPT
def test_two_editors_of_one_section_choose_between_both_values(visit, session, cast, script):
    page = visit("staff", WANG, java_script_enabled=script)
    section(page, "contact").get_by_role("link", name="修改").click()
    expect(page.get_by_label("电话")).to_be_visible()
    edit_person(session, cast.wang, EditPerson({"phone": "13800000001 转 2"}), ["B00001"])
    session.commit()
    page.get_by_label("电话").fill("13800000077")
    page.get_by_role("button", name="保存").click()
    conflict = page.locator("fieldset.conflict")
    expect(conflict).to_contain_text("13800000077")
    expect(conflict).to_contain_text("13800000001 转 2")
    conflict.get_by_text("采用别人改的").click()
    page.get_by_role("button", name="保存").click()
    expect(section(page, "contact")).to_contain_text("13800000001 转 2")


@SCRIPT
def test_members_correct_their_own_contact_and_nothing_else(visit, session, cast, script):
    page = visit("member", "/me", java_script_enabled=script)
    expect(section(page, "identity").get_by_role("link", name="修改")).to_have_count(0)
    section(page, "contact").get_by_role("link", name="修改").click()
    page.get_by_label("邮箱").fill("new@example.cn")
    page.get_by_role("button", name="保存").click()
    expect(section(page, "contact")).to_contain_text("new@example.cn")
    assert cast.wang.email == "new@example.cn"


@SCRIPT
def test_a_document_is_shown_in_clear_for_a_reason_that_its_holder_reads(visit, script):
    page = visit("staff", WANG, java_script_enabled=script)
    expect(page.locator("main")).not_to_contain_text("110108196503080014")
    page.locator("a[href*='reveal']").first.click()
    page.get_by_label("原因").fill("换届选举前核对")
    page.locator("form[action*='reveal'] button, form.form button").last.click()
    expect(page.locator("main")).to_contain_text(re.compile("110108 ?19650308 ?0014"))
    own = visit("member", "/me", java_script_enabled=script)
    expect(own.locator("#looks")).to_contain_text("换届选举前核对")
    expect(own.locator("#looks")).to_contain_text("秘书处刘老师")


@SCRIPT
def test_a_new_member_is_entered_and_stands_in_the_roster(visit, script):
    page = visit("staff", "/societies/bjcs/members/new", java_script_enabled=script)
    page.get_by_role("button", name="登记").last.click()
    expect(page).to_have_url(re.compile("/new"))
    page.locator("#name").fill("夏荷")
    page.get_by_role("button", name="登记").last.click()
    expect(page).to_have_url(re.compile(r"/members/B\d+$"))
    expect(page.locator("h1")).to_contain_text(re.compile("夏.?荷"))


@SCRIPT
def test_the_staff_end_a_membership(visit, session, cast, script):
    page = visit("staff", "/societies/bjcs/members/B00004", java_script_enabled=script)
    page.locator("a[href$='/end']").first.click()
    page.locator("#reason").select_option(label="退会")
    page.locator("form[action*='/end'] button, main form button").last.click()
    expect(page.locator("#reason")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/members/B00004(#.*)?$"))
    expect(page.locator("main")).to_contain_text("退会")
    assert cast.mary_member.end_reason == "resigned"


def test_a_supervisor_reads_societies_and_writes_nothing(visit):
    page = visit("supervisor", "/supervision/-/figures")
    for name in ("北京星河计算机学会", "北京长城机械学会"):
        expect(page.locator("main").get_by_role("link", name=name)).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("北京云上统计学会")
    page.locator("main").get_by_role("link", name="北京星河计算机学会").click()
    expect(page.locator("main")).to_contain_text("欧阳晓月")
    expect(page.locator("main form")).to_have_count(0)


def test_the_frame_is_reached_by_keyboard_alone(visit):
    page = visit("staff", "/societies/bjcs/members/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
