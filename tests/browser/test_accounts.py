"""The way into an account: a letter from the office, a code typed by the member, the first signing in."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from sqlalchemy import select

from registry.accounts.models import Invitation

PASSWORD = "a long password"


def test_a_member_is_invited_by_letter_and_opens_the_account(visit, session, cast, say):
    number = cast.chen_member.number
    session.rollback()
    office = visit("staff", "/societies/bjcs/accounts/")
    office.get_by_role("link", name=say("邀请会员")).click()
    office.locator("[name=numbers]").fill(number)
    office.get_by_role("button", name=say("邀请"), exact=True).click()
    code = office.locator(".letter-code").inner_text()
    member = visit(None, "/activate", width=390, java_script_enabled=False)
    member.get_by_label(say("信上的验证码")).fill(code.lower().replace("-", " "))
    member.locator("[name=username]").fill("chenjing")
    member.get_by_label(say("密码"), exact=True).fill(PASSWORD)
    member.get_by_label(say("再写一遍密码")).fill(PASSWORD)
    member.get_by_role("button", name=say("开通"), exact=True).click()
    expect(member.locator("#notice")).not_to_be_empty()
    member.locator("[name=username]").fill("chenjing")
    member.locator("[name=password]").fill(PASSWORD)
    member.get_by_role("button", name=say("登录")).click()
    expect(member).to_have_url(re.compile("/me$"))
    session.rollback()
    assert session.scalars(select(Invitation)).one().accepted_at
