"""Choosing rows and doing one thing for all: by mouse, by keyboard, on a telephone, without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.tags import queries as tags
from tests.browser.axe import faults_of

ROSTER = "/societies/bjcs/members/"


@pytest.fixture
def roster(visit):
    """The roster in a secretary's window."""
    return visit("staff", ROSTER)


def pick(page, name):
    return page.get_by_role("checkbox", name=name, exact=True)


def said(page):
    return page.locator(".chosen-bar [data-count]")


def test_rows_are_chosen_one_by_one_by_range_and_by_page(roster):
    expect(roster.locator(".chosen-bar")).to_be_hidden()
    pick(roster, "王富").click()
    expect(said(roster)).to_have_text("已选 1 人")
    pick(roster, "Mary Shelton").click(modifiers=["Shift"])
    expect(said(roster)).to_have_text("已选 4 人")
    pick(roster, "陳大文").click()
    expect(said(roster)).to_have_text("已选 3 人")
    roster.get_by_role("checkbox", name="本页全选").check()
    expect(said(roster)).to_have_text("已选 4 人")
    roster.get_by_role("button", name="取消选择").click()
    expect(roster.locator(".chosen-bar")).to_be_hidden()
    expect(pick(roster, "王富")).not_to_be_checked()


def test_space_chooses_the_row_where_the_focus_is(roster):
    roster.locator("tr", has_text="B00001").locator(".col-employer a").focus()
    roster.keyboard.press(" ")
    expect(pick(roster, "王富")).to_be_checked()
    expect(roster.locator("tr", has_text="B00001")).to_have_attribute("aria-selected", "true")
    roster.keyboard.press("ArrowDown")
    roster.keyboard.press("ArrowDown")
    roster.keyboard.press("Shift+ ")
    expect(said(roster)).to_have_text("已选 3 人")


def test_who_was_chosen_stays_chosen_through_filters(roster):
    pick(roster, "王富").click()
    roster.locator("#roster-q").fill("mary")
    expect(roster.locator("#roster tbody tr")).to_have_count(1)
    pick(roster, "Mary Shelton").click()
    expect(said(roster)).to_have_text("已选 2 人（1 人在别的页）")
    roster.get_by_role("button", name="加标签").click()
    expect(roster.get_by_text("选定 2 人")).to_be_visible()


def test_all_that_match_are_said_held_shown_and_changed_and_taken_back(roster, session, cast):
    pick(roster, "王富").click()
    roster.get_by_role("button", name=re.compile("全部符合筛选的 4 人")).click()
    expect(said(roster)).to_have_text("已选全部符合筛选的 4 人")
    roster.get_by_role("button", name="改类别").click()
    expect(roster.get_by_text("选定 4 人")).to_be_visible()
    roster.get_by_label("会员类别改为").select_option(label="高级会员")
    roster.get_by_label("事由").fill("换届前核定")
    roster.get_by_role("button", name="看看会改什么").click()
    expect(roster.get_by_text("会改的 3 人")).to_be_visible()
    expect(roster.get_by_text("原本就是“高级会员”")).to_be_visible()
    roster.get_by_role("button", name="确认，改 3 人").click()
    expect(roster.get_by_text("已办 3 人，记为日志里的一条。")).to_be_visible()
    roster.get_by_role("link", name="回到名册").click()
    expect(roster.locator("#roster .col-category").filter(has_text="高级会员")).to_have_count(4)
    expect(roster.locator(".chosen-bar")).to_be_hidden()
    roster.go_back()
    roster.get_by_role("button", name="整条撤销").click()
    expect(roster.locator("#roster .col-category").filter(has_text="高级会员")).to_have_count(1)


def test_by_keyboard_alone(roster, session, cast):
    pick(roster, "王富").focus()
    roster.keyboard.press("Space")
    roster.get_by_role("button", name="加标签").focus()
    roster.keyboard.press("Enter")
    roster.get_by_label("加上标签").fill("专家库")
    roster.keyboard.press("Enter")
    roster.get_by_role("button", name="确认，改 1 人").focus()
    roster.keyboard.press("Enter")
    expect(roster.get_by_text("已办 1 人")).to_be_visible()
    roster.goto(f"{ROSTER}B00001")
    expect(roster.locator("#tags")).to_contain_text("专家库")


def test_on_a_telephone_the_bar_stands_over_the_navigation(visit):
    page = visit("staff", ROSTER, width=390)
    page.get_by_role("checkbox", name="本页全选").check()
    expect(said(page)).to_have_text("已选 4 人")
    bar, nav = page.locator(".chosen-bar").bounding_box(), page.locator("nav.bottom").bounding_box()
    assert bar["y"] + bar["height"] <= nav["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="导出").click()
    expect(page.get_by_text("选定 4 人")).to_be_visible()


def test_without_script_the_ticked_and_all_that_match(visit, session, cast):
    page = visit("staff", ROSTER, java_script_enabled=False)
    pick(page, "王富").check()
    pick(page, "陳大文").check()
    page.get_by_role("button", name="加标签").click()
    page.get_by_label("加上标签").fill("专家库")
    page.get_by_role("button", name="看看会改什么").click()
    page.get_by_role("button", name="确认，改 2 人").click()
    expect(page.get_by_text("已办 2 人")).to_be_visible()
    tag = tags.by_name(session, cast.society.id, "专家库")
    assert [row.id for row in tags.of_person(session, cast.society.id, cast.chen.id)] == [tag.id]
    session.commit()
    page.goto(f"{ROSTER}?region=CN")
    page.get_by_role("button", name=re.compile("全部符合筛选的 2 人")).click()
    expect(page.get_by_text("选定 2 人")).to_be_visible()
    expect(page.get_by_role("link", name="改类别")).to_be_visible()


def test_branch_staff_are_offered_what_they_may(visit):
    page = visit("branch", ROSTER)
    pick(page, "王富").click()
    expect(page.locator(".chosen-acts button")).to_have_text(
        ["加标签", "去标签", "改一项资料", "导出", "写信"]
    )
    auditor = visit("auditor", ROSTER)
    expect(auditor.locator(".pick")).to_have_count(0)


def test_tags_are_added_and_taken_off_on_the_page_of_a_member(visit):
    page = visit("staff", f"{ROSTER}B00001")
    page.get_by_label("加标签").fill("评审专家")
    page.get_by_label("加标签").press("Enter")
    expect(page.locator(".tag")).to_have_text(re.compile("评审专家"))
    page.get_by_role("button", name="去掉标签“评审专家”").click()
    expect(page.locator(".tag")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_where_rows_are_chosen_and_deeds_are_shown(visit, width):
    page = visit("staff", ROSTER, width=width, reduced_motion="reduce")
    page.get_by_role("checkbox", name="本页全选").check()
    expect(said(page)).to_have_text("已选 4 人")
    assert faults_of(page) == []
    page.get_by_role("button", name="改类别").click()
    page.get_by_label("会员类别改为").select_option(label="高级会员")
    page.get_by_role("button", name="看看会改什么").click()
    expect(page.get_by_text("会改的 3 人")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_label("从哪一天起").fill("昨天吧")
    page.get_by_role("button", name="重新看会改什么").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert faults_of(page) == []
