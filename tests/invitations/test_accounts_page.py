"""The office sees who can sign in, ends what is below it, and gains nothing for itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.accounts.models import RoleGrant
from registry.accounts.services import GiveRole, give_role
from registry.core.policy import Role
from tests.cast import PASSWORD, SINCE
from tests.databases import TODAY

PAGE = "/societies/bjcs/accounts/"


def grant_of(session, account):
    return session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).first()


def url(account):
    return f"{PAGE}{account.id}"


def test_the_page_lists_the_accounts_of_the_society(sign_in, cast):
    answer = sign_in("staff").get(PAGE).text
    assert "秘书处刘老师" in answer
    assert "监事孙老师" in answer
    assert "机械学会秘书处" not in answer


@pytest.mark.parametrize("role", ["branch", "member", "auditor", "supervisor", "staff2"])
def test_nobody_else_sees_it(role, sign_in):
    assert sign_in(role).get(PAGE).status_code == 403


def test_the_office_ends_the_role_of_an_auditor(sign_in, session, cast):
    grant = grant_of(session, cast.auditor_account)
    assert sign_in("staff").post(url(cast.auditor_account), data={"role": grant.id}).status_code == 303
    session.refresh(grant)
    assert grant.ends_on == TODAY
    assert sign_in("auditor").get("/societies/bjcs/members/").status_code == 403


@pytest.mark.parametrize("whose", ["staff", "supervisor"])
@pytest.mark.parametrize("deed", ["role", "disable", "sessions"])
def test_the_office_touches_no_account_beside_or_above_it(whose, deed, sign_in, session, cast):
    account = getattr(cast, f"{whose}_account")
    asked = {"role": grant_of(session, account).id} if deed == "role" else {"deed": deed}
    assert sign_in("staff").post(url(account), data=asked).status_code == 403


def test_an_account_that_is_also_an_administrators_is_not_stopped_by_an_office(sign_in, session, cast):
    give_role(session, cast.member_account, GiveRole(Role.ADMIN, SINCE))
    assert sign_in("staff").post(url(cast.member_account), data={"deed": "disable"}).status_code == 403


def test_an_administrator_does_not_lock_himself_out(sign_in, session, cast):
    give_role(session, cast.admin_account, GiveRole(Role.STAFF, SINCE, cast.society.id))
    assert sign_in("admin").post(url(cast.admin_account), data={"deed": "disable"}).status_code == 403


def test_a_stopped_account_is_signed_out_and_cannot_sign_in_until_it_is_reopened(
    sign_in, client, session, cast
):
    office, member = sign_in("staff"), sign_in("member")
    office.post(url(cast.member_account), data={"deed": "disable"})
    assert member.get("/me/sessions").status_code == 303
    assert "已停用" in office.get(PAGE).text
    typed = {"username": "member", "password": PASSWORD}
    assert client.post("/login", data=typed).status_code == 422
    office.post(url(cast.member_account), data={"deed": "enable"})
    assert client.post("/login", data=typed).status_code == 303


def test_what_was_done_already_is_said(sign_in, cast):
    office = sign_in("staff")
    office.post(url(cast.member_account), data={"deed": "disable"})
    answer = office.post(url(cast.member_account), data={"deed": "disable"}, follow_redirects=True)
    assert "账号已经停用" in answer.text


def test_an_account_of_another_society_is_not_there(sign_in, cast):
    assert sign_in("staff").post(url(cast.staff2_account), data={"deed": "disable"}).status_code == 404
