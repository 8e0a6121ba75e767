"""Rows of the roster as they are written: typed signs stay signs, and numbers are counted anew after every act."""

from __future__ import annotations

from datetime import date

from registry.memberships.services import Admit, admit
from registry.people.services import enter_person
from registry.roster import counts

ROSTER = "/societies/bjcs/members/"


def enter(session, cast, name, **facts):
    person = enter_person(session, cast.society.id, {"name": name, "region": "CN", **facts})
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, date(2020, 1, 1), number="9&1"))
    session.commit()


def test_what_was_typed_stands_as_typed(session, cast, sign_in):
    enter(session, cast, "甲%(own)s<b>", employer="50%\ue000name\ue001 & %s")
    page = sign_in("staff").get(f"{ROSTER}?q=甲").text
    assert ">甲%(own)s&lt;b&gt;</a>" in page
    assert ">50%\ue000name\ue001 &amp; %s</a>" in page
    assert 'href="/societies/bjcs/members/9%261"' in page


def test_an_empty_cell_says_what_to_fill_in(session, cast, sign_in):
    enter(session, cast, "甲")
    assert 'facts/phone" aria-label="填写电话"></a>' in sign_in("staff").part(f"{ROSTER}?q=甲").text


def test_the_number_follows_every_act(session, cast, sign_in):
    client = sign_in("staff")
    assert "共 4 人" in client.part(ROSTER).text
    enter(session, cast, "甲")
    assert "共 5 人" in client.part(ROSTER).text


def test_a_number_is_kept_until_the_next_act():
    counts.forget()
    asked = iter(range(9))
    found = [counts.kept(digest, "all", lambda: next(asked)) for digest in ("a", "a", "b", "", "", "a")]
    assert found == [0, 0, 1, 2, 3, 0]
