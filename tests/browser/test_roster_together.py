"""Several at one roster: conflicts are settled with a key, what others save appears by itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.memberships.services import Admit, admit
from registry.people.services import EditPerson, edit_person, enter_person
from tests.browser.grid import keys, to
from tests.browser.test_roster import ROSTER, cell
from tests.databases import TODAY


@pytest.fixture
def roster(visit):
    """The roster in a secretary's window, with the focus on its first cell."""
    page = visit("staff", ROSTER)
    page.locator("[role=grid] [tabindex='0']").focus()
    return page


@pytest.mark.parametrize(("key", "kept"), [("Enter", "我写的单位"), ("Escape", "别人写的单位")])
def test_a_conflict_is_settled_with_one_key(roster, session, cast, key, kept):
    to(roster, "B00001", "employer")
    keys(roster, "F2")
    field = cell(roster, "B00001", "employer").locator(".cell-form input:not([type=hidden])")
    expect(field).to_be_focused()
    edit_person(session, cast.wang, EditPerson({"employer": "别人写的单位"}), ["B00001"])
    session.commit()
    field.fill("我写的单位")
    keys(roster, "Enter")
    conflict = cell(roster, "B00001", "employer").get_by_role("alert")
    expect(conflict).to_contain_text("别人写的单位")
    expect(conflict).to_contain_text("Esc")
    keys(roster, key)
    expect(conflict).to_have_count(0)
    expect(cell(roster, "B00001", "employer")).to_have_text(kept)
    session.expire_all()
    assert cast.wang.employer == kept


def test_two_people_settle_the_same_category(roster, visit, session, cast):
    mine = cell(roster, "B00001", "category")
    to(roster, "B00001", "category")
    keys(roster, "F2")
    expect(mine.get_by_role("combobox")).to_be_focused()
    theirs = visit("admin", ROSTER)
    to(theirs, "B00001", "category")
    theirs.keyboard.type("rongyu")
    keys(theirs, "Enter")
    expect(cell(theirs, "B00001", "category")).to_have_text("荣誉会员")
    roster.keyboard.type("gaoji")
    keys(roster, "Enter")
    expect(mine.get_by_role("alert")).to_contain_text("荣誉会员")
    expect(mine.get_by_role("alert")).to_contain_text("高级会员")
    keys(roster, "Enter")
    expect(mine).to_have_text("高级会员")


def test_what_another_saves_appears_without_a_reload(roster, visit):
    theirs = visit("admin", ROSTER)
    to(theirs, "B00003", "employer")
    keys(theirs, "Delete")
    theirs.keyboard.type("云上研究院")
    keys(theirs, "Enter")
    expect(cell(theirs, "B00003", "employer")).to_have_text("云上研究院")
    expect(cell(roster, "B00003", "employer")).to_have_text("云上研究院")
    expect(roster.locator("#live")).to_contain_text("别人改过")


def test_who_comes_in_meanwhile_is_counted_and_shown_when_asked(roster, session, cast):
    for name in ("林深", "林浅"):
        person = enter_person(session, cast.society.id, {"name": name})
        admit(session, cast.society, person, Admit(cast.category["ordinary"].id, TODAY))
        session.commit()
    line = roster.get_by_role("link", name="有 2 人新进入这份名单，刷新")
    line.click()
    expect(roster.locator("tr[data-number]").filter(has_text="林浅")).to_be_visible()
    expect(line).to_have_count(0)


def test_who_comes_into_an_empty_list_is_counted_too(visit, session, cast):
    page = visit("staff", f"{ROSTER}?region=MO")
    expect(page.get_by_text("没有符合条件的会员")).to_be_visible()
    person = enter_person(session, cast.society.id, {"name": "林深", "region": "MO"})
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, TODAY))
    session.commit()
    page.get_by_role("link", name="有 1 人新进入这份名单，刷新").click()
    expect(page.locator("tr[data-number]").filter(has_text="林深")).to_be_visible()


def test_a_cell_that_is_being_edited_stays_and_is_marked(roster, visit, session, cast):
    mine = to(roster, "B00003", "employer")
    keys(roster, "F2")
    field = mine.locator(".cell-form input:not([type=hidden])")
    expect(field).to_be_focused()
    field.fill("我还在写")
    edit_person(session, cast.ouyang, EditPerson({"employer": "云上研究院"}), ["B00003"])
    session.commit()
    expect(mine.locator(".cell-touched")).to_have_text("刚被别人改过")
    expect(field).to_have_value("我还在写")
    expect(field).to_be_focused()
    keys(roster, "Escape")
    expect(mine).to_have_text("云上研究院")


def test_who_no_longer_belongs_to_what_was_sought_is_marked(visit, session, cast):
    page = visit("staff", f"{ROSTER}?region=CN")
    edit_person(session, cast.ouyang, EditPerson({"region": "HK"}), ["B00003"])
    session.commit()
    expect(page.locator("tr[data-number=B00003]")).to_have_class(re.compile("gone"))
