"""The roster: searched, filtered and edited in place; and the same without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.people.services import EditPerson, edit_person

ROSTER = "/societies/bjcs/members/"
EVERYBODY = ["B00001", "B00002", "B00003", "B00004"]


@pytest.fixture
def roster(visit):
    """The roster in a secretary's window."""
    return visit("staff", ROSTER)


def numbers(page):
    return page.locator("#roster tbody .col-number")


def cell(page, number, key):
    return page.locator("#roster tbody tr", has=page.get_by_text(number, exact=True)).locator(f".col-{key}")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wangfu", ["B00001"]),
        ("wf", ["B00001"]),
        ("王", ["B00001"]),
        ("陈大文", ["B00002"]),
        ("陳大文", ["B00002"]),
        ("Chan Tai", ["B00002"]),
        ("燕山", ["B00003"]),
        ("B00004", ["B00004"]),
        ("13800000003", ["B00003"]),
        ("nobody at all", []),
    ],
)
def test_search_finds_as_one_types(roster, typed, found):
    expect(numbers(roster)).to_have_text(EVERYBODY)
    roster.locator("#roster-q").press_sequentially(typed)
    expect(numbers(roster)).to_have_text(found)
    expect(roster).to_have_url(re.compile(r"[?&]q="))
    expect(roster.locator("#roster-q")).to_be_focused()


def test_a_filter_narrows_and_stands_in_the_address(roster):
    roster.locator("select[name=region]").select_option(label="中国香港")
    expect(numbers(roster)).to_have_text(["B00002"])
    expect(roster).to_have_url(re.compile("region=HK"))
    roster.reload()
    expect(numbers(roster)).to_have_text(["B00002"])


def test_filters_and_search_work_together(roster):
    roster.locator("select[name=branch]").select_option(label="人工智能专业委员会")
    expect(numbers(roster)).to_have_text(["B00001"])
    roster.locator("#roster-q").press_sequentially("chen")
    expect(numbers(roster)).to_have_count(0)
    expect(roster.get_by_text("没有符合条件的会员")).to_be_visible()


def test_enter_saves_a_cell(roster, session, cast):
    cell(roster, "B00001", "employer").locator("a").click()
    field = cell(roster, "B00001", "employer").locator("input:not([type=hidden])")
    expect(field).to_be_focused()
    expect(field).to_have_value("北京星河大学")
    field.fill("燕山大学")
    field.press("Enter")
    expect(cell(roster, "B00001", "employer")).to_have_text("燕山大学")
    roster.reload()
    expect(cell(roster, "B00001", "employer")).to_have_text("燕山大学")
    assert cast.wang.employer == "燕山大学"


def test_a_code_is_saved_by_its_name(roster, session, cast):
    cell(roster, "B00003", "sex").locator("a").click()
    field = cell(roster, "B00003", "sex").get_by_role("combobox")
    expect(field).to_be_focused()
    field.fill("nan")
    field.press("Enter")
    expect(cell(roster, "B00003", "sex")).to_have_text("男")


def test_escape_leaves_a_cell_as_it_was(roster, session, cast):
    cell(roster, "B00001", "employer").locator("a").click()
    field = cell(roster, "B00001", "employer").locator("input:not([type=hidden])")
    field.fill("别的单位")
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(cell(roster, "B00001", "employer")).to_have_text("北京星河大学")
    assert cast.wang.employer == "北京星河大学"


def test_an_error_stands_at_the_cell_and_the_typed_text_is_kept(roster):
    cell(roster, "B00001", "phone").locator("a").click()
    field = cell(roster, "B00001", "phone").locator("input:not([type=hidden])")
    field.fill("没有电话")
    field.press("Enter")
    expect(cell(roster, "B00001", "phone").get_by_role("alert")).to_contain_text("没有电话")
    expect(field).to_have_value("没有电话")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("13800000055")
    field.press("Enter")
    expect(cell(roster, "B00001", "phone")).to_have_text("13800000055")


@pytest.mark.parametrize(("choice", "kept"), [("保留我的", "我写的单位"), ("采用现在的", "别人写的单位")])
def test_a_stale_save_shows_both_values_and_lets_one_choose(roster, session, cast, choice, kept):
    cell(roster, "B00001", "employer").locator("a").click()
    field = cell(roster, "B00001", "employer").locator("input:not([type=hidden])")
    expect(field).to_be_focused()
    edit_person(session, cast.wang, EditPerson({"employer": "别人写的单位"}), ["B00001"])
    session.commit()
    field.fill("我写的单位")
    field.press("Enter")
    conflict = cell(roster, "B00001", "employer").get_by_role("alert")
    expect(conflict).to_contain_text("别人写的单位")
    expect(conflict).to_contain_text("我写的单位")
    cell(roster, "B00001", "employer").get_by_text(choice).click()
    expect(cell(roster, "B00001", "employer")).to_have_text(kept)
    session.expire_all()
    assert cast.wang.employer == kept


def test_another_day_shows_the_roster_of_that_day_and_links_keep_it(visit):
    page = visit("staff", f"{ROSTER}?on=2019-06-01")
    expect(numbers(page)).to_have_text(["B00001", "B00002", "B00005"])
    page.get_by_role("link", name="王富").click()
    expect(page).to_have_url(re.compile("on=2019-06-01"))
    expect(page.get_by_text("2019年6月1日").first).to_be_visible()


def test_branch_staff_see_their_branch_alone(visit):
    expect(numbers(visit("branch", ROSTER))).to_have_text(["B00001"])


def test_an_auditor_reads_and_finds_no_cell_to_edit(visit):
    page = visit("auditor", ROSTER)
    expect(numbers(page)).to_have_text(EVERYBODY)
    expect(page.locator("#roster a.cell")).to_have_count(0)


def test_without_script_one_searches_and_filters(visit):
    page = visit("staff", ROSTER, java_script_enabled=False)
    page.locator("#roster-q").fill("wangfu")
    page.get_by_role("button", name="筛选", exact=True).click()
    expect(numbers(page)).to_have_text(["B00001"])
    page.locator("#roster-q").fill("")
    page.locator("select[name=region]").select_option(label="外籍")
    page.get_by_role("button", name="筛选", exact=True).click()
    expect(numbers(page)).to_have_text(["B00004"])


def test_without_script_one_edits_a_fact_and_comes_back(visit, session, cast):
    page = visit("staff", f"{ROSTER}?q=wangfu", java_script_enabled=False)
    cell(page, "B00001", "phone").locator("a").click()
    field = page.locator(".cell-form input:not([type=hidden])")
    field.fill("没有电话")
    page.locator(".cell-save").click()
    expect(page.get_by_role("alert")).to_contain_text("没有电话")
    expect(field).to_have_value("没有电话")
    field.fill("13800000055")
    page.locator(".cell-save").click()
    expect(page).to_have_url(re.compile("q=wangfu"))
    expect(cell(page, "B00001", "phone")).to_have_text("13800000055")


def test_without_script_a_stale_save_shows_both_values(visit, session, cast):
    page = visit("staff", ROSTER, java_script_enabled=False)
    cell(page, "B00001", "employer").locator("a").click()
    edit_person(session, cast.wang, EditPerson({"employer": "别人写的单位"}), ["B00001"])
    session.commit()
    page.locator(".cell-form input:not([type=hidden])").fill("我写的单位")
    page.locator(".cell-save").click()
    expect(page.get_by_role("alert")).to_contain_text("别人写的单位")
    page.get_by_role("button", name="保留我的").click()
    expect(cell(page, "B00001", "employer")).to_have_text("我写的单位")
