"""Two ways that matter when something is lost: a recovery by two persons, and another mail address."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.mail.server import MailServer, text, using

NEW = "another long password"


def test_two_persons_recover_an_account_and_its_holder_chooses_anew(visit):
    office = visit("staff", "/societies/bjcs/accounts/")
    office.get_by_role("link", name="找回账号：王富").click()
    office.get_by_label("事由").fill("手机丢了，当面核对了身份证")
    office.get_by_role("button", name="申请找回账号").click()
    expect(office.get_by_text("已提出，等另一位同意")).to_be_visible()
    second = visit("admin", "/societies/bjcs/accounts/", width=390)
    second.locator("a[href*='/recoveries/']").click()
    second.get_by_label("打印成信").check()
    second.get_by_role("button", name="同意找回").click()
    code = second.locator(".letter-code").inner_text()
    holder = visit(None, "/recover", width=390, java_script_enabled=False)
    holder.get_by_label("信上的验证码").fill(code.lower().replace("-", " "))
    holder.get_by_label("密码", exact=True).fill(NEW)
    holder.get_by_label("再写一遍密码").fill(NEW)
    holder.get_by_role("button", name="另定密码").click()
    expect(holder.get_by_text("密码已另定，用户名是 member")).to_be_visible()
    holder.get_by_role("button", name="开始设置").click()
    expect(holder.get_by_label("验证码")).to_be_visible()


def test_an_account_gets_another_address_which_the_new_one_confirms(app, visit):
    app.extensions.pop("reset_asked", None)
    with MailServer() as server, using(app, server):
        member = visit("member", "/me/sessions")
        member.get_by_role("link", name="账号的邮箱").click()
        member.get_by_label("新邮箱").fill("wang.fu@example.org")
        member.get_by_label("现在的密码").fill(PASSWORD)
        member.get_by_role("button", name="寄链接").click()
        expect(member.get_by_text("邮箱要换成 wang.fu@example.org")).to_be_visible()
        (mail,) = server.wait()
        member.goto(re.search(r"example\.org(/me/address/confirm/\S+)", text(mail))[1])
        member.get_by_role("button", name="换成这个邮箱").click()
        expect(member.get_by_text("账号的邮箱已换")).to_be_visible()
        member.get_by_role("link", name="账号的邮箱").click()
        expect(member.get_by_text("现在的邮箱：wang.fu@example.org")).to_be_visible()
