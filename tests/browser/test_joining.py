"""From the public page to the roster: each kind of person who applies, and the staff's decision."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from registry.joining import queries, services
from registry.joining.models import TRACKS, StepKind, Track
from registry.joining.services import Settle, Take
from tests.joining.conftest import TYPED

EARLY = date(2026, 11, 1)


@pytest.fixture
def joining(session, cast):
    services.settle(session, cast.society.id, Settle([str(key) for key in TRACKS], 0, "欢迎加入"))
    session.commit()


def fill(page, track):
    typed = TYPED[track]
    papers = {f"document_{key}": value for key, value in typed.document.items()}
    for key, value in {**typed.facts, **papers}.items():
        field = page.locator(f"[name={key}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


@pytest.mark.parametrize("track", [Track.MAINLAND, Track.HKMT, Track.FOREIGN])
def test_an_applicant_becomes_a_member(visit, session, cast, joining, track):
    page = visit(None, "/join/bjcs/", width=390)
    page.locator(f"[name=track][value={track}]").check()
    page.get_by_role("button", name="开始填写").click()
    expect(page).to_have_url(re.compile("/mine/"))
    fill(page, track)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("待初审")).to_be_visible()
    session.rollback()
    row = queries.submitted(session, cast.society.id)[0]
    steps = [Take(StepKind.CHECKED)]
    if track != Track.MAINLAND:
        steps += [Take(StepKind.APPROVED, number="八届五次"), Take(StepKind.FILED, number="1号")]
    for step in (*steps, Take(StepKind.NOTICED, until=EARLY)):
        services.take(session, [row], step, EARLY)
    session.commit()
    staff = visit("staff", "/societies/bjcs/applications/")
    staff.get_by_role("button", name="决定入会").click()
    staff.locator("[name=meeting]").fill("八届五次常务理事会")
    staff.locator("[name=decided_on]").fill("2026-11-20")
    staff.get_by_role("button", name="保存").click()
    expect(staff.get_by_text("1 名申请人已入会")).to_be_visible()
    page.reload()
    expect(page.get_by_text("欢迎入会")).to_be_visible()
