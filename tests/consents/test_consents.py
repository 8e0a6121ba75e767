"""Consent is asked purpose by purpose, decided by the member or on paper, and remembered."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.consents.models import Consent
from registry.consents.purposes import DIRECTORY
from registry.consents.queries import chosen, recipients, standings, tallies
from registry.consents.services import NameRecipient, Paper, decide, end_recipient, name_recipient
from registry.core.errors import RuleBroken
from registry.journal.services import act

FOREIGN = NameRecipient(
    "Northfield Society", "GB", "office@example.org", "合办会议", "名单加密邮寄", "姓名、单位", "写信"
)


def standing(session, cast, key="directory"):
    return next(row for row in standings(session, cast.society.id, [cast.wang.id]) if row.key == key)


def give(session, cast, key="directory", *, given=True, paper=None, facts=()):
    asked = standing(session, cast, key)
    row = decide(session, cast.society.id, cast.wang.id, asked, given=given, paper=paper, facts=facts)
    session.commit()
    return row


def test_nothing_is_agreed_to_before_it_was_asked(session, cast):
    found = standings(session, cast.society.id, [cast.wang.id])
    assert [row.given for row in found] == [None, None, None]


def test_what_was_given_and_taken_back_both_stay(session, cast):
    give(session, cast)
    give(session, cast, given=False)
    found = standing(session, cast)
    assert [row.given for row in found.events] == [False, True]
    assert found.given is False


def test_saying_the_same_twice_is_said_once(session, cast):
    give(session, cast)
    assert give(session, cast) is None
    assert len(standing(session, cast).events) == 1


def test_on_paper_it_says_where_the_paper_lies(session, cast):
    with pytest.raises(RuleBroken) as refused:
        give(session, cast, paper=Paper(date(2026, 1, 5), " "))
    assert refused.value.field == "evidence"
    session.rollback()
    row = give(session, cast, paper=Paper(date(2026, 1, 5), "会员档案 2026-03"))
    assert (row.recorded_by, row.evidence) == ("测试", "会员档案 2026-03")


def test_each_recipient_abroad_is_asked_apart(session, cast):
    one = name_recipient(session, cast.society.id, FOREIGN)
    two = name_recipient(session, cast.society.id, FOREIGN)
    session.commit()
    give(session, cast, f"abroad-{one.id}")
    assert standing(session, cast, f"abroad-{one.id}").given is True
    assert standing(session, cast, f"abroad-{two.id}").given is None


def test_one_that_gets_nothing_any_more_is_asked_of_nobody(session, cast):
    row = name_recipient(session, cast.society.id, FOREIGN)
    session.commit()
    end_recipient(session, row)
    session.commit()
    assert all(found.recipient is None for found in standings(session, cast.society.id, [cast.wang.id]))


def test_who_agreed_is_counted_by_what_holds(session, cast):
    give(session, cast)
    give(session, cast, given=False)
    give(session, cast)
    assert tallies(session, cast.society.id) == {("directory", None, True): 1}


def test_a_word_given_for_an_entry_that_was_merged_is_kept(session, cast):
    """The newest of all that were ever made one."""
    give(session, cast, facts=["phone"])
    keys = cast.society.id, [cast.chen.id, cast.mary.id], DIRECTORY
    assert chosen(session, *keys) == {}
    act(session, "person:merge", cast.society.id)
    cast.wang.merged_into_id, cast.li.merged_into_id = cast.li.id, cast.chen.id
    assert chosen(session, *keys) == {cast.chen.id: ("phone",)}
    later = standings(session, cast.society.id, [cast.chen.id])[0]
    decide(session, cast.society.id, cast.chen.id, later, given=True, paper=None, facts=["email", "sex"])
    assert chosen(session, *keys) == {cast.chen.id: ("email",)}
    session.rollback()


def test_another_choice_is_another_event(session, cast):
    give(session, cast, facts=["phone"])
    assert give(session, cast, facts=["phone"]) is None
    give(session, cast, facts=["phone", "title"])
    assert standing(session, cast).facts == ("title", "phone")
    give(session, cast, given=False)
    assert standing(session, cast).facts == ()
    assert len(standing(session, cast).events) == 3


def test_a_member_decides_in_place(sign_in, session, cast):
    answer = sign_in("member").post_part("/me/privacy/bjcs/consents/directory", {"given": "yes"})
    assert answer.status_code == 200
    assert "已同意" in answer.text
    assert "<html" not in answer.text
    session.rollback()
    assert session.scalars(select(Consent.given)).all() == [True]


def test_without_script_the_page_comes_back(sign_in):
    answer = sign_in("member").post("/me/privacy/bjcs/consents/mail", data={"given": "no"})
    assert answer.status_code == 303


def test_there_is_no_other_purpose(sign_in):
    assert sign_in("member").post("/me/privacy/bjcs/consents/duty", data={}).status_code == 404


def test_the_office_records_what_came_on_paper(sign_in, session, cast):
    staff, url = sign_in("staff"), "/societies/bjcs/members/B00001/consents"
    typed = {"given": "yes", "signed_on": "2026-01-05", "evidence": "会员档案 2026-03"}
    assert staff.post(f"{url}/mail", data=typed | {"evidence": ""}).status_code == 422
    assert staff.post(f"{url}/mail", data=typed).status_code == 303
    assert "会员档案 2026-03" in staff.get(url).text
    assert "已同意" in staff.get("/societies/bjcs/members/B00001").text
    assert "秘书处刘老师" in sign_in("member").get("/me/privacy").text


def test_the_office_names_a_recipient_and_members_are_asked(sign_in, session, cast):
    staff, typed = sign_in("staff"), dict(vars(FOREIGN))
    assert (
        staff.post("/societies/bjcs/consents/recipients/new", data=typed | {"rights": ""}).status_code == 422
    )
    assert staff.post("/societies/bjcs/consents/recipients/new", data=typed).status_code == 303
    text = sign_in("member").get("/me/privacy").text
    for words in typed.values():
        assert words in text or words == "GB"
    row = recipients(session, cast.society.id)[0]
    staff.post(f"/societies/bjcs/consents/recipients/{row.id}/end")
    assert "已停用" in staff.get("/societies/bjcs/consents/").text
    assert "Northfield" not in sign_in("member").get("/me/privacy").text
