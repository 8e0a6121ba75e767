"""An invitation opens one account, once, for a time; whoever guesses learns nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.accounts import inviting, services
from registry.accounts.inviting import Activate
from registry.accounts.models import Account, Invitation, RoleGrant
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from tests.databases import TODAY

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
MAIL = "chen@example.cn"


def invite(session, cast, email=""):
    sent = inviting.invite(session, cast.chen, email, NOW, TODAY)
    session.commit()
    return sent.secret


def accept(session, secret, now=NOW, username="chen"):
    return inviting.accept(session, Activate(secret, username, "a long password"), now, TODAY)


def test_the_code_of_a_letter_opens_an_account_of_the_member(session, cast):
    account = accept(session, invite(session, cast))
    (grant,) = session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id))
    assert (grant.role, grant.person_id, grant.society_id) == (Role.MEMBER, cast.chen.id, cast.society.id)
    assert account.name == cast.chen.name
    assert services.prove(session, "chen", "a long password", NOW)


def test_the_link_of_a_mail_proves_the_address(session, cast):
    account = accept(session, invite(session, cast, MAIL))
    assert session.info["vault"].open(account.email) == MAIL


def test_an_address_that_another_account_has_stays_with_it(session, cast):
    first = accept(session, invite(session, cast, MAIL))
    session.commit()
    secret = inviting.invite(session, cast.ouyang, MAIL, NOW, TODAY).secret
    assert accept(session, secret, username="ouyang").email is None
    assert first.email


@pytest.mark.parametrize("case", ["unknown", "used", "expired", "withdrawn", "replaced"])
def test_a_code_that_opens_nothing_is_answered_alike(case, session, cast):
    secret, now = invite(session, cast), NOW
    if case == "unknown":
        secret = "0000-0000-0000"
    elif case == "used":
        accept(session, secret)
        session.commit()
    elif case == "expired":
        now = NOW + inviting.BY_LETTER
    elif case == "withdrawn":
        inviting.withdraw(session, session.scalars(select(Invitation)).one(), NOW)
    else:
        invite(session, cast)
    with pytest.raises(RuleBroken, match="这个验证码不能用") as refused:
        accept(session, secret, now, "another")
    assert refused.value.field == "code"
    assert session.scalars(select(Account).where(Account.username == "another")).first() is None


def test_a_letter_lasts_longer_than_a_mail(session, cast):
    mailed = inviting.invite(session, cast.chen, MAIL, NOW, TODAY).expires_at
    assert mailed == NOW + timedelta(days=7)
    assert inviting.invite(session, cast.chen, "", NOW, TODAY).expires_at == NOW + timedelta(days=30)


def test_a_user_name_in_use_costs_no_invitation(session, cast):
    secret = invite(session, cast)
    with pytest.raises(RuleBroken) as refused:
        accept(session, secret, username="staff")
    assert refused.value.field == "username"
    session.rollback()
    assert accept(session, secret)


def test_whoever_has_an_account_is_invited_to_no_other(session, cast):
    with pytest.raises(RuleBroken, match="已有账号"):
        inviting.invite(session, cast.wang, "", NOW, TODAY)


def test_nobody_enters_as_a_person_who_was_erased(session, cast):
    secret = invite(session, cast)
    cast.chen.erased_at = NOW
    with pytest.raises(RuleBroken, match="这个验证码不能用"):
        accept(session, secret)


def test_whether_a_code_is_known_costs_no_more_and_no_less_hashing(session, cast, monkeypatch):
    """A stranger's code must not be told from an old one by the work it makes."""
    secret, hashed = invite(session, cast), []
    accept(session, secret)
    session.commit()
    whole = services._hasher.hash

    class Counting:
        def hash(self, password):
            hashed.append(password)
            return whole(password)

    monkeypatch.setattr(services, "_hasher", Counting())
    for code in (secret, "0000-0000-0000"):
        with pytest.raises(RuleBroken):
            accept(session, code, username="nobody")
    assert hashed == []
