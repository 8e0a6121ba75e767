"""A forgotten password: strangers learn nothing, and the link works once, for an hour, for that password."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from registry.accounts import forgotten, services
from registry.accounts.models import Account
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.links.models import Link
from registry.mail.models import Mail
from tests.accounts.conftest import MAIL
from tests.cast import PASSWORD
from tests.mail.server import text

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
NEW = "another long password"


def test_a_link_by_mail_opens_another_password(known, server, client, session):
    client.post("/forgot", data={"address": MAIL.upper()})
    (mail,) = server.wait()
    where = re.search(r"https://registry\.example\.org(/reset/\S+)", text(mail)).group(1)
    assert mail["To"] == MAIL
    page = client.get(where)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    secret = where.rpartition("/")[2]
    typed = {"secret": secret, "password": NEW, "again": NEW}
    assert client.post("/reset", data=typed).headers["Location"] == "/login"
    assert client.post("/login", data={"username": "member", "password": NEW}).status_code == 303
    assert client.post("/reset", data=typed).status_code == 422


def test_a_stranger_gets_the_same_answer_and_makes_the_same_work(
    known, server, client, session, count_queries
):
    def asked(address):
        with count_queries() as statements:
            answer = client.post("/forgot", data={"address": address})
        ours = [line.split(" WHERE ")[0] for line in statements if "mail" in line or "link" in line]
        return answer.status_code, answer.headers["Location"], [line for line in ours if "INSERT" in line]

    assert asked("nobody@example.cn") == asked(MAIL)
    assert [mail["To"] for mail in server.wait()] == [MAIL]
    assert session.scalar(select(func.count(Link.id))) == session.scalar(select(func.count(Mail.id))) == 2


def test_the_link_of_a_stranger_opens_nothing(session):
    asked = forgotten.ask(session, "nobody@example.cn", NOW)
    assert asked.email == ""
    with pytest.raises(RuleBroken, match="这个链接不能用"):
        forgotten.reset(session, asked.secret, NEW, NOW)


def test_the_link_dies_after_an_hour(known, session):
    asked = forgotten.ask(session, MAIL, NOW)
    with pytest.raises(RuleBroken, match="这个链接不能用"):
        forgotten.reset(session, asked.secret, NEW, NOW + timedelta(hours=1))


def test_the_link_dies_with_the_password(known, session):
    asked = forgotten.ask(session, MAIL, NOW)
    services.set_password(session, known, "a password set meanwhile")
    with pytest.raises(RuleBroken, match="这个链接不能用"):
        forgotten.reset(session, asked.secret, NEW, NOW)


def test_a_stopped_account_is_not_opened_by_its_mail(known, session):
    asked = forgotten.ask(session, MAIL, NOW)
    act(session, "account:disable")
    known.disabled_at = NOW
    with pytest.raises(RuleBroken, match="这个链接不能用"):
        forgotten.reset(session, asked.secret, NEW, NOW)
    assert forgotten.ask(session, MAIL, NOW).email == ""


def test_another_password_ends_every_session(known, server, sign_in, session):
    member = sign_in("member")
    asked = forgotten.ask(session, MAIL, datetime.now(UTC))
    session.commit()
    member.post("/reset", data={"secret": asked.secret, "password": NEW, "again": NEW})
    assert sign_in("member").get("/me/sessions").status_code == 303


def test_nobodys_mailbox_is_flooded(known, server, client, session):
    for _ in range(7):
        assert client.post("/forgot", data={"address": MAIL}).headers["Location"] == "/login"
    assert session.scalar(select(func.count(Mail.id))) == 5


def test_without_a_mail_server_nothing_is_promised(client):
    assert "忘了密码" not in client.get("/login").text
    assert "请告诉您学会的秘书处" in client.get("/forgot").text
    assert client.post("/forgot", data={"address": MAIL}).status_code == 422


def test_the_old_password_is_over(known, session):
    asked = forgotten.ask(session, MAIL, NOW)
    forgotten.reset(session, asked.secret, NEW, NOW)
    assert services.prove(session, "member", PASSWORD, NOW) is None
    assert isinstance(services.prove(session, "member", NEW, NOW), Account)
