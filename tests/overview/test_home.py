"""Everybody is sent to their own place."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("username", "place"),
    [
        ("member", "/me"),
        ("supervisor", "/supervision/"),
        ("staff", "/societies/bjcs/"),
        ("branch", "/societies/bjcs/"),
        ("auditor", "/societies/bjcs/"),
        ("admin", "/societies/"),
    ],
)
def test_home_sends_each_role_to_its_place(sign_in, username, place):
    answer = sign_in(username).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)


def test_home_asks_a_stranger_to_sign_in(client):
    answer = client.get("/")
    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]


def test_home_keeps_the_day(sign_in):
    assert sign_in("staff").get("/?on=2024-01-31").headers["Location"] == "/societies/bjcs/?on=2024-01-31"
