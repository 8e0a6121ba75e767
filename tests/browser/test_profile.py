"""From the member's wish to the office's judgement and back, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_change_is_proposed_with_evidence_and_accepted_in_part(visit, tmp_path, cast, session, script):
    paper = tmp_path / "户口簿.pdf"
    paper.write_bytes(b"%PDF-1.7 scan")
    member = visit("member", "/me", java_script_enabled=script, width=390)
    member.locator("#section-identity").get_by_role("link", name="申请更正").click()
    form = member.locator("form.propose")
    form.get_by_label("姓名", exact=True).fill("王福")
    form.get_by_label("出生日期").fill("1966")
    form.get_by_label("为什么要改").fill("户口簿上是王福")
    form.get_by_label("证明材料").set_input_files(paper)
    form.get_by_role("button", name="提交审核").click()
    expect(member.locator(".own-waits")).to_have_count(2)

    staff = visit("staff", "/societies/bjcs/", java_script_enabled=script)
    staff.get_by_role("link", name="1 份更正申请等待审核").click()
    staff.get_by_role("link", name="逐份审核").click()
    staff.get_by_role("group", name="出生日期").get_by_label("不接受").check()
    staff.get_by_label("给本人的话").fill("出生日期与身份证不符")
    staff.get_by_role("button", name="决定").click()
    expect(staff.get_by_role("heading", name="没有等待审核的申请")).to_be_visible()

    member.goto("/me")
    expect(member.get_by_role("heading", name="王福")).to_be_visible()
    expect(member.locator("#proposals").get_by_text("出生日期与身份证不符").first).to_be_visible()
    session.rollback()
    assert (cast.wang.name, str(cast.wang.birth)) == ("王福", "1965-03-08")


def test_a_proposal_is_refused_with_words_by_keyboard(visit):
    member = visit("member", "/me/bjcs/proposals/new/category")
    member.get_by_label("希望改为").select_option("高级会员")
    member.get_by_label("为什么要改").fill("职称已升")
    member.get_by_role("button", name="提交审核").click()
    expect(member.locator("#proposals").get_by_text("等待审核")).to_be_visible()

    staff = visit("staff", "/societies/bjcs/proposals/")
    staff.get_by_role("link", name="逐份审核").click()
    staff.locator(".judged-fact").wait_for()
    words = staff.locator(".judge textarea")
    for _ in range(20):  # keys are heard once the page's script has come
        staff.keyboard.press("r")
        if words.evaluate("field => field === document.activeElement"):
            break
        staff.wait_for_timeout(250)
    expect(words).to_be_focused()
    staff.keyboard.type("须先由理事会通过")
    staff.get_by_role("button", name="决定").click()
    expect(staff.get_by_role("heading", name="没有等待审核的申请")).to_be_visible()

    member.reload()
    expect(member.locator("#proposals").get_by_text("未接受")).to_be_visible()
    expect(member.locator("#proposals").get_by_text("须先由理事会通过")).to_be_visible()


def test_all_still_true_is_said_with_the_code_of_a_letter(visit, cast, session):
    staff = visit("staff", "/societies/bjcs/confirmations/new")
    staff.get_by_label("问谁").select_option("人工智能专业委员会")
    staff.get_by_role("button", name="发起").click()
    code = staff.locator(".letter", has_text="王富").locator(".letter-code").inner_text()

    anybody = visit(None, "/confirm", width=390)
    anybody.get_by_label("信上的验证码").fill(code.lower())
    anybody.get_by_role("button", name="下一步").click()
    expect(anybody.get_by_text("王○")).to_be_visible()
    anybody.get_by_role("button", name="都没有变化").click()
    expect(anybody.get_by_role("heading", name="谢谢，已确认")).to_be_visible()
    session.rollback()
    assert cast.wang.confirmed_on is not None

    staff.goto("/societies/bjcs/members/B00001")
    expect(staff.locator(".person-words").get_by_text("本人确认")).to_be_visible()
