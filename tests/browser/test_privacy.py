"""A member reads who may see, decides, takes a copy, asks, and is erased to the last trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from registry.journal.queries import first_broken
from tests.browser.conftest import enter
from tests.cast import PASSWORD
from tests.privacy.test_erasing import TRACES, sun, written  # noqa: F401 - sun is a fixture


def read_and_decide(page, say):
    """Who can see, who did, and one consent given and taken back."""
    enter(page, "wangshu", say)
    page.goto("/me/privacy")
    expect(page.locator("#audience")).to_contain_text(say("学会秘书处"))
    expect(page.locator("#audience")).not_to_contain_text("秘书处刘老师")
    mail = page.locator("#consents li", has=page.get_by_role("heading", name=say("邮件通知"))).first
    mail.get_by_role("button", name=say("同意"), exact=True).click()
    expect(mail.locator(".consent-state")).to_have_text(say("已同意"))
    mail.get_by_role("button", name=say("撤回同意")).click()
    expect(mail.locator(".consent-state")).to_have_text(say("不同意"))
    mail.locator("summary").click()
    expect(mail.locator(".timeline > li")).to_have_count(2)


def take_copy(page, say):
    """The file, and the page to print."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=say("下载文件（JSON）")).click()
    held = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert held["person"]["name"] == "孙望舒"
    assert [event["given"] for event in held["consents"]] == [True, False, True]
    page.get_by_role("link", name=say("看和打印")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("孙望舒")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.go_back()


def ask(page, say):
    """The password is asked once more."""
    page.get_by_role("link", name=say("申请删除")).click()
    page.get_by_label(say("您的登录密码")).fill("not the password")
    page.get_by_role("button", name=say("申请删除")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(say("您的登录密码")).fill(PASSWORD)
    page.get_by_role("button", name=say("申请删除")).click()
    expect(page.locator("#erasure").get_by_role("button", name=say("撤回申请"))).to_be_visible()


def carry_out(page, say):
    """Nothing before the number was written once more."""
    page.locator(".matters a[href*='/erasures/']").click()
    page.get_by_role("link", name="S777").click()
    expect(page.get_by_text(say("删除之后谁也不能恢复，也不能撤销。"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label(say("本人撤回同意，或不再需要")).check()
    page.get_by_label(say("再写一遍会员号")).fill("S77")
    page.get_by_role("button", name=say("删除，不可恢复")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(say("再写一遍会员号")).fill("S777")
    page.get_by_role("button", name=say("删除，不可恢复")).click()
    expect(page.get_by_text(say("名册、查找、查重、日志里都已删去；日志的链照旧可以核验。"))).to_be_visible()


def walk(visit, session, cast, say, **shown):
    """From the first look to the last trace."""
    page = visit(None, "/login", **shown)
    read_and_decide(page, say)
    take_copy(page, say)
    ask(page, say)
    staff = visit("staff", "/societies/bjcs/", **shown)
    carry_out(staff, say)
    session.rollback()
    left = written(session)
    assert [trace for trace in TRACES if trace.lower() in left] == []
    assert [first_broken(session, key) for key in (0, cast.society.id)] == [None, None]
    page.goto("/me/privacy")
    expect(page.get_by_role("button", name=say("登录"))).to_be_visible()


@pytest.mark.both_databases
def test_a_member_reads_decides_takes_a_copy_and_is_erased(visit, sun, session, cast):  # noqa: F811
    walk(visit, session, cast, str)


def test_so_it_goes_on_a_telephone_without_script_in_each_language(visit, sun, session, cast, say):  # noqa: F811
    walk(visit, session, cast, say, width=390, java_script_enabled=False)
