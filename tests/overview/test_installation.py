"""The journal of the installation itself: accounts and grants, for administrators."""

from __future__ import annotations

from registry.accounts.services import open_account


def test_what_belongs_to_no_society_stands_there(sign_in, session, cast):
    open_account(session, "newcomer", "新来的秘书", "a long password")
    session.commit()
    page = sign_in("admin").get("/journal/").text
    assert "新来的秘书" in page
    assert "a long password" not in page


def test_it_is_proved_unaltered(sign_in, session, cast):
    open_account(session, "newcomer", "新来的秘书", "a long password")
    session.commit()
    assert "环环相扣" in sign_in("admin").get("/journal/?verify=1").text


def test_the_staff_of_a_society_have_their_own_alone(sign_in):
    assert sign_in("staff").get("/journal/").status_code == 403
