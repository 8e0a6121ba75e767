"""Values go from the journal by law, the chain holds, and nothing else can go."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select, text

from registry.core.errors import RuleBroken
from registry.journal.chain import canonical, covered, head, link
from registry.journal.erasing import Taken, prepare, take, tell_resealed
from registry.journal.models import ERASED, Act, Chain, Entry
from registry.journal.queries import first_broken
from registry.journal.services import act
from registry.people.services import EditPerson, edit_person


@pytest.fixture
def edited(session, cast):
    edit_person(session, cast.wang, EditPerson({"phone": "13711110000"}, reason="本人来电"), [])
    session.commit()
    return session.scalars(select(Act).where(Act.deed == "person:edit")).one()


def erase(session, cast, *ids):
    act(session, "privacy:erase", cast.society.id)
    take(session, Taken(ids))
    session.commit()


def make_old(session, society_id):
    """As the chain was written before there were salts."""
    previous = ""
    for row in session.scalars(select(Act).where(Act.society_id == society_id).order_by(Act.id)).all():
        for part in row.entries:
            part.seal = ""
        row.actor_seal = row.reason_seal = ""
        running = hashlib.sha256(canonical(head(vars(row))))
        for part in row.entries:
            running.update(canonical(covered(vars(part))))
        row.previous, row.digest = previous, link(previous, running.digest())
        previous = row.digest
    session.get(Chain, society_id).digest = previous
    session.commit()


def test_what_was_erased_is_gone_and_the_chain_holds(edited, session, cast):
    gone = edited.entries[0].id
    erase(session, cast, gone)
    row = session.get(Entry, gone)
    assert (row.before, row.after) == ({}, {})
    assert first_broken(session, cast.society.id) is None


def test_a_reason_and_a_name_go_too(edited, session, cast):
    act_id = edited.id
    act(session, "privacy:erase", cast.society.id)
    take(session, Taken((), [act_id], [act_id]))
    session.commit()
    row = session.get(Act, act_id)
    assert (row.actor_name, row.reason) == (ERASED, "")
    assert first_broken(session, cast.society.id) is None


def test_what_goes_without_an_erasure_is_found(edited, session, cast):
    gone, act_id = edited.entries[0], edited.id
    erase(session, cast, gone.id)
    seal = session.get(Entry, gone.id).seal
    told = session.scalars(select(Entry).where(Entry.kind == "erased")).one()
    assert told.after["entries"] == [gone.id]
    other = session.scalars(select(Entry).where(Entry.id < gone.id, Entry.table_name == "membership")).first()
    with_digest = {"before": "{}", "after": "{}", "seal": seal[::-1], "id": other.id}
    session.execute(
        text("UPDATE entry SET before = :before, after = :after, seal = :seal WHERE id = :id"), with_digest
    )
    session.expire_all()
    assert first_broken(session, cast.society.id) == other.act_id != act_id


def test_what_is_written_where_something_was_erased_is_found(edited, session, cast):
    gone, act_id = edited.entries[0].id, edited.id
    erase(session, cast, gone)
    session.execute(text("UPDATE entry SET after = :after WHERE id = :id"), {"after": '{"a": 1}', "id": gone})
    session.expire_all()
    assert first_broken(session, cast.society.id) == act_id


def test_the_digest_that_stays_tells_nothing_without_its_salt(edited, session, cast):
    first = session.scalars(select(Entry).where(Entry.act_id == edited.id)).one()
    assert len(first.seal) == 32
    seal, values = first.seal, {"before": first.before, "after": first.after}
    erase(session, cast, first.id)
    left = session.get(Entry, first.id).seal
    assert left == hashlib.sha256(seal.encode() + canonical(values)).hexdigest()
    assert left != hashlib.sha256(canonical(values)).hexdigest()


def test_an_old_chain_still_holds(edited, session, cast):
    make_old(session, cast.society.id)
    session.expire_all()
    assert first_broken(session, cast.society.id) is None


def test_an_old_chain_is_sealed_anew_once_and_says_so(edited, session, cast):
    make_old(session, cast.society.id)
    ended, many = session.get(Chain, cast.society.id).digest, session.get(Chain, cast.society.id).acts
    done = prepare(session, cast.society.id)
    act(session, "privacy:erase", cast.society.id)
    tell_resealed(session, done)
    session.commit()
    assert (done.before, done.acts) == (ended, many)
    told = session.scalars(select(Entry).where(Entry.kind == "resealed")).one()
    assert told.before == {"digest": ended}
    assert first_broken(session, cast.society.id) is None
    assert prepare(session, cast.society.id) is None


def test_a_broken_chain_is_not_sealed_anew(edited, session, cast):
    make_old(session, cast.society.id)
    session.execute(text("UPDATE act SET reason = 'x' WHERE id = :id"), {"id": edited.id})
    session.expire_all()
    with pytest.raises(RuleBroken):
        prepare(session, cast.society.id)
