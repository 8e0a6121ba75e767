"""An account is recovered by two persons who may do all that it can; the way in works once, for a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.accounts import factor, managing, recovering, services
from registry.accounts.models import Recovery
from registry.accounts.queries import grants_on
from registry.accounts.recovering import Approve, Ask
from registry.accounts.services import GiveRole, give_role
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from tests.cast import PASSWORD, SINCE
from tests.databases import TODAY

NOW = datetime.now(UTC)
NEW = "another long password"
PAGE = "/societies/bjcs/accounts/"


@pytest.fixture
def asked(session, cast):
    row = recovering.ask(
        session, cast.member_account, Ask(cast.society.id, cast.staff_account.id, "手机丢了"), NOW
    )
    session.commit()
    return row


def approve(session, row, who, *, mails=False, now=NOW):
    made = recovering.approve(session, row, Approve(who.id, mails), now, TODAY)
    session.commit()
    return made.secret


@pytest.fixture
def secret(session, cast, asked):
    return approve(session, asked, cast.admin_account)


def may(session, cast, who, whose):
    account, own = getattr(cast, f"{whose}_account"), getattr(cast, f"{who}_account")
    held = grants_on(session, own.id, TODAY)
    return managing.may_recover(held, account, own.id, cast.society.id, TODAY)


@pytest.mark.parametrize(
    ("who", "whose", "answer"),
    [
        ("staff", "member", True),
        ("staff", "branch", True),
        ("staff", "auditor", False),
        ("staff", "supervisor", False),
        ("staff", "staff", False),
        ("staff2", "member", False),
        ("branch", "member", False),
        ("auditor", "member", False),
        ("supervisor", "member", False),
        ("admin", "auditor", True),
        ("admin", "supervisor", True),
        ("admin", "staff", True),
    ],
)
def test_nobody_recovers_what_would_give_them_rights(who, whose, answer, session, cast):
    assert may(session, cast, who, whose) is answer


def test_an_office_does_not_recover_an_account_that_is_also_an_administrators(session, cast):
    give_role(session, cast.member_account, GiveRole(Role.ADMIN, SINCE))
    session.refresh(cast.member_account)
    assert not may(session, cast, "staff", "member")


def test_the_holder_chooses_anew_and_the_old_is_over(session, cast, secret, sign_in):
    member = sign_in("member")
    account = recovering.use(session, secret, NEW, NOW)
    session.commit()
    assert services.prove(session, "member", NEW, NOW) is account
    assert services.prove(session, "member", PASSWORD, NOW) is None
    assert account.totp is None
    session.commit()
    assert member.get("/me/sessions").status_code == 303


def test_a_second_factor_that_was_lost_is_over(session, cast, asked):
    factor.key_of(session, cast.member_account)
    cast.member_account.totp_since = NOW
    recovering.use(session, approve(session, asked, cast.admin_account), NEW, NOW)
    assert cast.member_account.totp is cast.member_account.totp_since is None


@pytest.mark.parametrize("case", ["asker", "holder"])
def test_another_person_approves(case, session, cast, asked):
    who = cast.staff_account if case == "asker" else cast.member_account
    with pytest.raises(RuleBroken, match="要由另一个人同意"):
        approve(session, asked, who)


def test_who_asked_must_still_have_the_right(session, cast, asked):
    (grant,) = cast.staff_account.grants
    managing.end_role(session, grant, TODAY)
    session.commit()
    with pytest.raises(RuleBroken, match="提出的人现在没有这项权限"):
        approve(session, asked, cast.admin_account)


def test_one_request_at_a_time_and_each_is_approved_once(session, cast, asked):
    with pytest.raises(RuleBroken, match="已经有一件"):
        recovering.ask(session, cast.member_account, Ask(cast.society.id, cast.staff_account.id, "再"), NOW)
    session.rollback()
    approve(session, asked, cast.admin_account)
    with pytest.raises(RuleBroken, match="已经办过"):
        approve(session, asked, cast.admin_account)


def test_a_request_lapses(session, cast, asked):
    with pytest.raises(RuleBroken, match="过期"):
        approve(session, asked, cast.admin_account, now=NOW + recovering.OPEN)


@pytest.mark.parametrize("case", ["unknown", "used", "expired", "withdrawn", "password", "role", "disabled"])
def test_a_code_works_once_expires_and_dies_with_the_password(case, session, cast, asked, secret):
    now = NOW
    if case == "unknown":
        secret = "0000-0000-0000"
    elif case == "used":
        recovering.use(session, secret, NEW, NOW)
    elif case == "expired":
        now = NOW + recovering.BY_LETTER
    elif case == "withdrawn":
        recovering.withdraw(session, asked, NOW)
    elif case == "password":
        services.set_password(session, cast.member_account, "set meanwhile")
    elif case == "role":
        give_role(session, cast.member_account, GiveRole(Role.AUDITOR, SINCE, cast.society.id))
    else:
        managing.disable(session, cast.member_account, cast.society.id, NOW)
        managing.enable(session, cast.member_account, cast.society.id)
    session.commit()
    with pytest.raises(RuleBroken, match="这个验证码不能用"):
        recovering.use(session, secret, "a third long password", now)


def test_a_mailed_link_lasts_a_day(session, cast, asked):
    secret = approve(session, asked, cast.admin_account, mails=True)
    with pytest.raises(RuleBroken):
        recovering.use(session, secret, NEW, NOW + timedelta(days=1))


def test_the_pages_lead_from_asking_to_a_letter(sign_in, client, session, cast):
    office, admin = sign_in("staff"), sign_in("admin")
    where = f"{PAGE}{cast.member_account.id}/recover"
    assert where in office.get(PAGE).text
    assert office.post(where, data={"reason": ""}).status_code == 422
    assert office.post(where, data={"reason": "手机丢了"}).status_code == 303
    row = session.scalars(select(Recovery)).one()
    one = f"{PAGE}recoveries/{row.id}"
    assert "手机丢了" in admin.get(one).text
    assert office.post(one, data={"way": "letter"}).status_code == 422
    letter = admin.post(one, data={"way": "letter"}).text
    code = letter.split('letter-code">')[1].split("<")[0]
    done = client.post("/recover", data={"code": code.lower(), "password": NEW, "again": NEW})
    assert (done.status_code, done.location) == (303, "/me/factor")
    assert "member" in client.get("/me/factor").text
    assert client.post("/recover", data={"code": code, "password": NEW, "again": NEW}).status_code == 422


@pytest.mark.parametrize("whose", ["auditor", "supervisor", "staff"])
def test_an_office_may_not_ask_for_what_is_beside_or_above_it(whose, sign_in, cast):
    account = getattr(cast, f"{whose}_account")
    assert sign_in("staff").post(f"{PAGE}{account.id}/recover", data={"reason": "x"}).status_code == 403


def test_an_office_neither_reads_nor_stops_what_is_beside_or_above_it(sign_in, session, cast):
    asked = Ask(cast.society.id, cast.admin_account.id, "手机丢了")
    row = recovering.ask(session, cast.auditor_account, asked, NOW)
    session.commit()
    office, one = sign_in("staff"), f"{PAGE}recoveries/{row.id}"
    assert office.get(one).status_code == 403
    assert office.post(f"{one}/withdraw").status_code == 403
    assert sign_in("admin").post(f"{one}/withdraw").status_code == 303


def test_who_can_still_sign_in_stops_it(sign_in, session, asked):
    member = sign_in("member")
    assert "手机丢了" in member.get("/me/sessions").text
    member.post("/me/recovery/refuse")
    session.refresh(asked)
    assert asked.withdrawn_at
