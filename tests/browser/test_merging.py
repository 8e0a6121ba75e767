"""Two entries of one person are merged and taken apart again: by keyboard, on a telephone, without script."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from registry.memberships.services import Admit, admit
from registry.people.facts import read_facts
from registry.people.services import enter_person
from tests.browser.test_every_page import hanging

TWIN = {"name": "王富", "birth": "1965-03-08", "phone": "138 0000 0001", "title": "研究员"}


@pytest.fixture
def twin(session, cast):
    """Wang once more."""
    person = enter_person(session, cast.society.id, read_facts(TWIN).values)
    spell = admit(session, cast.society, person, Admit(cast.category["ordinary"].id, date(2020, 3, 1)))
    session.commit()
    return spell.number


@pytest.mark.parametrize(
    ("script", "width"), [(True, 1440), (False, 1440), (True, 390)], ids=["wide", "without script", "narrow"]
)
def test_twins_are_found_merged_and_taken_apart_again(visit, twin, script, width):
    page = visit("staff", "/societies/bjcs/", width=width, java_script_enabled=script)
    page.get_by_role("link", name="1 对人员疑似重复").click()
    page.get_by_role("link", name="对比").click()
    kept = page.get_by_role("group", name="职称").get_by_label("研究员")
    page.get_by_role("group", name="职称").get_by_label("教授").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(kept).to_be_checked()
    page.get_by_role("button", name="下一步：看看合并后会怎样").click()
    expect(page.get_by_text("现在还什么都没有改")).to_be_visible()
    page.get_by_label("为什么认定是同一个人").fill("本人来电确认")
    page.get_by_role("button", name="合并").click()
    expect(page.get_by_role("alert")).to_contain_text("请确认作废重叠的一段")
    page.get_by_label("同意作废上面列出的重叠部分").check()
    page.get_by_role("button", name="合并").click()
    expect(page.get_by_text("已合并；两边的记录都在，可以撤销")).to_be_visible()
    merged = page.url
    page.goto(f"/societies/bjcs/members/{twin}")
    expect(page).to_have_url("/societies/bjcs/members/B00001")
    expect(page.locator("#section-expertise")).to_contain_text("研究员")
    page.goto(merged)
    page.get_by_label("撤销原因").fill("是父子两人")
    page.get_by_role("button", name="撤销合并").click()
    page.get_by_label("依据（可以不填）").fill("父子")
    page.get_by_role("button", name="是两个人").click()
    expect(page.get_by_text("没有疑似重复的人员")).to_be_visible()


def test_nothing_is_wider_than_a_telephone(visit, twin):
    page = visit("staff", "/societies/bjcs/twins/", width=390)
    onward = page.get_by_role("button", name="下一步")
    assert hanging(page, 390) == []
    page.get_by_role("link", name="对比").first.click()
    expect(onward).to_be_visible()
    assert hanging(page, 390) == []
    onward.click()
    expect(onward).to_be_hidden()
    page.wait_for_load_state()
    assert hanging(page, 390) == []
