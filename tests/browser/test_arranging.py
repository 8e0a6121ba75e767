"""The columns and saved views of the roster, by keyboard and without script."""

from __future__ import annotations

import re

from playwright.sync_api import expect

ROSTER = "/societies/bjcs/members/"


def heads(page):
    return page.locator("#roster thead th[class^=col-]")


def open_columns(page):
    page.locator("#columns-menu > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#columns")).to_be_visible()


def test_a_column_is_shown_and_moved_by_keyboard_at_once(visit):
    page = visit("staff", ROSTER)
    open_columns(page)
    box = page.get_by_role("checkbox", name="年龄")
    box.focus()
    page.keyboard.press("Space")
    expect(heads(page).last).to_have_text("年龄")
    expect(page.locator("#column-age")).to_be_focused()
    page.get_by_role("button", name="年龄：上移").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#column-age-up")).to_be_focused()
    page.get_by_role("checkbox", name="性别").focus()
    page.keyboard.press("Space")
    expect(page.locator("#roster thead .col-sex")).to_have_count(0)
    page.reload()
    expect(page.locator("#roster thead .col-age")).to_have_count(1)
    expect(page.locator("#roster thead .col-sex")).to_have_count(0)


def test_the_rows_are_as_far_apart_as_one_likes(visit):
    page = visit("staff", ROSTER)
    row = page.locator("#roster tbody tr").first
    narrow = row.bounding_box()["height"]
    open_columns(page)
    page.get_by_role("radio", name="宽松").check()
    expect(page.locator("#roster.loose")).to_have_count(1)
    wide = row.bounding_box()["height"]
    assert (round(narrow), round(wide)) == (36, 44)


def test_changing_columns_keeps_what_one_looks_at(visit):
    page = visit("staff", f"{ROSTER}?region=HK")
    open_columns(page)
    page.get_by_role("checkbox", name="年龄").check()
    expect(page.locator("#roster thead .col-age")).to_have_count(1)
    expect(page.locator("#roster tbody .col-number")).to_have_text(["B00002"])
    expect(page).to_have_url(re.compile("region=HK"))


def test_a_view_is_saved_shared_opened_and_ended(visit):
    page = visit("staff", f"{ROSTER}?region=HK")
    page.get_by_text("存为视图", exact=True).click()
    page.locator("#view-name").fill("港区")
    page.get_by_label("全学会共享").check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="港区")).to_have_attribute("aria-current", "page")
    other = visit("auditor", ROSTER)
    other.get_by_role("link", name="港区").click()
    expect(other.locator("#roster tbody .col-number")).to_have_text(["B00002"])
    page.goto(f"{ROSTER}views")
    page.get_by_text("改名、共享或删去").click()
    page.get_by_role("button", name="删去这个视图").click()
    expect(page.get_by_text("已删去；名册里的人没有变化")).to_be_visible()
    other.reload()
    expect(other.get_by_text("这个视图已被删去，或不再共享")).to_be_visible()


def test_a_view_that_was_changed_is_updated(visit):
    page = visit("staff", f"{ROSTER}?region=HK")
    page.get_by_text("存为视图", exact=True).click()
    page.locator("#view-name").fill("地区")
    page.keyboard.press("Enter")
    page.locator("#roster-filter select[name=region]").select_option(label="外籍")
    page.get_by_role("button", name="更新“地区”").click()
    page.goto(ROSTER)
    page.get_by_role("link", name="地区", exact=True).click()
    expect(page.locator("#roster tbody .col-number")).to_have_text(["B00004"])


def test_without_script_columns_are_chosen_and_ordered_on_a_page(visit):
    page = visit("staff", f"{ROSTER}?region=HK", java_script_enabled=False)
    page.locator("#columns-menu > summary").click()
    page.get_by_role("link", name="选择显示的列").click()
    page.get_by_role("checkbox", name="年龄").check()
    page.get_by_role("button", name="性别：下移").click()
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile("region=HK"))
    keys = [head.get_attribute("class").split()[0] for head in heads(page).all()]
    begun = keys.index("col-number")
    assert keys[begun : begun + 4] == ["col-number", "col-name", "col-birth", "col-sex"]
    assert keys[-1] == "col-age"


def test_without_script_a_view_is_saved(visit):
    page = visit("staff", f"{ROSTER}?region=HK", java_script_enabled=False)
    page.get_by_text("存为视图", exact=True).click()
    page.locator("#view-name").fill("港区")
    page.locator(".views-deeds").get_by_role("button", name="保存").click()
    expect(page.get_by_text("已存为视图“港区”")).to_be_visible()
    expect(page.locator("#roster tbody .col-number")).to_have_text(["B00002"])
