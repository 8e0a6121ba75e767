"""Roles are given for a time and a place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from registry.accounts.models import RoleGrant
from registry.accounts.queries import grants_on
from registry.accounts.services import GiveRole, give_role
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from tests.databases import TODAY

ROSTER = "/societies/bjcs/members/"


@pytest.fixture
def grant(session, cast):
    """The one grant of `staff`, inside an act that may change it."""
    give_role(session, cast.member_account, GiveRole(Role.STAFF, date(2090, 1, 1), cast.third.id))
    return session.query(RoleGrant).filter_by(account_id=cast.staff_account.id).one()


def test_a_grant_in_force_opens_its_place(sign_in, grant):
    assert sign_in("staff").get("/societies/bjcs/").status_code == 200


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "status"),
    [
        (TODAY, None, 200),
        (TODAY - timedelta(days=9), TODAY + timedelta(days=1), 200),
        (TODAY - timedelta(days=9), TODAY, 403),
        (TODAY + timedelta(days=1), None, 403),
        (TODAY, TODAY, 403),
    ],
)
def test_an_ended_or_future_grant_gives_nothing(sign_in, session, grant, starts_on, ends_on, status):
    grant.starts_on, grant.ends_on = starts_on, ends_on
    assert sign_in("staff").get("/societies/bjcs/").status_code == status


def test_a_past_day_in_the_address_does_not_bring_an_ended_grant_back(sign_in, session, grant):
    grant.ends_on = date(2024, 1, 1)
    assert sign_in("staff").get(f"{ROSTER}?on=2023-01-01").status_code == 403


def test_a_future_day_in_the_address_does_not_bring_a_grant_forward(sign_in, session, grant):
    assert sign_in("member").get("/societies/bjst/?on=2091-01-01").status_code == 403


def test_grants_are_asked_for_by_day(session, cast, grant):
    assert [row.role for row in grants_on(session, cast.staff_account.id, TODAY)] == [Role.STAFF]
    assert grants_on(session, cast.staff_account.id, date(2019, 12, 31)) == ()


@pytest.mark.parametrize(
    ("role", "field"),
    [
        (Role.STAFF, "society_id"),
        (Role.AUDITOR, "society_id"),
        (Role.SUPERVISOR, "society_id"),
        (Role.BRANCH_STAFF, "society_id"),
        (Role.MEMBER, "society_id"),
    ],
)
def test_a_role_without_its_place_is_refused(session, cast, role, field):
    with pytest.raises(RuleBroken) as caught:
        give_role(session, cast.staff_account, GiveRole(role, TODAY))
    assert caught.value.field == field


@pytest.mark.parametrize(("role", "field"), [(Role.BRANCH_STAFF, "branch_id"), (Role.MEMBER, "person_id")])
def test_a_role_in_a_society_may_need_a_nearer_place(session, cast, role, field):
    with pytest.raises(RuleBroken) as caught:
        give_role(session, cast.staff_account, GiveRole(role, TODAY, cast.society.id))
    assert caught.value.field == field


def test_an_account_without_a_grant_goes_nowhere(sign_in, session, grant, cast):
    grant.ends_on = TODAY
    client = sign_in("staff")
    assert client.get("/societies/").status_code == 403
    assert client.get("/policy").status_code == 200
