"""Signing in: what opens, what stays shut, and how long it lasts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from itsdangerous import TimestampSigner
from sqlalchemy import select

from registry.accounts import services
from registry.accounts.models import SignIn
from registry.core.errors import RuleBroken
from registry.journal.models import Act
from tests.cast import PASSWORD

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def enter(client, username="staff", password=PASSWORD, way="/login"):
    return client.post(way, data={"username": username, "password": password})


def without_token(html):
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html)


def signed_in(client):
    return client.get("/policy").status_code == 200


def test_the_right_password_opens_the_door(client):
    answer = enter(client)
    assert (answer.status_code, answer.location) == (303, "/")
    assert signed_in(client)


def test_the_name_may_be_written_in_capitals_and_with_blanks_around(client):
    enter(client, " Staff ")
    assert signed_in(client)


@pytest.mark.parametrize(
    ("username", "password"), [("staff", "wrong"), ("nobody", PASSWORD), ("", PASSWORD), ("staff", "")]
)
def test_anything_else_does_not(client, username, password):
    assert enter(client, username, password).status_code == 422
    assert not signed_in(client)


def test_a_refusal_does_not_tell_which_part_was_wrong(client):
    wrong, unknown = enter(client, "staff", "wrong"), enter(client, "nobody", "wrong")
    assert "用户名或密码不对" in wrong.text
    assert without_token(wrong.text) == without_token(unknown.text).replace("nobody", "staff")
    assert 'value="wrong"' not in wrong.text


def test_an_unknown_name_takes_as_long_as_a_known_one(session, monkeypatch):
    checked = []

    class Counting(PasswordHasher):
        def verify(self, stored, password):
            checked.append(stored)
            return super().verify(stored, password)

    monkeypatch.setattr(services, "_hasher", Counting())
    services.prove(session, "nobody", "wrong", NOW)
    services.prove(session, "staff", "wrong", NOW)
    parameters = [stored.rsplit("$", 2)[0] for stored in checked]
    assert len(parameters) == 2
    assert parameters[0] == parameters[1]


def test_wrong_passwords_are_counted_although_the_answer_is_a_refusal(client, session, cast):
    for _ in range(3):
        enter(client, password="wrong")
    assert cast.staff_account.failures == 3


def test_after_five_wrong_ones_the_right_one_is_refused_too(client, session, cast):
    for _ in range(5):
        enter(client, password="wrong")
    assert enter(client).status_code == 422
    assert not signed_in(client)
    locked = cast.staff_account.locked_until - datetime.now(UTC)
    assert timedelta(minutes=14) < locked <= timedelta(minutes=15)
    deed = session.scalars(select(Act.deed).order_by(Act.id.desc()).limit(1)).one()
    assert deed == "account:lock"


def test_another_account_is_not_locked_with_it(client):
    for _ in range(5):
        enter(client, password="wrong")
    assert enter(client, "admin").status_code == 303


def test_the_lock_ends_after_fifteen_minutes(session):
    for _ in range(5):
        services.prove(session, "staff", "wrong", NOW)
    almost, over = NOW + timedelta(minutes=14, seconds=59), NOW + timedelta(minutes=15)
    assert services.prove(session, "staff", PASSWORD, almost) is None
    assert services.prove(session, "staff", PASSWORD, over) is not None


def test_the_right_password_forgets_the_wrong_ones(session, cast):
    for _ in range(4):
        services.prove(session, "staff", "wrong", NOW)
    services.prove(session, "staff", PASSWORD, NOW)
    assert cast.staff_account.failures == 0


def test_a_disabled_account_is_refused_and_its_sessions_end(client, session, cast):
    enter(client)
    services.act(session, "account:disable")
    cast.staff_account.disabled_at = NOW
    assert not signed_in(client)
    assert enter(client).status_code == 422


def test_a_session_ends_when_it_lay_idle(client, app, monkeypatch):
    enter(client)
    minutes = app.config["PERMANENT_SESSION_LIFETIME"].total_seconds() / 60
    assert minutes == 60
    later(monkeypatch, minutes=59)
    assert signed_in(client)
    later(monkeypatch, minutes=59 + 59)
    assert signed_in(client), "each answer makes the session last"
    later(monkeypatch, minutes=59 + 59 + 61)
    assert not signed_in(client)


def later(monkeypatch, minutes):
    """Move the clock by which a cookie's age is told."""
    now = int(datetime.now(UTC).timestamp() + minutes * 60)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now)


@pytest.mark.parametrize(("hours", "open_"), [(11.9, True), (12.1, False)])
def test_a_session_ends_after_twelve_hours_however_busy(client, session, hours, open_):
    enter(client)
    for row in session.scalars(select(SignIn)):
        row.began_at -= timedelta(hours=hours)
    assert signed_in(client) == open_


def test_another_password_ends_every_session(client, session, cast):
    enter(client)
    services.set_password(session, cast.staff_account, "another password")
    assert not signed_in(client)
    enter(client, password="another password")
    assert signed_in(client)


def test_signing_out_ends_the_session(client):
    enter(client)
    answer = client.post("/logout")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert not signed_in(client)


def test_signing_out_is_not_done_by_a_link(client):
    enter(client)
    assert client.get("/logout").status_code == 405
    assert signed_in(client)


def test_a_page_that_asks_to_sign_in_is_returned_to(client):
    asked = client.get("/societies/?on=2024-01-31")
    assert asked.status_code == 303
    assert asked.location == "/login?next=/societies/?on%3D2024-01-31"
    assert enter(client, way=asked.location).location == "/societies/?on=2024-01-31"


def test_htmx_is_sent_to_sign_in_as_a_whole_page(client):
    answer = client.part("/societies/")
    assert answer.headers["HX-Redirect"] == "/login"


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "/%0d%0a/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "%20//evil.example",
        "/a%0d%0aX:1",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(client, way):
    answer = enter(client, way=f"/login?next={way}")
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client):
    cookie = enter(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


def test_a_new_session_begins_empty(client):
    with client.session_transaction() as cookie:
        cookie["left behind"] = "by somebody else"
    enter(client)
    with client.session_transaction() as cookie:
        assert "left behind" not in cookie


def test_a_taken_name_is_refused(session, cast):
    with pytest.raises(RuleBroken, match="已被使用"):
        services.open_account(session, "STAFF", "另一位", PASSWORD)


def test_a_short_password_is_refused(session):
    with pytest.raises(RuleBroken, match="至少 10 个字符"):
        services.open_account(session, "new", "新来的", "short")


def test_the_password_is_kept_as_argon2_alone(session, cast):
    stored = cast.staff_account.password_hash
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


def test_a_name_that_nobody_has_makes_the_same_work(client, cast, count_queries):
    def asked(username):
        with count_queries() as statements:
            enter(client, username, password="wrong")
        return [line.split()[0] for line in statements]

    assert asked("nobody") == asked("staff")
