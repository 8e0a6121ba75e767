"""The roster as a spreadsheet: walked and edited by keyboard, and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.memberships.queries import spells
from registry.people.services import EditPerson, edit_person
from tests.browser.grid import focused, keys, offered, to
from tests.browser.test_roster import ROSTER, cell
from tests.databases import TODAY


@pytest.fixture
def roster(visit):
    """The roster in a secretary's window, with the focus on its first cell."""
    page = visit("staff", ROSTER)
    page.locator("[role=grid] [tabindex='0']").focus()
    return page


def test_arrows_home_and_end_walk_the_cells(roster):
    assert focused(roster) == ["number", "B00001"]
    keys(roster, "ArrowRight", "ArrowDown")
    assert focused(roster) == ["name", "B00002"]
    keys(roster, "End")
    assert focused(roster) == ["joined", "B00002"]
    keys(roster, "Home")
    assert focused(roster) == ["pick", "B00002"]
    keys(roster, "Control+End")
    assert focused(roster) == ["joined", "B00004"]
    keys(roster, "ArrowRight", "ArrowDown")
    assert focused(roster) == ["joined", "B00004"]
    keys(roster, "Control+Home", "PageDown")
    assert focused(roster) == ["pick", "B00004"]


def test_the_grid_is_one_stop_and_lets_go_at_the_end_of_a_row(roster):
    assert roster.locator("#roster [role=grid] tbody [tabindex='0']").count() == 1
    keys(roster, "End")
    keys(roster, "Tab")
    assert focused(roster) is None
    keys(roster, "Shift+Tab")
    assert focused(roster) == ["joined", "B00001"]
    keys(roster, "Home", "Shift+Tab")
    assert focused(roster) is None


def test_a_screen_reader_hears_a_grid(roster):
    grid = roster.get_by_role("grid", name="会员名册")
    assert grid.get_by_role("columnheader", name="电话").count() == 1
    assert grid.get_by_role("row").count() == 5
    phone = grid.get_by_role("gridcell", name="13800000001")
    expect(phone).to_have_count(1)
    assert phone.get_attribute("aria-readonly") is None
    expect(grid.get_by_role("gridcell", name="理事", exact=True)).to_have_attribute("aria-readonly", "true")
    expect(grid.get_by_role("link", name="填写电话")).to_have_count(1)


def test_enter_opens_a_cell_saves_it_and_goes_down(roster, cast):
    to(roster, "B00001", "phone")
    keys(roster, "Enter")
    field = cell(roster, "B00001", "phone").locator("input:not([type=hidden])")
    expect(field).to_be_focused()
    roster.keyboard.type("13911112222")
    keys(roster, "Enter")
    expect(cell(roster, "B00001", "phone")).to_have_text("13911112222")
    assert focused(roster) == ["phone", "B00002"]
    assert cast.wang.phone == "13911112222"


def test_typing_replaces_and_tab_goes_on_to_the_right(roster, cast):
    to(roster, "B00001", "employer")
    roster.keyboard.type("Northfield")
    keys(roster, "Tab")
    roster.keyboard.type("Dean")
    keys(roster, "Shift+Tab")
    expect(cell(roster, "B00001", "employer")).to_have_text("Northfield")
    expect(cell(roster, "B00001", "title")).to_have_text("Dean")
    assert focused(roster) == ["employer", "B00001"]
    assert (cast.wang.employer, cast.wang.title) == ("Northfield", "Dean")


def test_typing_faster_than_the_server_loses_nothing(roster, cast):
    for n in (1, 2, 3):
        to(roster, f"B0000{n}", "phone") if n == 1 else None
        roster.keyboard.type(f"1390000000{n}")
        keys(roster, "Enter")
    for n in (1, 2, 3):
        expect(cell(roster, f"B0000{n}", "phone")).to_have_text(f"1390000000{n}")
    assert (cast.wang.phone, cast.chen.phone, cast.ouyang.phone) == (
        "13900000001",
        "13900000002",
        "13900000003",
    )


def test_delete_empties_and_escape_leaves(roster, cast):
    to(roster, "B00001", "phone")
    keys(roster, "Delete")
    expect(cell(roster, "B00001", "phone").locator(".cell-form input:not([type=hidden])")).to_have_value("")
    keys(roster, "Escape")
    assert focused(roster) == ["phone", "B00001"]
    expect(cell(roster, "B00001", "phone")).to_have_text("13800000001")
    keys(roster, "Delete")
    expect(cell(roster, "B00001", "phone").locator(".cell-form")).to_have_count(1)
    keys(roster, "Enter")
    expect(cell(roster, "B00001", "phone").get_by_role("link", name="填写电话")).to_have_count(1)
    assert cast.wang.phone == ""


def test_dates_are_typed_as_people_type_them(roster, cast):
    to(roster, "B00003", "birth")
    roster.keyboard.type("1985.3")
    keys(roster, "Enter")
    expect(cell(roster, "B00003", "birth")).to_have_text("1985-03")


def test_a_number_opens_the_person(roster):
    keys(roster, "Enter")
    expect(roster).to_have_url(re.compile("/members/B00001"))


def test_a_name_is_opened_by_f2_and_by_its_pen(roster, cast):
    to(roster, "B00001", "name")
    keys(roster, "F2")
    expect(cell(roster, "B00001", "name").locator(".cell-form input:not([type=hidden])")).to_be_focused()
    roster.keyboard.type("王大富")
    keys(roster, "Enter")
    expect(cell(roster, "B00001", "name")).to_have_text("王大富")
    assert cast.wang.name == "王大富"
    cell(roster, "B00003", "name").hover()
    cell(roster, "B00003", "name").get_by_role("link", name="修改姓名").click()
    expect(cell(roster, "B00003", "name").locator(".cell-form input:not([type=hidden])")).to_have_value(
        "欧阳晓月"
    )


@pytest.mark.parametrize("typed", ["gaoji", "gj", "高"])
def test_a_category_is_picked_by_pinyin_from_today_on(roster, session, cast, typed):
    to(roster, "B00001", "category")
    keys(roster, "F2")
    expect(cell(roster, "B00001", "category").get_by_role("combobox")).to_be_focused()
    expect(roster.get_by_text("自今日（2026-11-24）起")).to_be_visible()
    roster.keyboard.type(typed)
    expect(offered(roster)).to_have_text(["高级会员"])
    keys(roster, "Enter")
    expect(cell(roster, "B00001", "category")).to_have_text("高级会员")
    assert focused(roster) == ["category", "B00002"]
    found = spells(session, cast.society.id, cast.wang.id)
    assert (found[0].category.code, found[0].starts_on) == ("senior", TODAY)


def test_a_picker_says_when_nothing_fits_and_keeps_the_cell_open(roster):
    to(roster, "B00001", "sex")
    roster.keyboard.type("xyz")
    expect(roster.get_by_text("没有这一项")).to_be_visible()
    keys(roster, "Enter")
    expect(cell(roster, "B00001", "sex").get_by_role("combobox")).to_have_attribute("aria-invalid", "true")
    keys(roster, "Escape")
    expect(cell(roster, "B00001", "sex")).to_have_text("男")


def test_the_day_of_joining_asks_for_a_reason(roster, cast):
    to(roster, "B00001", "joined")
    roster.keyboard.type("2010.5.5")
    expect(roster.get_by_label("更正原因")).to_be_visible()
    keys(roster, "Enter")
    expect(roster.get_by_label("更正原因")).to_be_focused()
    roster.keyboard.type("抄错一天")
    keys(roster, "Enter")
    expect(cell(roster, "B00001", "joined")).to_have_text("2010-05-05")
    assert str(cast.wang_member.starts_on) == "2010-05-05"


def test_what_was_done_last_is_taken_back_and_done_again(roster, session, cast):
    to(roster, "B00001", "phone")
    roster.keyboard.type("13911112222")
    keys(roster, "Enter")
    said = roster.locator("#undo")
    expect(said).to_contain_text("已把 王富 的电话改为 13911112222")
    to(roster, "B00003", "employer")
    roster.keyboard.type("Northfield")
    keys(roster, "Enter")
    expect(said).to_contain_text("欧阳晓月")
    keys(roster, "Control+z")
    expect(cell(roster, "B00003", "employer")).to_have_text("燕山计算研究所")
    keys(roster, "Control+z")
    expect(cell(roster, "B00001", "phone")).to_have_text("13800000001")
    keys(roster, "Control+y")
    expect(cell(roster, "B00001", "phone")).to_have_text("13911112222")
    said.get_by_role("button", name="撤销").click()
    expect(cell(roster, "B00001", "phone")).to_have_text("13800000001")
    session.expire_all()
    assert (cast.wang.phone, cast.ouyang.employer) == ("13800000001", "燕山计算研究所")


def test_what_stands_in_the_way_of_taking_back_is_said(roster, session, cast):
    to(roster, "B00001", "phone")
    roster.keyboard.type("13911112222")
    keys(roster, "Enter")
    expect(roster.locator("#undo")).to_contain_text("13911112222")
    edit_person(session, cast.wang, EditPerson({"phone": "13933334444"}), ["B00001"])
    session.commit()
    keys(roster, "Control+z")
    expect(roster.locator("#notice")).to_contain_text("王富的电话已由测试于")


def test_what_was_typed_stays_where_the_server_refused_the_whole_request(roster):
    mine = to(roster, "B00001", "phone")
    keys(roster, "F2")
    field = mine.locator(".cell-form input:not([type=hidden])")
    field.fill("13911112222")
    mine.locator("[name=csrf_token]").evaluate("input => (input.value = 'of another time')")
    keys(roster, "Enter")
    expect(roster.locator("#notice")).to_contain_text("表单已过期")
    expect(field).to_be_visible()
    expect(field).to_have_value("13911112222")
    keys(roster, "Escape")
    expect(mine).to_have_text("13800000001")


def test_nothing_is_sent_where_nothing_was_done(roster):
    with roster.expect_response(re.compile("/members/changes")) as answer:
        pass
    assert answer.value.status == 204


def test_the_grid_does_not_jump_when_a_cell_opens(roster):
    boxes = """() => [...document.querySelectorAll(".roster :is(td, th)")]
      .map((cell) => JSON.stringify(cell.getBoundingClientRect()))"""
    for key in ("phone", "category", "name", "joined"):
        to(roster, "B00002", key)
        cell(roster, "B00002", key).scroll_into_view_if_needed()
        before = roster.evaluate(boxes)
        keys(roster, "F2")
        expect(cell(roster, "B00002", key).locator(".cell-form")).to_have_count(1)
        assert roster.evaluate(boxes) == before, key
        keys(roster, "Escape")
        assert roster.evaluate(boxes) == before, key


def test_on_a_telephone_cells_are_cards_and_edited_all_the_same(visit, session, cast):
    page = visit("staff", ROSTER, width=390)
    expect(page.locator("[role=grid]")).to_have_count(0)
    cell(page, "B00001", "phone").locator("a").click()
    field = cell(page, "B00001", "phone").locator(".cell-form input:not([type=hidden])")
    field.fill("13911112222")
    keys(page, "Enter")
    expect(cell(page, "B00001", "phone")).to_have_text("13911112222")
    page.locator("#undo").get_by_role("button", name="撤销").click()
    expect(cell(page, "B00001", "phone")).to_have_text("13800000001")
    cell(page, "B00001", "category").locator("a").click()
    cell(page, "B00001", "category").get_by_role("combobox").fill("gj")
    offered(page).filter(has_text="高级会员").click()
    keys(page, "Enter")
    expect(cell(page, "B00001", "category")).to_have_text("高级会员")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_script_a_category_is_changed_and_the_change_taken_back(visit, session, cast):
    page = visit("staff", f"{ROSTER}?q=wangfu", java_script_enabled=False)
    cell(page, "B00001", "category").locator("a").click()
    page.locator("select").select_option(label="高级会员")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile("q=wangfu"))
    expect(cell(page, "B00001", "category")).to_have_text("高级会员")
    expect(page.get_by_text("已把 王富 的类别改为 高级会员")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page).to_have_url(re.compile("q=wangfu"))
    expect(cell(page, "B00001", "category")).to_have_text("普通会员")
