"""Who has left a branch is hidden from it, whatever the day looked at; telephones and mixed roles."""

from __future__ import annotations

import pytest

from registry.accounts.services import GiveRole, give_role
from registry.core.policy import Role
from registry.memberships.services import Change, change
from tests.cast import SINCE
from tests.databases import TODAY

ROSTER = "/societies/bjcs/members/"
BEFORE = "on=2019-06-01"


@pytest.fixture
def moved(session, cast):
    """Wang belongs to another branch from today on."""
    change(session, cast.wang_member, Change(TODAY, cast.category["ordinary"].id, cast.branch2.id))
    session.commit()


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize("asked", [BEFORE, f"{BEFORE}&q=13800000001", f"{BEFORE}&sex=M&state=all"])
def test_a_branch_reads_no_facts_of_who_left_it(sign_in, asked):
    branch = sign_in("branch")
    assert "王富" in sign_in("staff").get(f"{ROSTER}?{asked}").text
    for page in (
        f"{ROSTER}?{asked}",
        f"{ROSTER}export.csv?columns=all&{asked}",
        f"/palette?{asked}&q=wangfu",
    ):
        text = branch.get(page).text
        assert "王富" not in text, page
        assert "wang@example.cn" not in text, page


@pytest.mark.usefixtures("moved")
def test_a_branch_does_nothing_to_who_left_it(sign_in, cast):
    branch = sign_in("branch")
    assert branch.post(f"{ROSTER}chosen?{BEFORE}&q=wangfu", data={"all": "1"}).status_code == 422
    assert branch.post(f"{ROSTER}chosen", data={"id": str(cast.wang_member.id)}).status_code == 422


def test_a_branch_still_reads_who_left_the_society(sign_in, cast):
    assert "李明远" in sign_in("branch").get(f"{ROSTER}?{BEFORE}").text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.STAFF])
def test_a_telephone_is_not_found_by_a_role_held_elsewhere(sign_in, session, cast, role):
    """An auditor who is a member too, or staff elsewhere, sees telephones, but not of these people."""
    place = {"person_id": cast.chen.id} if role is Role.MEMBER else {}
    society = cast.society if role is Role.MEMBER else cast.other
    give_role(session, cast.auditor_account, GiveRole(role, SINCE, society_id=society.id, **place))
    session.commit()
    for page in (f"{ROSTER}?q=13800000001", "/palette?in=bjcs&q=13800000001"):
        assert "王富" not in sign_in("auditor").get(page).text, page
