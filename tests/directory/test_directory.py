"""Members read of each other what each chose to show, where the society has opened its directory."""

from __future__ import annotations

from datetime import date

import pytest

from registry.consents.queries import standings
from registry.consents.services import decide, set_directory
from registry.core.text import query_terms
from registry.directory import queries
from registry.directory.queries import Listed, Sought, page
from registry.journal.services import act
from registry.memberships.models import EndReason
from registry.memberships.services import End, end
from registry.people.services import EditPerson, edit_person
from tests.databases import TODAY

URL = "/societies/bjcs/directory/"


def show(session, person, *facts, given=True):
    """The person decides."""
    standing = standings(session, person.society_id, [person.id])[0]
    decide(session, person.society_id, person.id, standing, given=given, paper=None, facts=facts)
    session.commit()


@pytest.fixture
def opened(session, cast):
    """Three are in it: with the employer, with telephone and employer, with nothing but the name."""
    set_directory(session, cast.society, opened=True)
    session.commit()
    show(session, cast.chen, "employer")
    show(session, cast.ouyang, "phone", "employer")
    show(session, cast.mary)


def names(session, cast, **sought):
    found, _after = page(session, cast.society.id, Sought(**sought), TODAY)
    return [one.row.name for one in found]


@pytest.mark.usefixtures("opened")
def test_only_who_chose_to_be_there_stands_there(session, cast):
    assert names(session, cast) == ["陳大文", "Mary Shelton", "欧阳晓月"]
    show(session, cast.chen, given=False)
    assert names(session, cast) == ["Mary Shelton", "欧阳晓月"]


@pytest.mark.usefixtures("opened")
def test_an_entry_that_was_made_one_with_another_keeps_its_choice(session, cast):
    act(session, "person:merge", cast.society.id)
    cast.mary.merged_into_id = cast.wang.id
    session.commit()
    assert "王富" in names(session, cast)


@pytest.mark.usefixtures("opened")
def test_nothing_is_told_but_what_was_chosen(sign_in):
    text = sign_in("member").get(URL).text
    assert "13800000003" in text
    assert "维港理工学院" in text
    for kept in ("+852 2345 6789", "mary@example.org", "Northfield University", "B00001"):
        assert kept not in text


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("欧阳", ["欧阳晓月"]),
        ("陈大文", ["陳大文"]),
        ("ouyang", ["欧阳晓月"]),
        ("燕山", ["欧阳晓月"]),
        ("shelton", ["Mary Shelton"]),
        ("northfield", []),
        ("13800000003", []),
        ("B00003", []),
    ],
)
def test_nobody_is_found_by_what_is_not_shown(session, cast, typed, found):
    assert names(session, cast, q=typed) == found


@pytest.mark.usefixtures("opened")
def test_a_branch_narrows_it(session, cast):
    assert names(session, cast, branch_id=cast.branch2.id) == ["欧阳晓月"]


@pytest.mark.usefixtures("opened")
def test_who_left_is_gone(session, cast):
    end(session, cast.ouyang_member, End(date(2026, 11, 1), EndReason.RESIGNED))
    session.commit()
    assert "欧阳晓月" not in names(session, cast)


@pytest.mark.usefixtures("opened")
def test_it_goes_on_behind_a_page(session, cast, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    monkeypatch.setattr(queries, "BATCH", 2)
    seen, after = [], None
    for _ in range(5):
        found, after = page(session, cast.society.id, Sought(after=after), TODAY)
        seen += [one.row.name for one in found]
        if after is None:
            break
    assert seen == ["陳大文", "Mary Shelton", "欧阳晓月"]


@pytest.mark.usefixtures("opened")
def test_nobody_is_placed_by_a_key_who_is_not_in_it(session, cast):
    assert names(session, cast, after=cast.wang_member.id) == []
    assert names(session, cast, after=cast.unit_member.id) == []


@pytest.mark.usefixtures("opened")
def test_a_text_about_oneself_is_shown_where_it_was_chosen(session, cast):
    edit_person(session, cast.chen, EditPerson({"bio": "研究分布式系统。"}), [])
    show(session, cast.chen, "bio")
    found, _after = page(session, cast.society.id, Sought(), TODAY)
    assert found[0].told == [("bio", "个人简介", "研究分布式系统。")]
    assert Listed(found[0].row, ()).answers(query_terms("陳大文"))


def test_until_the_society_opens_it_there_is_none(sign_in, session, cast):
    member, staff = sign_in("member"), sign_in("staff")
    assert member.get(URL).status_code == 404
    assert staff.post("/societies/bjcs/consents/directory", data={"opened": "yes"}).status_code == 303
    assert member.get(URL).status_code == 200
    assert URL in member.get("/societies/bjcs/").text
    staff.post("/societies/bjcs/consents/directory", data={"opened": "no"})
    assert staff.get(URL).status_code == 404


@pytest.mark.usefixtures("opened")
def test_who_is_no_member_any_more_reads_nothing(sign_in, session, cast):
    end(session, cast.wang_member, End(date(2026, 11, 1), EndReason.RESIGNED))
    session.commit()
    assert sign_in("member").get(URL).status_code == 403
    assert sign_in("staff").get(URL).status_code == 200
    assert sign_in("auditor").get(URL).status_code == 403
    assert sign_in("staff2").get(URL).status_code in {403, 404}


def test_a_member_chooses_in_place(sign_in, session, cast):
    set_directory(session, cast.society, opened=True)
    session.commit()
    member, place = sign_in("member"), "/me/bjcs/visible"
    assert "您没有列入" in member.get("/me").text
    assert 'name="facts"' in member.part(f"{place}?edit=1").text
    refused = member.post_part(place, {"facts": ["phone"]})
    assert refused.status_code == 422
    assert "请先列入" in refused.text
    answer = member.post_part(place, {"listed": "y", "facts": ["phone", "title"]})
    assert answer.status_code == 200
    assert "职称、电话" in answer.text.replace("\n", "")
    assert "<html" not in answer.text
    assert "电话" in member.get("/me/privacy").text.split("本会的会员在通讯录里看得到")[1].split("</p>")[0]
    assert "13800000001" in member.get(URL).text
    assert member.post(place, data={"csrf_token": ""}).headers["Location"].endswith("/me/bjcs#visible")
    assert "13800000001" not in member.get(URL).text


def test_what_was_chosen_is_in_the_copy(sign_in, session, cast):
    show(session, cast.wang, "phone")
    held = sign_in("member").get("/me/privacy/bjcs/copy.json").json
    assert held["consents"][0]["facts"] == ["phone"]
    assert held["person"]["bio"] is None


def test_the_office_enters_what_a_paper_chose(sign_in, session, cast):
    typed = {"given": "yes", "facts": ["email"], "signed_on": "2026-01-05", "evidence": "会员档案 2026-03"}
    page_ = "/societies/bjcs/members/B00001/consents"
    assert sign_in("staff").post(f"{page_}/directory", data=typed).status_code == 303
    assert "选出的：邮箱" in sign_in("staff").get(page_).text
