"""A draft council in the browser: filled while the verdicts follow, passed, and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.governing import NAMES, lacking_a_council

SLATES = "/societies/bjcs/slates/"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_slate_is_filled_passed_and_taken_back(visit, script):
    page = visit("staff", f"{SLATES}new", java_script_enabled=script)
    page.get_by_label("拟开始日期").fill("2026-12-01")
    page.get_by_label("计划届满日").fill("2031-12-01")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第九届拟任名单")
    page.get_by_role("textbox", name="人选").press_sequentially("陳大文")
    page.locator(".slate-adding").get_by_label("职务").select_option(label="理事")
    if script:
        expect(page.locator(".candidate")).to_have_count(1)
    page.get_by_role("button", name="加入名单").click()
    seat = page.locator(".seat", has_text="陳大文")
    expect(seat).to_be_visible()
    expect(page.locator(".verdict-counts").first).to_be_visible()
    page.get_by_role("link", name="通过…").click()
    page.get_by_label("作出决定的会议").fill("第九次会员代表大会")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile(r"/bodies/\d+/terms/9$"))
    expect(page.locator(".seat", has_text="陳大文")).to_be_visible()
    page.goto(page.url.split("/bodies/")[0] + "/slates/1")
    page.get_by_role("button", name="整份撤销").click()
    expect(page.locator("main")).to_contain_text("通过之后又撤销了")
    page.get_by_role("button", name="改回草稿").click()
    expect(page.get_by_role("button", name="加入名单")).to_be_visible()


def test_a_candidate_is_moved_and_taken_off_in_place(visit):
    page = visit("staff", f"{SLATES}new")
    page.get_by_label("拟开始日期").fill("2026-12-01")
    page.get_by_label("计划届满日").fill("2031-12-01")
    page.get_by_role("button", name="保存").click()
    seat = page.locator(".seat", has_text="欧阳晓月")
    seat.locator("summary").click()
    seat.get_by_role("button", name="移出").click()
    expect(page.get_by_role("status").filter(has_text="已移出")).to_be_visible()
    expect(page.locator(".seat", has_text="欧阳晓月")).to_have_count(0)


def test_a_slate_is_built_until_no_rule_is_against_it_passed_and_taken_back(visit, session, cast):
    slug = lacking_a_council(session, cast).slug
    page = visit("staff", f"/societies/{slug}/slates/new")
    page.get_by_label("第几届").fill("1")
    page.get_by_label("拟开始日期").fill("2026-12-01")
    page.get_by_label("计划届满日").fill("2031-12-01")
    page.get_by_role("button", name="保存").click()
    counts = page.locator(".verdict-counts").first
    expect(counts).to_contain_text("不能判定")
    page.get_by_role("link", name="粘贴或上传名单").click()
    page.get_by_label("粘贴名单").fill("\n".join(["理事长", NAMES[0], "理事", *NAMES[1:14]]))
    page.get_by_role("button", name="保存").click()
    expect(counts).to_contain_text(re.compile(r"不符合\s*3"))
    page.get_by_role("textbox", name="人选").fill(NAMES[14])
    page.locator(".slate-adding").get_by_label("职务").select_option(label="理事")
    page.get_by_role("button", name="加入名单").click()
    expect(page.locator(".seat", has_text=NAMES[14])).to_be_visible()
    expect(counts).to_contain_text(re.compile(r"不符合\s*0\s*不能判定\s*0\s*符合\s*\d\d"))
    page.get_by_role("link", name="通过…").click()
    page.get_by_label("作出决定的会议").fill("第一次会员代表大会")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile(r"/terms/1$"))
    expect(page.locator(".seat", has_text=NAMES[14])).to_be_visible()
    page.goto(f"/societies/{slug}/slates/1")
    page.get_by_role("button", name="整份撤销").click()
    expect(page.locator("main")).to_contain_text("通过之后又撤销了")
