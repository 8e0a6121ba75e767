"""A link works once, for its purpose, for a time; only a digest of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.links import services as links
from registry.links.models import Link

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make(session, subject="account:1", purpose="password:reset", how=links.make):
    return how(session, purpose, subject, HOUR, NOW)


def opens(session, secret, now=NOW, purpose="password:reset"):
    return links.look(session, purpose, secret, now)


def test_a_link_opens_what_it_was_made_for(session):
    assert opens(session, make(session)).subject == "account:1"


def test_a_code_is_read_as_people_type_it(session):
    code = make(session, how=links.make_code)
    assert len(code) == 14
    assert code.count("-") == 2
    for typed in (
        code.lower(),
        code.replace("-", " "),
        code.replace("0", "o").replace("1", "L"),
        f" {code} ",
    ):
        assert opens(session, typed)


def test_a_link_works_once(session):
    link = opens(session, secret := make(session))
    links.use(session, link, NOW)
    assert opens(session, secret) is None
    with pytest.raises(RuleBroken):
        links.use(session, link, NOW)


def test_a_link_ends_with_its_time(session):
    secret = make(session)
    assert opens(session, secret, NOW + HOUR - timedelta(seconds=1))
    assert opens(session, secret, NOW + HOUR) is None


def test_a_new_link_withdraws_the_old_one_of_the_same_subject(session):
    old, other, new = make(session), make(session, "account:2"), make(session)
    assert opens(session, old) is None
    assert opens(session, other)
    assert opens(session, new)


def test_a_withdrawn_link_opens_nothing(session):
    secret = make(session)
    link = opens(session, secret)
    links.withdraw(session, "password:reset", "account:1")
    assert opens(session, secret) is None
    with pytest.raises(RuleBroken):
        links.use(session, link, NOW)


def test_a_link_opens_nothing_for_another_purpose(session):
    assert opens(session, make(session), purpose="account:activate") is None


def test_neither_secret_nor_code_is_kept(session):
    secrets = {make(session), make(session, "account:2", how=links.make_code).replace("-", "")}
    kept = {value for row in session.scalars(select(Link)) for value in vars(row).values()}
    assert not secrets & kept
