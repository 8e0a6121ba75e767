"""The journal proves that it was not altered."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, text

from registry.journal.models import Act, Chain
from registry.journal.queries import first_broken
from registry.people.services import EditPerson, edit_person


@pytest.fixture
def edited(session, cast):
    """Three acts more, in two societies."""
    for person, place in ((cast.wang, "院长"), (cast.zhao, "厂长"), (cast.wang, "校长")):
        edit_person(session, person, EditPerson({"position": place}, reason="换届"), [])
        session.commit()


def test_the_chain_of_each_society_holds(edited, session, cast):
    for society_id in (0, cast.society.id, cast.other.id, cast.third.id):
        assert first_broken(session, society_id) is None


def test_each_act_follows_from_the_one_before(edited, session, cast):
    acts = session.scalars(select(Act).where(Act.society_id == cast.society.id).order_by(Act.id)).all()
    assert acts[0].previous == ""
    assert [row.previous for row in acts[1:]] == [row.digest for row in acts[:-1]]
    assert session.get(Chain, cast.society.id).digest == acts[-1].digest


def newest(session, cast) -> Act:
    query = select(Act).where(Act.society_id == cast.society.id, Act.deed == "person:edit")
    return session.scalars(query.order_by(Act.id)).first()


@pytest.mark.parametrize(
    "change",
    [
        "reason = '另有原因'",
        "actor_name = '别人'",
        "deed = 'person:enter'",
        "at = '2020-01-01 00:00:00+00:00'",
        "previous = ''",
    ],
)
def test_an_altered_act_is_found(edited, session, cast, change):
    act_id = newest(session, cast).id
    session.execute(text(f"UPDATE act SET {change} WHERE id = :id"), {"id": act_id})
    session.expire_all()
    assert first_broken(session, cast.society.id) == act_id


def test_an_altered_value_is_found(edited, session, cast):
    found = newest(session, cast)
    session.execute(
        text("UPDATE entry SET after = :after WHERE act_id = :id"),
        {"after": json.dumps({"position": "看门人"}), "id": found.id},
    )
    session.expire_all()
    assert first_broken(session, cast.society.id) == found.id


def test_an_entry_taken_away_is_found(edited, session, cast):
    found = newest(session, cast)
    session.execute(text("DELETE FROM entry WHERE act_id = :id"), {"id": found.id})
    session.expire_all()
    assert first_broken(session, cast.society.id) == found.id


def test_an_act_taken_out_of_the_middle_is_found_at_the_next(edited, session, cast):
    acts = session.scalars(select(Act.id).where(Act.society_id == cast.society.id).order_by(Act.id)).all()
    for table, key in (("entry", "act_id"), ("act", "id")):
        session.execute(text(f"DELETE FROM {table} WHERE {key} = :id"), {"id": acts[-2]})
    session.expire_all()
    assert first_broken(session, cast.society.id) == acts[-1]


def test_the_newest_act_taken_away_is_found(edited, session, cast):
    newest_id = session.scalars(
        select(Act.id).where(Act.society_id == cast.society.id).order_by(Act.id.desc())
    ).first()
    for table, key in (("entry", "act_id"), ("act", "id")):
        session.execute(text(f"DELETE FROM {table} WHERE {key} = :id"), {"id": newest_id})
    session.expire_all()
    assert first_broken(session, cast.society.id) == 0


def test_what_happens_in_another_society_breaks_nothing_here(edited, session, cast):
    session.execute(text("UPDATE act SET reason = 'x' WHERE society_id = :id"), {"id": cast.other.id})
    session.expire_all()
    assert first_broken(session, cast.society.id) is None
    assert first_broken(session, cast.other.id) is not None
