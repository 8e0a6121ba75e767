"""Each role signs in and stands in its own place."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from pyotp import TOTP

from tests.browser.conftest import enter

SESSIONS = "/me/sessions"
HALF_A_MINUTE = timedelta(seconds=30)
"""The code before the present one is taken too, and each opens once."""
PLACES = {
    "admin": "/societies/",
    "staff": "/societies/bjcs/",
    "branch": "/societies/bjcs/",
    "auditor": "/societies/bjcs/",
    "staff2": "/societies/bjme/",
    "supervisor": "/supervision/",
    "member": "/me",
}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("username", PLACES)
def test_a_role_signs_in_and_sees_its_own_place(visit, username, script):
    page = visit(None, "/", java_script_enabled=script)
    expect(page).to_have_url(re.compile("/login"))
    enter(page, username)
    expect(page).to_have_url(re.compile(PLACES[username] + "$"))
    expect(page.locator("h1")).not_to_be_empty()


def test_a_code_of_the_telephone_is_asked_for_after_the_password(visit, say):
    page = visit("member", "/me/factor", width=390, java_script_enabled=False)
    page.get_by_role("button", name=say("开始设置")).click()
    codes = TOTP(page.locator(".factor code").inner_text().replace(" ", ""))
    page.locator("[name=code]").fill(codes.at(datetime.now(UTC) - HALF_A_MINUTE))
    page.get_by_role("button", name=say("启用")).click()
    expect(page.locator(".recovery-codes li")).not_to_have_count(0)
    other = visit(None, "/login")
    enter(other, "member", say)
    other.locator("[name=code]").fill("000000")
    other.get_by_role("button", name=say("登录")).click()
    expect(other.get_by_role("heading", name=say("登录验证码"))).to_be_visible()
    other.locator("[name=code]").fill(codes.now())
    other.get_by_role("button", name=say("登录")).click()
    expect(other).to_have_url(re.compile("/me$"))


def test_a_wrong_password_is_said_and_the_name_is_kept(visit):
    page = visit(None, "/login")
    page.get_by_label("用户名").fill("staff")
    page.get_by_label("密码").fill("not the password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("用户名或密码不对")).to_be_visible()
    expect(page.get_by_label("用户名")).to_have_value("staff")


def test_whoever_signs_out_is_out(visit):
    page = visit("staff", "/societies/bjcs/")
    sign_out = page.locator("form[action='/logout'] button").first
    if not sign_out.is_visible():
        page.locator("details", has=page.locator("form[action='/logout']")).locator("summary").click()
    sign_out.click()
    expect(page).to_have_url(re.compile("/login"))
    page.goto("/societies/bjcs/")
    expect(page).to_have_url(re.compile("/login"))


@pytest.mark.both_databases
def test_the_first_page_is_served_from_either_database(visit):
    page = visit(None, "/")
    enter(page, "staff")
    page.goto("/societies/bjcs/members/")
    expect(page.get_by_role("link", name="王富")).to_be_visible()


def test_a_session_that_is_ended_elsewhere_is_over_here(visit):
    here, there = visit(None, "/"), visit(None, "/")
    for page in (here, there):
        enter(page, "staff")
        expect(page.locator("h1")).not_to_be_empty()
    there.locator(".me-menu summary").click()
    there.get_by_role("link", name="我的登录").click()
    expect(there.get_by_role("listitem").filter(has_text="这里")).to_have_count(1)
    there.get_by_role("button", name="退出其他所有登录").click()
    expect(there.get_by_text("已退出另外")).to_be_visible()
    here.goto(SESSIONS)
    expect(here).to_have_url(re.compile("/login"))
