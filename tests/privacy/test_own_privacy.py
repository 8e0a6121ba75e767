"""A member reads who can see the entry and who did, and takes a copy along."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from registry.core.policy import Grant, Role
from registry.core.subjects import Place
from registry.journal.models import Act, Entry
from registry.people import services as people
from registry.people.fields import FIELDS
from registry.privacy.audience import GROUPS, audience
from registry.privacy.requests import ask
from tests.cast import WANG_ID

HERE = Place(1, 7, 5)


@pytest.fixture
def member(sign_in):
    return sign_in("member")


def offices(grants, key):
    return next(
        list(seen.offices) for seen in audience(grants, HERE) if key in {group.key for group in seen.groups}
    )


def test_each_office_is_counted_by_its_accounts():
    staff, branch = Grant(Role.STAFF, 1), Grant(Role.BRANCH_STAFF, 1, branch_id=7)
    held = {1: [staff], 2: [staff, branch], 3: [branch], 4: [Grant(Role.ADMIN)]}
    found = [(office.role, office.branch_id, office.accounts) for office in offices(held, "contact")]
    assert found == [(Role.STAFF, None, 2), (Role.BRANCH_STAFF, 7, 2), (Role.ADMIN, None, 1)]


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.STAFF, 2),
        Grant(Role.BRANCH_STAFF, 1, branch_id=8),
        Grant(Role.AUDITOR, 1),
        Grant(Role.MEMBER, 1, person_id=5),
    ],
)
def test_who_does_not_reach_the_contact_is_not_named(grant):
    assert offices({1: [grant]}, "contact") == []


def test_a_supervisor_above_sees_offices_and_nothing_else():
    grant = Grant(Role.SUPERVISOR, 1)
    seen = {group.key for seen in audience({1: [grant]}, HERE) if seen.offices for group in seen.groups}
    assert seen == {"offices"}


def test_every_fact_stands_in_a_group():
    told = {label for group in GROUPS for label in group.facts}
    assert {field.label for field in FIELDS.values()} <= told


def test_what_the_same_offices_see_stands_together():
    found = audience({1: [Grant(Role.STAFF, 1)], 2: [Grant(Role.AUDITOR, 1)]}, HERE)
    assert [len(seen.offices) for seen in found] == [2, 1]
    assert sum(len(seen.groups) for seen in found) == len(GROUPS)


def test_the_page_names_offices_and_no_one(member):
    text = member.get("/me/privacy").text
    assert "学会秘书处" in text
    assert "人工智能专业委员会" in text
    assert "秘书处刘老师" not in text


def test_a_reveal_stands_there_with_its_reason(member, session, cast, sign_in):
    url = f"/societies/bjcs/members/B00001/documents/{cast.wang_document.id}/reveal"
    sign_in("staff").post(url, data={"reason": "办理公证"})
    text = member.get("/me/privacy/bjcs").text
    assert "办理公证" in text
    assert "查看证件号码" in text


def test_an_export_stands_there_with_its_columns(member, sign_in):
    sign_in("staff").get("/societies/bjcs/members/export.csv")
    text = member.get("/me/privacy/bjcs").text
    assert "导出名册" in text
    assert "含联系方式" in text


def test_the_copy_holds_what_is_held_under_keys_that_are_explained(member, session, cast):
    answer = member.get("/me/privacy/bjcs/copy.json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    held = json.loads(answer.text)
    assert held.keys() - {"keys"} == held["keys"].keys()
    assert held["person"].keys() == FIELDS.keys()
    assert held["person"]["phone"] == "13800000001"
    assert held["person"]["region"] == {"code": "CN", "words": "内地"}
    assert [spell["number"] for spell in held["memberships"]] == ["B00001"]
    assert held["offices"][0]["post"] == "理事"
    assert WANG_ID not in answer.text


def test_what_stands_elsewhere_is_in_the_copy_too(member, session, cast):
    ask(session, cast.wang, "请删去", by_self=True)
    session.commit()
    further = json.loads(member.get("/me/privacy/bjcs/copy.json").text)["further"]
    assert further["erasure"][0]["words"] == "请删去"
    assert further["role_grant"] == [{"role": "member", "starts_on": "2020-01-01"}]
    assert all("id" not in row for rows in further.values() for row in rows)


def test_taking_a_copy_is_journalled(member, session, cast):
    member.get("/me/privacy/bjcs/copy.json")
    member.get("/me/privacy/bjcs/copy")
    session.rollback()
    rows = session.scalars(select(Act).where(Act.deed == "privacy:copy")).all()
    assert [row.actor_name for row in rows] == ["王富", "王富"]
    of = session.scalars(select(Entry.person_id).where(Entry.act_id.in_([row.id for row in rows]))).all()
    assert of == [cast.wang.id] * 2


def test_the_copy_on_paper_reads_the_same(member):
    text = member.get("/me/privacy/bjcs/copy").text
    for words in ("13800000001", "北京星河大学", "普通会员", "••••••0014"):
        assert words in text


def test_what_changed_is_in_the_copy(member, session, cast):
    people.edit_person(session, cast.wang, people.EditPerson({"position": "院长"}), [])
    session.commit()
    changes = json.loads(member.get("/me/privacy/bjcs/copy.json").text)["changes"]
    assert {"fact": "职务", "before": "教授", "after": "院长"} in changes[0]["changes"]


@pytest.mark.parametrize("place", ["", "/copy", "/copy.json"])
def test_nobody_reads_another_society_or_another_person(place, member, sign_in):
    assert member.get(f"/me/privacy/bjme{place}").status_code == 404
    assert sign_in("staff").get(f"/me/privacy/bjcs{place}").status_code in {403, 404}
