"""The way into an account: a letter from the office, a code typed by the member, the first signing in."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from sqlalchemy import select

from registry.accounts.models import Invitation

PASSWORD = "a long password"


def test_a_member_is_invited_by_letter_and_opens_the_account(visit, session, cast):
    number = cast.chen_member.number
    session.rollback()
    office = visit("staff", "/societies/bjcs/accounts/")
    office.get_by_role("link", name="邀请会员").click()
    office.get_by_label("会员号").fill(number)
    office.get_by_role("button", name="邀请", exact=True).click()
    code = office.locator(".letter-code").inner_text()
    member = visit(None, "/activate", width=390, java_script_enabled=False)
    member.get_by_label("信上的验证码").fill(code.lower().replace("-", " "))
    member.get_by_label("用户名").fill("chenjing")
    member.get_by_label("密码", exact=True).fill(PASSWORD)
    member.get_by_label("再写一遍密码").fill(PASSWORD)
    member.get_by_role("button", name="开通").click()
    expect(member.get_by_text("账号已开通")).to_be_visible()
    member.get_by_label("用户名").fill("chenjing")
    member.get_by_label("密码").fill(PASSWORD)
    member.get_by_role("button", name="登录").click()
    expect(member).to_have_url(re.compile("/me$"))
    session.rollback()
    assert session.scalars(select(Invitation)).one().accepted_at
