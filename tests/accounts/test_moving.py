"""Another address: proved by the password, confirmed at the new one, stopped at the old; once, for a day."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from registry.accounts import forgotten, moving, services
from registry.core.errors import RuleBroken
from tests.accounts.conftest import MAIL
from tests.cast import PASSWORD
from tests.mail.server import text

NOW = datetime.now(UTC)
OLD, NEW = MAIL, "wang.fu@example.org"


@pytest.fixture
def links(session, known):
    made = moving.ask(session, known, NEW, NOW)
    session.commit()
    return made


def now_at(session, known):
    return session.info["vault"].open(known.email)


def test_both_addresses_are_told_and_the_new_one_confirms(known, session, server, sign_in):
    member = sign_in("member")
    assert member.post("/me/address", data={"address": NEW, "now": PASSWORD}).status_code == 303
    mails = {mail["To"]: mail for mail in server.wait(2)}
    assert set(mails) == {OLD, NEW}
    assert now_at(session, known) == OLD
    assert NEW in member.get("/me/sessions").text
    where = re.search(r"example\.org(/me/address/confirm/\S+)", text(mails[NEW]))[1]
    assert member.get(where).status_code == 200
    assert member.post(where).status_code == 303
    assert {mail["To"] for mail in server.wait(4)[2:]} == {OLD, NEW}
    session.refresh(known)
    assert now_at(session, known) == NEW


def test_the_old_address_stops_it(known, session, server, sign_in, client):
    sign_in("member").post("/me/address", data={"address": NEW, "now": PASSWORD})
    told = {mail["To"]: text(mail) for mail in server.wait(2)}
    where = re.search(r"example\.org(/address/keep/\S+)", told[OLD])[1]
    assert client.get(where).status_code == 200
    assert client.post(where).status_code == 303
    assert client.post(where).status_code == 422
    session.refresh(known)
    assert known.new_email is None
    confirming = re.search(r"example\.org(/me/address/confirm/\S+)", told[NEW])[1]
    assert sign_in("member").post(confirming).status_code == 422


def test_a_wrong_password_asks_for_nothing(known, session, server, sign_in):
    answer = sign_in("member").post("/me/address", data={"address": NEW, "now": "not the password"})
    assert answer.status_code == 422
    session.refresh(known)
    assert (known.new_email, known.failures) == (None, 1)


def test_whether_the_address_is_used_is_told_to_its_reader_alone(known, session, cast, server, sign_in):
    staff = cast.staff_account

    def asked(address):
        answer = sign_in("staff").post("/me/address", data={"address": address, "now": PASSWORD})
        return answer.status_code, answer.location

    assert asked("nobody@example.cn") == asked(OLD)
    made = moving.ask(session, staff, OLD, NOW)
    with pytest.raises(RuleBroken, match="已用于另一个账号"):
        moving.confirm(session, staff, made.move, NOW)


@pytest.mark.parametrize("case", ["used", "expired", "withdrawn", "replaced", "password", "another"])
def test_a_link_works_once_expires_and_dies_with_the_password(case, session, cast, known, links):
    now, whose = NOW, known
    if case == "used":
        moving.confirm(session, known, links.move, NOW)
    elif case == "expired":
        now = NOW + moving.LASTS
    elif case == "withdrawn":
        moving.withdraw(session, known, NOW)
    elif case == "replaced":
        moving.ask(session, known, "other@example.org", NOW)
    elif case == "password":
        services.set_password(session, known, "set meanwhile")
    else:
        whose = cast.staff_account
    session.commit()
    with pytest.raises(RuleBroken, match="这个链接不能用"):
        moving.confirm(session, whose, links.move, now)
    if case != "another":
        with pytest.raises(RuleBroken, match="这个链接不能用"):
            moving.keep(session, links.keep, now)


def test_a_link_to_the_old_mailbox_opens_nothing_after_the_change(session, known, links):
    asked = forgotten.ask(session, OLD, NOW)
    moving.confirm(session, known, links.move, NOW)
    with pytest.raises(RuleBroken, match="这个链接不能用"):
        forgotten.reset(session, asked.secret, "a long password", NOW)


def test_a_pending_change_is_withdrawn_on_the_page(session, known, links, sign_in):
    member = sign_in("member")
    assert NEW in member.get("/me/sessions").text
    member.post("/me/address/withdraw")
    assert NEW not in member.get("/me/sessions").text
