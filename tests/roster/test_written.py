"""Rows as they are written: signs stay as typed, and what was counted stands till the next act."""

from __future__ import annotations

from datetime import date

from registry.memberships.services import Admit, admit
from registry.people.services import enter_person
from registry.roster import counts, question
from registry.roster.question import Counted

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

    def count(*, whole):
        return Counted(next(asked), not whole)

    found = [counts.kept(digest, "all", count).many for digest in ("a", "a", "b", "", "", "a")]
    assert found == [0, 0, 1, 2, 3, 0]
    assert counts.kept("a", "all", count, whole=True) == counts.kept("a", "all", count) == (4, False)


def test_what_would_take_long_to_count_is_counted_when_asked(session, cast, sign_in, monkeypatch):
    enter(session, cast, "甲", employer_kind="hospital")
    monkeypatch.setattr(question, "FEW", -1)
    monkeypatch.setattr(question, "COUNTED", 2)
    address = f"{ROSTER}?lack=document&state=all"
    page = sign_in("staff").part(address).text
    assert "至少 4 人" in page
    assert 'hx-get="/societies/bjcs/members/?state=all&amp;lack=document&amp;count=whole"' in page
    answer = sign_in("staff").part(f"{address}&count=whole")
    assert "共 4 人" in answer.text
    assert "<table" not in answer.text
    assert "HX-Replace-Url" not in answer.headers
    assert "共 4 人" in sign_in("staff").part(address).text
