"""Members are invited in a batch, by mail or by letter, and open their accounts themselves."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from registry.accounts import activating
from registry.accounts.models import Account, Invitation
from registry.memberships.services import edit_member
from registry.people.services import EditPerson
from tests.mail.server import MailServer, text, using

INVITE = "/societies/bjcs/accounts/invite"
CHOSEN = {"username": "chenjing", "password": "a long password", "again": "a long password"}


@pytest.fixture
def number(session, cast):
    return cast.chen_member.number


def letter(office, number):
    answer = office.post(INVITE, data={"numbers": number, "way": "letter"})
    assert answer.status_code == 200
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.text).group()


def test_a_letter_has_a_code_and_its_picture_and_is_kept_nowhere(sign_in, number, session):
    office = sign_in("staff")
    code = letter(office, number)
    page = office.get("/societies/bjcs/accounts/").text
    assert "还没有开通的邀请" in page
    assert code not in page


def test_a_member_opens_the_account_with_the_code(sign_in, client, number, session):
    code = letter(sign_in("staff"), number)
    answer = client.post("/activate", data={"code": code.lower(), **CHOSEN})
    assert answer.headers["Location"] == "/login"
    assert client.post("/login", data=CHOSEN).status_code == 303
    assert client.get("/me/sessions").status_code == 200
    assert session.scalars(select(Invitation)).one().accepted_at


def test_a_member_opens_the_account_with_the_link_of_a_mail(app, sign_in, client, number, cast, session):
    edit_member(session, cast.chen, EditPerson({"email": "chen@example.cn"}))
    with MailServer() as server, using(app, server):
        sign_in("staff").post(INVITE, data={"numbers": number, "way": "mail"})
        (mail,) = server.wait()
    assert mail["To"] == "chen@example.cn"
    where = re.search(r"https://registry\.example\.org(/activate/\S+)", text(mail)).group(1)
    answer = client.get(where)
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == (
        "strict-origin",
        "no-store",
    )
    code = re.search(r'name="code" value="([^"]+)"', answer.text).group(1)
    assert client.post("/activate", data={"code": code, **CHOSEN}).headers["Location"] == "/login"


def test_without_a_mail_server_there_are_only_letters(sign_in):
    page = sign_in("staff").get(INVITE).text
    assert "都打印成信" in page
    assert "发邮件" not in page


def test_all_are_invited_or_none(sign_in, number, session):
    answer = sign_in("staff").post(INVITE, data={"numbers": f"{number} B99999", "way": "letter"})
    assert answer.status_code == 422
    assert "B99999" in answer.text
    assert session.scalars(select(Invitation)).all() == []


def test_a_withdrawn_invitation_opens_nothing(sign_in, client, number, session):
    office = sign_in("staff")
    code = letter(office, number)
    row = session.scalars(select(Invitation)).one()
    office.post(f"/societies/bjcs/accounts/invitations/{row.id}/withdraw")
    assert client.post("/activate", data={"code": code, **CHOSEN}).status_code == 422
    assert session.scalars(select(Account).where(Account.username == "chenjing")).first() is None


def test_an_invitation_of_another_society_is_not_there(sign_in, number, session):
    letter(sign_in("staff"), number)
    row = session.scalars(select(Invitation)).one()
    office = sign_in("staff2")
    assert office.post(f"/societies/bjcs/accounts/invitations/{row.id}/withdraw").status_code == 403


def test_guessing_is_slow(sign_in, client, number, app):
    app.extensions.pop("activation_tries", None)
    code = letter(sign_in("staff"), number)
    for _ in range(activating.MISSES):
        assert client.post("/activate", data={"code": "0000-0000-0000", **CHOSEN}).status_code == 422
    assert client.post("/activate", data={"code": code, **CHOSEN}).status_code == 429
    app.extensions.pop("activation_tries")
    assert client.post("/activate", data={"code": code, **CHOSEN}).status_code == 303
