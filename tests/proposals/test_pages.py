"""The member's side on `/me`, and the office's queue."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from registry.proposals.models import Proposal, State

NEW = "/me/bjcs/proposals/new/identity"
QUEUE = "/societies/bjcs/proposals/"


@pytest.fixture
def member(sign_in):
    return sign_in("member")


@pytest.fixture
def made(member, session):
    """Asks for changes of facts; the key of the proposal."""

    def make(what="identity", **facts):
        data = {"reason": "登记有误", "evidence": (BytesIO(b"%PDF-1.7 scan"), "户口簿.pdf"), **facts}
        answer = member.post(f"/me/bjcs/proposals/new/{what}", data=data)
        assert answer.status_code == 303, answer.text
        session.rollback()
        return session.scalars(select(Proposal.id).order_by(Proposal.id.desc())).first()

    return make


def test_the_member_reads_where_it_stands(made, member, sign_in):
    key = made(name="王福")
    page = member.get("/me").text
    assert "已申请改为“王福”" in page
    staff = sign_in("staff")
    answer = staff.post(f"{QUEUE}{key}", data={"on_name": "refuse", "words": "请附户口簿原件"})
    assert answer.status_code == 303
    page = member.get("/me").text
    assert "请附户口簿原件" in page
    assert "已申请改为" not in page


def test_a_section_of_which_everything_is_free_is_not_proposed(member):
    assert member.get("/me/bjcs/proposals/new/contact").status_code == 403
    assert member.get("/me/bjcs/proposals/new/nothing").status_code == 404


def test_a_reason_is_asked_for(member):
    answer = member.post_part(NEW, {"name": "王福"})
    assert answer.status_code == 422
    assert "请写一句为什么要改" in answer.text


def test_the_queue_shows_both_sides_and_goes_on(made, sign_in, cast):
    first, second = made(name="王福"), made("document", kind="passport", number="E12345678", country="CN")
    staff = sign_in("staff")
    assert "2 份更正申请等待审核" in staff.get("/societies/bjcs/").text
    text = staff.get(f"{QUEUE}{first}").text
    assert "<del>王富</del>" in text
    assert "<ins>王福</ins>" in text
    answer = staff.post(f"{QUEUE}{first}", data={"on_name": "accept"})
    assert answer.location == f"{QUEUE}{second}"
    assert cast.wang.name == "王福"
    assert "E12345678" not in staff.get(f"{QUEUE}{second}").text


def test_three_values_stand_where_the_fact_moved(made, sign_in):
    key, staff = made(name="王福"), sign_in("staff")
    staff.post("/societies/bjcs/members/B00001/sections/identity", data={"name": "王甫"})
    text = staff.get(f"{QUEUE}{key}").text
    assert all(name in text for name in ("王富", "王甫", "王福", "提交以后，这一项已改成别的"))
    assert " checked" not in text


def test_a_branch_judges_what_it_may_edit_of_its_own_members(made, sign_in, session):
    both = made("expertise", title="研究员")
    name = made(name="王福")
    branch = sign_in("branch")
    page = branch.get(QUEUE).text
    assert f"{QUEUE}{both}" in page
    assert f"{QUEUE}{name}" not in page
    assert branch.post(f"{QUEUE}{name}", data={"on_name": "accept"}).status_code == 200
    session.rollback()
    assert session.get(Proposal, name).facts[0].state == State.OPEN
    assert branch.post(f"{QUEUE}{name}/evidence").status_code == 403


def test_the_evidence_is_opened_by_a_deed_that_the_member_reads(made, member, sign_in):
    key = made(name="王福")
    answer = sign_in("staff").post(f"{QUEUE}{key}/evidence")
    assert answer.data == b"%PDF-1.7 scan"
    assert "审核本人的更正申请" in member.get("/me").text


def test_the_number_is_revealed_for_a_reason_only(made, sign_in, session):
    key, staff = made("document", kind="passport", number="E12345678", country="CN"), sign_in("staff")
    session.rollback()
    address = f"{QUEUE}numbers/{session.get(Proposal, key).facts[0].id}"
    assert staff.post_part(address, {"reason": ""}).status_code == 422
    assert "E12345678" in staff.post_part(address, {"reason": "核对扫描件"}).text


def test_what_waits_is_taken_back(made, member, session):
    key = made(name="王福")
    member.post(f"/me/bjcs/proposals/{key}/withdraw")
    session.rollback()
    assert session.get(Proposal, key).facts[0].state == State.WITHDRAWN
    assert "已申请改为" not in member.get("/me").text


def test_what_is_missing_is_said_at_a_glance(member, cast, session):
    text = member.get("/me").text
    assert "还缺 2 项" in text
    assert 'href="#section-contact">通信地址' in text
