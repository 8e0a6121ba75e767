"""The second factor: set up by a code, asked for after the password, used once, and codes for its loss."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from registry.accounts import factor, services
from registry.accounts.queries import by_username
from registry.core.errors import RuleBroken
from tests.cast import PASSWORD

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def account(session, cast):
    return by_username(session, "staff")


@pytest.fixture
def codes(session, account):
    """The factor in force; the recovery codes."""
    made = factor.confirm(session, account, at(session, account, NOW), NOW)
    session.commit()
    return made


def at(session, account, when):
    return pyotp.TOTP(factor.key_of(session, account)).at(when)


def test_it_is_in_force_once_a_code_proves_it(session, account):
    factor.key_of(session, account)
    with pytest.raises(RuleBroken):
        factor.confirm(session, account, "000000", NOW)
    assert account.totp_since is None
    assert len(factor.confirm(session, account, at(session, account, NOW), NOW)) == factor.MANY
    assert account.totp_since == NOW


def test_a_key_that_others_may_have_seen_is_not_the_one_in_force(session, account):
    first = factor.begin(session, account)
    assert factor.begin(session, account) != first
    services.set_password(session, account, "another long password")
    assert account.totp is None


def test_a_key_in_force_stays(session, account, codes):
    with pytest.raises(RuleBroken):
        factor.begin(session, account)
    services.set_password(session, account, "another long password")
    assert account.totp_since == NOW


def test_a_code_opens_once(session, account, codes):
    code = at(session, account, LATER)
    assert factor.passes(session, account, code, LATER)
    assert not factor.passes(session, account, code, LATER)


def test_the_code_that_proved_it_opens_nothing(session, account, codes):
    assert not factor.passes(session, account, at(session, account, NOW), NOW)


@pytest.mark.parametrize(("aside", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_clocks_may_differ_by_half_a_minute(session, account, codes, aside, opens):
    code = at(session, account, LATER + timedelta(seconds=aside))
    assert factor.passes(session, account, code, LATER) is opens


def test_a_recovery_code_opens_once_however_it_is_typed(session, account, codes):
    assert factor.passes(session, account, f" {codes[0].upper().replace('-', ' ')} ", LATER)
    assert not factor.passes(session, account, codes[0], LATER)
    assert factor.left(session, account.id) == factor.MANY - 1


def test_wrong_codes_lock_the_account(session, account, codes):
    for _try in range(5):
        assert not factor.passes(session, account, "123456", LATER)
    assert account.locked_until is not None


def test_the_right_password_does_not_forget_wrong_codes(session, account, codes):
    """Otherwise whoever knows the password guesses codes without end."""
    for _try in range(5):
        assert services.prove(session, "staff", PASSWORD, LATER)
        assert not factor.passes(session, account, "123456", LATER)
    assert services.prove(session, "staff", PASSWORD, LATER) is None


def test_a_locked_account_takes_no_code(session, account, codes):
    for _try in range(5):
        factor.passes(session, account, "123456", LATER)
    assert not factor.passes(session, account, codes[0], LATER)


def test_a_proved_password_that_waits_for_its_code_ends_with_the_password(client, session, account, codes):
    sign_in(client)
    services.set_password(session, account, "another long password")
    assert client.post("/login/code", data={"code": codes[1]}).status_code == 422


def test_the_key_is_sealed_and_codes_are_digests(session, account, codes):
    key = factor.key_of(session, account)
    assert key.encode() not in account.totp
    assert not any(code in str(vars(account)) for code in codes)


def sign_in(client):
    return client.post("/login", data={"username": "staff", "password": PASSWORD})


def test_after_the_password_the_code_is_asked_for(client, session, account, codes):
    answer = sign_in(client)
    assert answer.location.split("?")[0] == "/login/code"
    assert client.get("/societies/bjcs/").location.startswith("/login")
    assert client.post("/login/code", data={"code": "123456"}).status_code == 422
    done = client.post("/login/code", data={"code": codes[1]})
    assert done.status_code == 303
    assert client.get("/societies/bjcs/").status_code == 200


def test_the_code_alone_opens_nothing(client, session, account, codes):
    assert client.post("/login/code", data={"code": codes[0]}).status_code == 422


def test_it_is_set_up_on_a_page(sign_in, session, account):
    staff = sign_in("staff")
    assert "开始设置" in staff.get("/me/factor").text
    page = staff.post("/me/factor", data={"deed": "begin"}).text
    assert "<svg" in page
    key = re.sub(r"\s", "", re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1])
    assert staff.post("/me/factor", data={"code": "000000"}).status_code == 422
    done = staff.post("/me/factor", data={"code": pyotp.TOTP(key).now()}).text
    assert len(re.findall(r"<li><code>", done)) == factor.MANY
    assert "已启用" in staff.get("/me/factor").text


def test_it_is_taken_off_by_whoever_proves_it(sign_in, session, account, codes):
    staff = sign_in("staff")
    assert staff.post("/me/factor/off", data={"code": "123456"}).status_code == 422
    staff.post("/me/factor/off", data={"code": codes[0]})
    session.expire_all()
    assert account.totp is None


def test_where_it_is_required_nothing_else_comes_before_it(app, sign_in, session, account):
    before = app.extensions["registry"]
    app.extensions["registry"] = replace(before, second_factor=True)
    try:
        assert sign_in("staff").get("/societies/bjcs/").location == "/me/factor"
        assert sign_in("staff").get("/me/factor").status_code == 200
        assert sign_in("member").get("/me").status_code == 200
    finally:
        app.extensions["registry"] = before
