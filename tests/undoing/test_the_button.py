"""The button that takes an act back: by right, once, and with a way back to where it stood."""

from __future__ import annotations

import pytest

from registry.journal import queries as journal
from registry.memberships.services import Change, change, edit_member
from registry.people.services import EditPerson
from tests.databases import TODAY


@pytest.fixture
def edited(session, cast):
    """The address of taking back an edit of a telephone."""
    edit_member(session, cast.wang, EditPerson({"phone": "13900000000"}))
    return address(session, cast)


def address(session, cast):
    session.commit()
    return f"/societies/bjcs/acts/{journal.acts(session, cast.society.id, limit=1)[0].id}/undo"


def test_an_act_is_taken_back_and_the_way_leads_back(sign_in, cast, edited):
    answer = sign_in("staff").post(edited, data={"back": "/societies/bjcs/members/?q=wf"})
    assert (answer.status_code, answer.location) == (303, "/societies/bjcs/members/?q=wf")
    assert cast.wang.phone == "13800000001"


def test_the_next_page_says_what_was_taken_back_and_offers_the_return(sign_in, cast, edited):
    staff = sign_in("staff")
    staff.post(edited)
    text = staff.get("/societies/bjcs/members/").text
    assert "已撤销“修改人员资料”" in text
    assert "重做" in text


def test_in_the_table_the_answer_is_the_next_offer(sign_in, cast, edited, session):
    staff = sign_in("staff")
    answer = staff.post_part(edited)
    assert answer.status_code == 200
    assert "data-again" in answer.text
    assert "<html" not in answer.text
    staff.post_part(address(session, cast))
    assert cast.wang.phone == "13900000000"


def test_the_way_back_stays_within_the_society(sign_in, cast, edited):
    answer = sign_in("staff").post(edited, data={"back": "https://example.com/societies/bjcs/"})
    assert answer.location == "/societies/bjcs/"
    again = sign_in("staff").post(edited, data={"back": "//example.com"})
    assert again.status_code == 422


def test_a_refusal_says_what_stands_in_the_way(sign_in, session, cast, edited):
    edit_member(session, cast.wang, EditPerson({"phone": "13911111111"}))
    answer = sign_in("staff").post_part(edited)
    assert answer.status_code == 422
    assert "王富的电话已由测试于" in answer.text
    assert cast.wang.phone == "13911111111"


def test_branch_staff_take_back_what_they_may_change_and_nothing_else(sign_in, session, cast, edited):
    assert sign_in("branch").post(edited).status_code == 303
    edit_member(session, cast.wang, EditPerson({"name": "王大富"}))
    assert sign_in("branch").post(address(session, cast)).status_code == 403
    edit_member(session, cast.chen, EditPerson({"phone": "13911111111"}))
    assert sign_in("branch").post(address(session, cast)).status_code == 403
    change(session, cast.wang_member, Change(TODAY, cast.category["senior"].id, cast.branch.id))
    assert sign_in("branch").post(address(session, cast)).status_code == 403
    assert sign_in("staff").post(address(session, cast)).status_code == 303


def test_those_who_only_look_take_nothing_back(sign_in, cast, edited):
    for role in ("auditor", "supervisor", "member", "staff2"):
        assert sign_in(role).post(edited).status_code in {403, 404}, role
    assert sign_in("staff2").post(edited.replace("bjcs", "bjme")).status_code == 404


def test_an_act_that_cannot_be_taken_back_is_refused_in_words(sign_in, session, cast):
    answer = sign_in("staff").post(
        f"/societies/bjcs/acts/{journal.acts(session, cast.society.id)[-1].id}/undo"
    )
    assert answer.status_code == 422
    assert "不能撤销" in answer.text


def test_the_journal_offers_to_take_back_and_says_what_was(sign_in, session, cast, edited):
    staff, journal_page = sign_in("staff"), "/societies/bjcs/journal/"
    assert edited in staff.get(journal_page).text
    answer = staff.post(edited, data={"back": journal_page})
    assert answer.location == journal_page
    text = staff.get(journal_page).text
    assert edited not in text
    assert "已撤销" in text
    assert address(session, cast) in text
    assert "/undo" not in sign_in("auditor").get(journal_page).text


def test_the_journal_offers_nothing_that_was_changed_again(sign_in, session, cast, edited):
    edit_member(session, cast.wang, EditPerson({"phone": "13911111111"}))
    newer = address(session, cast)
    text = sign_in("staff").get("/societies/bjcs/journal/").text
    assert newer in text
    assert edited not in text
    sign_in("staff").post(newer)
    assert edited in sign_in("staff").get("/societies/bjcs/journal/").text
