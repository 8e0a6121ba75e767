"""Choosing the language that one reads in."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.accounts.models import Account

TAIPEI = {"Accept-Language": "fr;q=0.9, zh-TW, zh;q=0.8"}


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("fr-CH, en-GB;q=0.5", "en"),
        ("fr", "zh-Hans"),
    ],
)
def test_a_stranger_is_answered_as_the_browser_asks(client, asked, tag):
    answer = client.get("/login", headers={"Accept-Language": asked})
    assert f'<html lang="{tag}">' in answer.text
    assert answer.headers["Content-Language"] == tag
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_the_choice_goes_before_what_the_browser_asks_and_is_kept_there(client):
    answer = client.post("/language", data={"language": "en", "next": "/login?next=/me"})
    assert answer.location == "/login?next=/me"
    assert 'lang="en"' in client.get("/login", headers=TAIPEI).text.split("<head>")[0]


def test_the_choice_of_whoever_is_signed_in_goes_with_the_account(sign_in, session):
    sign_in("staff").post("/language", data={"language": "zh_Hant", "next": "/"})
    assert session.scalars(select(Account.language).where(Account.username == "staff")).one() == "zh_Hant"
    elsewhere = sign_in("staff").get("/policy", headers={"Accept-Language": "en"})
    assert '<html lang="zh-Hant">' in elsewhere.text


@pytest.mark.parametrize("way", ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere"])
def test_nobody_is_led_elsewhere(client, way):
    assert client.post("/language", data={"language": "en", "next": way}).location == "/"


def test_what_is_no_language_of_the_house_is_refused(client):
    assert client.post("/language", data={"language": "tlh"}).status_code == 422
