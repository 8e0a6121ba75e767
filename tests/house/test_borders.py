"""Nothing of another society is reachable, by address or by list; nor of another branch or person."""

from __future__ import annotations

import pytest

from registry.core.policy import ANYONE
from tests.house.walking import PAGES, READ, said

OF_BJCS = (
    "王富",
    "王　富",
    "陳大文",
    "欧阳晓月",
    "Shelton",
    "李明远",
    "星河计算机学会",
    "人工智能专业委员会",
    "青年工作委员会",
    "星河芯片",
    "周小川",
    "bjcs",
    "13800000001",
)
OF_BJME = ("赵敏行", "长城机械学会", "机床分会", "长城机床厂", "bjme", "13900000009")
# Who presides over the council is no secret.
OF_OTHER_PEOPLE = ("陳大文", "Shelton", "李明远")
OF_BJME_ROWS = {"number": "M00001", "code": "b01"}
IN_A_SOCIETY = [place for place in PAGES if "slug" in place.arguments and place.action not in ANYONE]


@pytest.mark.parametrize("place", IN_A_SOCIETY, ids=str)
def test_the_staff_of_another_society_come_to_no_address_of_this_one(place, sign_in, address):
    client, where = sign_in("staff2"), address(place)
    for method in place.methods:
        assert client.open(where, method=method).status_code in {403, 404}


@pytest.mark.parametrize("place", [p for p in IN_A_SOCIETY if len(p.arguments) > 1], ids=str)
def test_rows_of_another_society_are_not_found_under_the_own_address(place, sign_in, address):
    if place.arguments <= {"slug", "kind", "code", "what", "form", "year"}:
        return  # lists, kinds of file, years, and codes that each society counts for itself
    client, where = sign_in("staff2"), address(place, slug="bjme")
    for method in place.methods:
        answer = client.open(where, method=method)
        assert answer.status_code == 404, method
        assert not [name for name in OF_BJCS if name in said(answer).replace(where, "")]


@pytest.mark.parametrize("place", READ, ids=str)
def test_no_page_of_one_society_names_what_is_anothers(place, sign_in, address):
    theirs = sign_in("staff2").get(address(place, slug="bjme", **OF_BJME_ROWS), follow_redirects=True)
    assert not [name for name in OF_BJCS if name in said(theirs)]
    ours = sign_in("staff").get(address(place), follow_redirects=True)
    assert not [name for name in OF_BJME if name in said(ours)]


@pytest.mark.parametrize("area", ["members", "roster", "exchange", "branches", "figures", "units"])
def test_branch_staff_see_nobody_outside_their_branch(area, sign_in, address):
    for place in (place for place in READ if place.name.startswith(area)):
        text = said(sign_in("branch").get(address(place), follow_redirects=True))
        assert not [name for name in ("陳大文", "欧阳晓月", "Shelton", "青年工作委员会") if name in text], (
            place
        )


@pytest.mark.parametrize("place", READ, ids=str)
def test_a_member_sees_nobody_else(place, sign_in, address):
    text = said(sign_in("member").get(address(place), follow_redirects=True))
    assert not [name for name in OF_OTHER_PEOPLE if name in text]


@pytest.mark.of_pages
@pytest.mark.parametrize("place", READ, ids=str)
def test_no_page_shows_a_document_in_clear(place, sign_in, address):
    for role in ("admin", "staff", "member", "auditor", "supervisor"):
        text = said(sign_in(role).get(address(place), follow_redirects=True))
        assert "11010819650308" not in text, role


@pytest.mark.of_pages
@pytest.mark.parametrize("place", READ, ids=str)
def test_phones_are_shown_to_those_alone_who_may_see_them(place, sign_in, address):
    for role in ("auditor", "supervisor"):
        text = said(sign_in(role).get(address(place), follow_redirects=True))
        assert "13800000001" not in text, role
