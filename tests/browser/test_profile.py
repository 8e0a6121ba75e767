"""From the member's wish to the office's judgement and back, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from registry.consents.services import set_directory


def test_a_change_is_proposed_with_evidence_and_accepted_in_part(visit, tmp_path, cast, session, say, spoken):
    script = spoken != "zh_Hant"  # one of the languages without
    paper = tmp_path / "户口簿.pdf"
    paper.write_bytes(b"%PDF-1.7 scan")
    member = visit("member", "/me", java_script_enabled=script, width=390)
    member.locator("#section-identity").get_by_role("link", name=say("申请更正")).click()
    form = member.locator("form.propose")
    form.locator("[name=name]").fill("王福")
    form.locator("[name=birth]").fill("1966")
    form.get_by_label(say("为什么要改")).fill("户口簿上是王福")
    form.get_by_label(say("证明材料")).set_input_files(paper)
    form.get_by_role("button", name=say("提交审核")).click()
    expect(member.locator(".own-waits")).to_have_count(2)

    staff = visit("staff", "/societies/bjcs/", java_script_enabled=script)
    staff.locator(".matters a[href$='/proposals/']").click()
    staff.get_by_role("link", name=say("逐份审核")).click()
    staff.get_by_role("group", name=say("出生日期")).get_by_label(say("不接受"), exact=True).check()
    staff.get_by_label(say("给本人的话")).fill("出生日期与身份证不符")
    staff.get_by_role("button", name=say("决定")).click()
    expect(staff.get_by_role("heading", name=say("没有等待审核的申请"))).to_be_visible()

    member.goto("/me")
    expect(member.get_by_role("heading", name="王福")).to_be_visible()
    expect(member.locator("#proposals").get_by_text(say("未接受"))).to_be_visible()
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


def test_a_member_chooses_what_fellow_members_see(visit, session, cast, say):
    set_directory(session, cast.society, opened=True)
    session.commit()
    member = visit("member", "/me", width=390)
    member.locator("#visible .section-link", has_text=say("修改")).click()
    member.locator("[name=listed]").check()
    member.locator("[name=facts][value=employer]").check()
    member.locator("#visible").get_by_role("button", name=say("保存")).click()
    expect(member.locator("#visible")).to_contain_text(say("工作单位"))
    member.get_by_role("link", name=say("打开通讯录")).click()
    member.get_by_label(say("查找会员")).fill("wangfu")
    listed = member.locator(".directory > li")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("北京星河大学")
    expect(listed).not_to_contain_text("13800000001")
    member.get_by_label(say("查找会员")).fill("chen")
    expect(listed).to_have_count(0)
    assert member.evaluate("document.documentElement.scrollWidth <= innerWidth")
