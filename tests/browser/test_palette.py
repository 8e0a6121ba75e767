"""The palette by keyboard alone, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

HOME = "/societies/bjcs/"


def chosen(page):
    return page.locator("#palette-results [aria-selected=true]")


def test_ctrl_k_goes_to_a_person(visit):
    page = visit("staff", HOME)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="会员、分支机构、机构、页面或操作")).to_be_focused()
    page.keyboard.type("wf")
    expect(chosen(page)).to_contain_text("王富")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/members/B00001"))
    expect(page.locator("#palette")).to_be_hidden()


def test_arrows_go_round_and_are_told(visit):
    page = visit("staff", HOME)
    page.keyboard.press("Control+k")
    page.keyboard.type("理事会")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(page.locator("#palette-status")).to_have_text("3 项")
    field = page.locator("#palette-q")
    expect(field).to_have_attribute("aria-activedescendant", "palette-option-0")
    for place in (1, 2, 0):
        page.keyboard.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", f"palette-option-{place}")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("第八届")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/terms/8"))


def test_escape_closes_and_gives_the_focus_back(visit):
    page = visit("staff", HOME)
    opener = page.get_by_role("link", name="前往任何地方")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("王")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(opener).to_be_focused()


def test_what_is_not_found_is_said(visit):
    page = visit("staff", HOME)
    page.keyboard.press("Control+k")
    page.keyboard.type("查无此人")
    expect(page.locator("#palette-status")).to_have_text("没有找到“查无此人”")
    expect(page.locator("#palette").get_by_text("没有找到“查无此人”").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{HOME}$"))


def test_a_deed_is_begun_from_anywhere(visit):
    page = visit("staff", "/societies/bjcs/bodies/")
    page.keyboard.press("Control+k")
    page.keyboard.type("新会员")
    expect(chosen(page)).to_contain_text("登记新会员")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/members/new"))


def test_a_slash_still_goes_to_the_search_of_the_roster(visit):
    page = visit("staff", "/societies/bjcs/members/")
    page.keyboard.press("/")
    expect(page.locator("#roster-q")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1440])
def test_without_script_the_palette_is_a_page(visit, width):
    page = visit("staff", HOME, width=width, java_script_enabled=False)
    page.get_by_role("link", name="前往任何地方").click()
    page.get_by_label("会员、分支机构、机构、页面或操作").fill("人工智能")
    page.get_by_role("button", name="查找").click()
    page.locator("main").get_by_role("link", name="人工智能专业委员会").click()
    expect(page).to_have_url(re.compile("/branches/b01"))
