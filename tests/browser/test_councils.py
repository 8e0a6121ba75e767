"""A council in the browser: an officer picked in place, a pasted list that becomes a 届 and is taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

BODIES, LISTS = "/societies/bjcs/bodies/", "/societies/bjcs/lists/"
LIST = "理事长：王富\n理事（2人）\n陳大文　新来者"


@pytest.fixture
def council(cast, session):
    """The council's page; the test's own transaction would keep SQLite from writing."""
    place = f"{BODIES}{cast.council.id}"
    session.rollback()
    return place


def test_a_clerk_picks_an_officer_by_pinyin_in_place(visit, council):
    page = visit("staff", f"{council}/terms/8")
    page.get_by_role("link", name="任命理事", exact=True).last.click()
    typed = page.get_by_role("textbox", name="人选")
    typed.press_sequentially("chendawen", delay=20)
    found = page.locator(".candidate")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("陳大文")
    expect(found.get_by_role("radio")).to_be_checked()
    page.locator("form.deed").get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").filter(has_text="已任命 陳大文")).to_be_visible()
    expect(page.locator(".seat", has_text="陳大文")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_pasted_list_becomes_a_term_and_is_taken_back(visit, council, script):
    page = visit("staff", f"{LISTS}new/council", java_script_enabled=script)
    page.get_by_label("粘贴名单").fill(LIST)
    page.get_by_label("机构", exact=True).select_option(label="理事会")
    page.get_by_label("第几届").fill("7")
    page.get_by_label("本届开始").fill("2018-10-01")
    page.get_by_label("计划届满").fill("2023-04-01")
    page.get_by_label("实际结束").fill("2023-05-01")
    page.get_by_role("button", name="读名单").click()
    expect(page).to_have_url(re.compile(r"/lists/\d+$"))
    expect(page.locator(".list-rows tbody tr")).to_have_count(3)
    page.get_by_label("新来者 是谁").select_option("skip")
    if not script:
        page.get_by_role("button", name="按所选认定").click()
    page.get_by_role("button", name="登记 2 行").click()
    page.get_by_role("link", name="看登记的内容").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第七届")
    expect(page.locator("main")).to_contain_text("王富")
    page.go_back()
    page.get_by_role("button", name="整份撤销").click()
    expect(page.locator("#notice")).to_contain_text("已撤销")
    page.goto(f"{page.url.split('/societies')[0]}{council}")
    expect(page.locator(".timeline")).not_to_contain_text("第七届")
