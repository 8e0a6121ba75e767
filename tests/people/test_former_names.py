"""Former names with their times: as people type them, as they are kept, searched and drawn."""

from __future__ import annotations

import re

import pytest

from registry.memberships.services import edit_member
from registry.merging import queries as twins
from registry.people.facts import read_facts
from registry.people.former import bare, former_names, tidy
from registry.people.services import EditPerson, enter_person


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("王小明", "王小明"),
        ("王小明 至 2010", "王小明（至 2010）"),
        ("王小明至2010年5月", "王小明（至 2010-05）"),
        ("王小明（至2010年）", "王小明（至 2010）"),
        ("王小明(用至 2010.5.3)", "王小明（至 2010-05-03）"),
        ("王小明 1990-2010", "王小明（1990 至 2010）"),
        ("王小明 1990年至2010年", "王小明（1990 至 2010）"),
        ("王小明 自1990年起", "王小明（自 1990）"),
        ("王小明（1990—2010）", "王小明（1990 至 2010）"),
        ("王小明 到2010/05", "王小明（至 2010-05）"),
        ("王小明至2010年止", "王小明（至 2010）"),
        ("王小明, 王明；Wang Xiao Ming 至 1999", "王小明、王明、Wang Xiao Ming（至 1999）"),
        ("王小明/王明", "王小明、王明"),
        ("王至诚", "王至诚"),
        ("王从一 至 1988", "王从一（至 1988）"),
        ("王福（曾）", "王福（曾）"),
        ("王福2", "王福2"),
        ("Wang 2000", "Wang 2000"),
        ("王小明 1990年至今", "王小明（自 1990）"),
    ],
)
def test_a_typed_text_is_kept_in_one_spelling(typed, kept):
    assert tidy(typed) == kept
    assert tidy(kept) == kept


@pytest.mark.parametrize("typed", ["王小明 至 2010年13月", "王小明 2010至1990", "王小明 至 99"])
def test_a_time_that_cannot_be_is_refused(typed):
    assert "former_names" in read_facts({"former_names": typed}).errors


def test_names_are_told_from_their_times():
    assert bare("王小明（1990 至 2010）、Wang Ming") == ["王小明", "Wang Ming"]
    assert bare(None) == []
    assert bare("王小明 至 99、王福") == ["王小明 至 99", "王福"], "as kept before times were read"
    (one,) = former_names("王小明（1990 至 2010-05）")
    assert (str(one.since), str(one.until)) == ("1990", "2010-05")


def test_the_search_finds_the_name_and_not_its_years(session, cast, sign_in):
    edit_member(session, cast.wang, EditPerson({"former_names": "王小明 1990-2010"}))
    session.commit()
    assert cast.wang.former_names == "王小明（1990 至 2010）"
    staff = sign_in("staff")
    for words, found in (("王小明", True), ("wxm", True), ("2010", False), ("1990", False)):
        assert ("B00001" in staff.part(f"/societies/bjcs/members/?q={words}").text) is found, words


def test_a_member_page_shows_when_and_the_line_of_life_draws_it(session, cast, sign_in):
    edit_member(session, cast.wang, EditPerson({"former_names": "王小明 至 2015-06，王明"}))
    session.commit()
    text = sign_in("staff").get("/societies/bjcs/members/B00001").text
    assert "曾用名 王小明（至 2015-06）、王明" in text
    assert re.search(r'life-label">曾用名 王小明<', text)
    assert re.search(r'life-dates">至 2015-06<', text)


def test_likely_twins_are_found_by_a_dated_name(session, cast):
    twin = enter_person(
        session, cast.society.id, read_facts({"name": "王小明", "birth": "1965-03-08"}).values
    )
    edit_member(session, cast.wang, EditPerson({"former_names": "王小明（至 2015）"}))
    session.commit()
    found = twins.pairs(session, cast.society.id)
    assert {(pair.one.id, pair.two.id) for pair in found} == {(cast.wang.id, twin.id)}
