"""Whoever knows the password in force may choose another; all other sessions end with the old one."""

from __future__ import annotations

from registry.accounts.services import FAILURES_ALLOWED
from tests.cast import PASSWORD

PAGE, NEW = "/me/password", "another long password"


def change(client, now=PASSWORD, new=NEW, again=NEW):
    return client.post(PAGE, data={"now": now, "password": new, "again": again})


def test_another_password_keeps_this_session_and_ends_the_others(app, sign_in, client):
    here = app.test_client()
    here.post("/login", data={"username": "member", "password": PASSWORD})
    there = sign_in("member")
    assert change(here).headers["Location"] == "/me/sessions"
    assert "密码已改" in here.get("/me/sessions").text
    assert there.get("/me/sessions").status_code == 303
    assert client.post("/login", data={"username": "member", "password": PASSWORD}).status_code == 422
    assert client.post("/login", data={"username": "member", "password": NEW}).status_code == 303


def test_a_wrong_password_is_counted_as_in_signing_in(sign_in, client):
    member = sign_in("member")
    for _ in range(FAILURES_ALLOWED):
        answer = change(member, now="not the password")
        assert answer.status_code == 422
        assert "现在的密码不对" in answer.text
    assert change(member).status_code == 422
    assert client.post("/login", data={"username": "member", "password": PASSWORD}).status_code == 422


def test_what_is_typed_twice_must_be_the_same_and_long_enough(sign_in):
    member = sign_in("member")
    assert "两遍密码不一样" in change(member, again="something else").text
    assert "至少 10 个字符" in change(member, new="short", again="short").text
