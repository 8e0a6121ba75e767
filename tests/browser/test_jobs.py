"""A large act is taken back beside the request: seen as it goes on, done again from where it ended."""

from __future__ import annotations

import re
from threading import Event

import pytest
from playwright.sync_api import expect

from registry.journal import queries as journal
from registry.tags import queries as tags
from registry.tags import services as tagging
from registry.undoing import services, views
from tests.browser.axe import faults_of

JOURNAL = "/societies/bjcs/journal/"


@pytest.fixture
def tagged(session, cast, monkeypatch):
    """An act that counts as large; who bears the tag, by name."""
    monkeypatch.setattr(views, "LARGE", 1)
    people = [cast.wang, cast.chen, cast.ouyang]
    tag = tagging.add(session, cast.society.id, "专家库", [person.id for person in people])
    session.commit()

    def bearers():
        found = tags.all_bearers(session, cast.society.id, tag.id)
        session.commit()
        return found

    assert len(bearers()) == len(people)
    return bearers


def status(page):
    return page.locator(".job").get_by_role("status")


def take_back(page):
    page.locator(".journal-undo button").first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_large_act_is_taken_back_and_done_again(visit, tagged, script):
    page = visit("staff", JOURNAL, java_script_enabled=script)
    take_back(page)
    expect(page.get_by_role("heading", level=2)).to_contain_text("“加标签”")
    expect(status(page)).to_contain_text("已撤销，改回 4 处")
    assert tagged() == []
    page.get_by_role("button", name="重做").click()
    expect(status(page)).to_contain_text("已重做，改动 3 处")
    assert len(tagged()) == 3
    page.get_by_role("link", name="回到刚才的页面").click()
    expect(page).to_have_url(re.compile(JOURNAL))


def test_its_progress_is_seen_and_the_page_goes_on_by_itself(visit, tagged, monkeypatch):
    on, half, really = Event(), Event(), services.carry_out

    def slowly(session, job_id, may, day, at, tick):
        tick(2)
        half.set()
        on.wait(20)
        really(session, job_id, may, day, at, lambda _many: None)

    monkeypatch.setattr(services, "carry_out", slowly)
    page = visit("staff", JOURNAL, reduced_motion="reduce")
    take_back(page)
    assert half.wait(10)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "2")
    expect(status(page)).to_have_text("已办 2 / 4 处改动")
    on.set()
    expect(status(page)).to_contain_text("已撤销")
    assert faults_of(page) == []


def test_the_words_of_a_society_are_kept_by_keyboard(visit, session, cast, tagged):
    page = visit("staff", "/societies/bjcs/members/?tag=专家库")
    expect(page.locator("tr[data-number]")).to_have_count(3)
    expect(page.locator(".chip")).to_contain_text("标签是专家库")
    page.get_by_text("更多筛选").click()
    page.get_by_role("link", name="整理标签").click()
    page.get_by_role("link", name=re.compile("改名")).click()
    page.get_by_label("改名为").fill("专家")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“专家库”已改名")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("rowheader", name="专家库")).to_be_visible()
    assert journal.acts(session, cast.society.id, limit=1)[0].deed == "act:undo"
