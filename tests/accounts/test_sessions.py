"""A session ends where it is ended, not only in the browser that asks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from registry.accounts import sessions
from registry.accounts.browsers import browser
from registry.accounts.models import SignIn
from tests.cast import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
PAGE = "/me/sessions"


def enter(app, agent=CHROME):
    client = app.test_client()
    client.post("/login", data={"username": "staff", "password": PASSWORD}, headers={"User-Agent": agent})
    return client


def copied(app, client):
    """Another browser that holds the same cookie."""
    thief = app.test_client()
    with client.session_transaction() as own, thief.session_transaction() as stolen:
        stolen.update(own)
    return thief


def signed_in(client):
    return client.get("/policy").status_code == 200


def rows(session, account):
    session.commit()
    return list(sessions.lasting(session, account.id, datetime.now(UTC)))


def test_a_copy_of_the_cookie_dies_with_the_session(app, session):
    client = enter(app)
    thief = copied(app, client)
    assert signed_in(thief)
    client.post("/logout")
    assert not signed_in(thief)


def test_signing_out_leaves_other_sessions(app, session):
    here, there = enter(app), enter(app)
    here.post("/logout")
    assert signed_in(there)


def test_the_secret_of_a_session_is_not_kept(app, session):
    client = enter(app)
    with client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    found = session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    assert found.digest == sessions.digest(secret)
    assert secret not in vars(found).values()


def test_the_page_lists_the_sessions_and_marks_this_one(app, session, cast):
    here = enter(app)
    text = here.get(PAGE).text
    assert "Chrome · Windows" in text
    assert "Firefox · Linux" in text
    assert text.count(">这里<") == 1
    assert text.count('name="id"') == 1


def test_one_is_ended_from_another(app, session, cast):
    here, there = enter(app), enter(app)
    newest, before, *_older = rows(session, cast.staff_account)
    session.commit()
    answer = there.post(PAGE, data={"id": before.id})
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert newest in rows(session, cast.staff_account)
    session.commit()
    assert signed_in(there)
    assert not signed_in(here)


def test_all_others_are_ended_at_once(app, session, cast):
    here, there = enter(app), enter(app)
    there.post(PAGE)
    assert "已退出另外 2 处登录" in there.get(PAGE).text
    assert not signed_in(here)
    assert signed_in(there)


def test_nobody_ends_the_session_of_another(app, session, cast, sign_in):
    (theirs,) = rows(session, cast.admin_account)
    session.commit()
    enter(app).post(PAGE, data={"id": theirs.id})
    assert signed_in(sign_in("admin"))


def test_worn_out_sessions_are_forgotten_at_the_next(session, cast):
    (old,) = rows(session, cast.staff_account)
    old.began_at -= sessions.LONGEST * 2
    session.commit()
    sessions.begin(session, cast.staff_account, "", datetime.now(UTC))
    session.commit()
    assert session.get(SignIn, old.id, populate_existing=True) is None


def test_ending_all_is_an_act_in_the_journal(app, session, cast):
    client = enter(app)
    sessions.end_all(session, cast.staff_account)
    session.commit()
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (CHROME, "Chrome · Windows"),
        (CHROME + " Edg/130.0.0.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 MicroMessenger/8.0.47",
            "微信 · Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox · Linux"),
        ("curl/8.5.0", "不明的浏览器"),
    ],
)
def test_a_browser_is_known_again_by_two_words(app, said, word):
    with app.test_request_context():
        assert browser(said) == word
