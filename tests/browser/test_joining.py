"""From the public page to the certificate, in each language: every kind of applicant."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from registry.joining import queries, services
from registry.joining.models import TRACKS, StepKind, Track
from registry.joining.services import Settle, Take
from registry.memberships.models import Membership
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


def apply(page, track, say):
    """The way of a stranger; the address under which the application is found again."""
    page.goto("/join/bjcs/")
    page.locator(f"[name=track][value={track}]").check()
    page.get_by_role("button", name=say("开始填写")).click()
    expect(page).to_have_url(re.compile("/mine/"))
    fill(page, track)
    page.get_by_role("button", name=say("提交申请")).click()
    expect(page.get_by_text(say("待初审"))).to_be_visible()
    return page.url


def go_on(session, cast):
    """The staff's steps before the decision, which tests/joining walks on its pages."""
    session.rollback()
    for row in queries.submitted(session, cast.society.id):
        steps = [Take(StepKind.CHECKED)]
        if row.track in {Track.HKMT, Track.FOREIGN}:
            steps += [Take(StepKind.APPROVED, number="八届五次"), Take(StepKind.FILED, number="1号")]
        for step in (*steps, Take(StepKind.NOTICED, until=EARLY)):
            services.take(session, [row], step, EARLY)
    session.commit()


def test_applicants_of_every_kind_become_members_with_a_certificate(visit, session, cast, joining, say):
    page = visit(None, "/join/bjcs/", width=390)
    places = [apply(page, track, say) for track in Track]
    go_on(session, cast)
    staff = visit("staff", "/societies/bjcs/applications/")
    staff.get_by_role("button", name=say("决定入会…")).click()
    staff.locator("[name=meeting]").fill("八届五次常务理事会")
    staff.locator("[name=decided_on]").fill("2026-11-20")
    staff.get_by_role("button", name=say("保存")).click()
    expect(staff.get_by_text(say("%(n)s 名申请人已入会", n=len(Track)))).to_be_visible()
    for place in places:
        page.goto(place)
        expect(
            page.get_by_text(say("欢迎入会。秘书处会给您开通账号；登录后可以查看会籍、下载会员证明。"))
        ).to_be_visible()
    session.rollback()
    admitted = select(Membership).where(Membership.starts_on == date(2026, 11, 20))
    numbers = {row.number: row.person_id for row in session.scalars(admitted)}
    session.rollback()
    for number, person_id in numbers.items():
        if person_id is None:
            staff.goto(f"/societies/bjcs/units/{number}")
            expect(staff.locator("#representatives").get_by_role("link", name="王富")).to_be_visible()
            continue
        staff.goto(f"/societies/bjcs/members/{number}/certificates/")
        staff.get_by_role("button", name=say("出具证明")).click()
        paper = staff.request.get(staff.get_by_role("link", name="PDF", exact=True).get_attribute("href"))
        assert paper.headers["content-type"] == "application/pdf"
    assert len(numbers) == len(Track)
