"""What is past its time is counted and swept; what only somebody who knows can drop is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.bulk.models import Choice
from registry.exchange import services as exchange
from registry.people.services import EditPerson, edit_person
from registry.privacy.requests import ask
from registry.privacy.retaining import long_gone, lying, past, sweep

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def choices(session, cast):
    for days in (1, 8, 9):
        session.add(Choice(society_id=cast.society.id, at=NOW - timedelta(days=days), spell_ids=[1]))
    session.commit()


def test_what_is_past_its_time_is_swept_and_the_rest_stays(choices, session, cast):
    assert past(session, cast.society.id, NOW) == {"choice": 2, "exported_part": 0, "printed_file": 0}
    assert sweep(session, cast.society.id, NOW) == 2
    session.commit()
    assert len(session.scalars(select(Choice)).all()) == 1
    assert sweep(session, cast.society.id, NOW) == 0


def test_a_forgotten_import_is_listed(session, cast):
    command = exchange.Receive("名单.csv", "姓名\n周小川\n".encode())
    exchange.receive(session, cast.society, command, NOW - timedelta(days=31))
    session.commit()
    assert [row.name for row in lying(session, cast.society.id, NOW)] == ["名单.csv"]
    assert lying(session, cast.society.id, NOW - timedelta(days=2)) == []


def test_who_left_long_ago_is_counted(session, cast):
    assert long_gone(session, cast.society.id, date(2036, 1, 1)) == {"documents": 0, "contact": 0}
    edit_person(session, cast.li, EditPerson({"phone": "13800009999"}), [])
    session.commit()
    assert long_gone(session, cast.society.id, date(2036, 1, 1))["contact"] == 1


def test_the_office_sees_who_asks_among_what_is_to_be_done(sign_in, session, cast):
    ask(session, cast.li, "", by_self=False)
    session.commit()
    staff = sign_in("staff")
    assert "1 人申请删除资料" in staff.get("/societies/bjcs/").text
    assert "李明远" in staff.get("/societies/bjcs/erasures/").text


def test_the_page_sweeps(choices, sign_in):
    staff = sign_in("staff")
    assert staff.get("/societies/bjcs/retention/").status_code == 200
    assert staff.post("/societies/bjcs/retention/sweep").status_code == 303
