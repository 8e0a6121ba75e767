"""Every write becomes an entry by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from registry.accounts.services import open_account
from registry.journal.models import Act, Chain, Entry
from registry.journal.queries import first_broken
from registry.journal.recording import HIDDEN
from registry.journal.services import Actor
from registry.people.models import Person
from registry.people.services import EditPerson, edit_person
from registry.web.database import db
from tests import databases


def test_a_write_is_recorded_once_however_many_applications_share_the_process(app, stores):
    for kind in ("sqlite",):
        stores(kind)
    databases.create_app(databases.Config(secret="another", database_url="sqlite://", testing=True))
    with app.app_context():
        db.session().info["actor"] = Actor(None, "测试")
        before = db.session.scalar(select(func.count(Entry.id)))
        open_account(db.session(), "hans", "Hans", "a long enough password")
        db.session.commit()
        assert db.session.scalar(select(func.count(Entry.id))) == before + 1


def test_a_write_outside_an_act_is_refused(session, cast):
    cast.wang.phone = "1"
    with pytest.raises(RuntimeError, match="outside an act: person"):
        session.flush()


def test_nothing_is_deleted(session, cast):
    session.delete(cast.wang_document)
    with pytest.raises(RuntimeError, match="nothing is deleted"):
        session.flush()


def test_an_entry_holds_only_what_changed_before_and_after(session, cast):
    edit_person(session, cast.wang, EditPerson({"phone": "13800000099", "name": "王富"}), ["B00001"])
    session.commit()
    entry = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    assert (entry.table_name, entry.row_id, entry.person_id) == ("person", cast.wang.id, cast.wang.id)
    assert (entry.before, entry.after) == ({"phone": "13800000001"}, {"phone": "13800000099"})


def test_what_is_sealed_stands_hidden(session, cast):
    entry = session.scalars(
        select(Entry).where(Entry.table_name == "identity_document", Entry.row_id == cast.wang_document.id)
    ).one()
    assert entry.after["sealed"] == entry.after["fingerprint"] == HIDDEN
    assert "110108196503080014" not in str(entry.after)


def test_a_deed_rolled_back_leaves_nothing(session, cast):
    before = session.scalar(select(func.count(Act.id)))
    edit_person(session, cast.wang, EditPerson({"phone": "13800000099"}), ["B00001"])
    session.rollback()
    assert session.scalar(select(func.count(Act.id))) == before
    assert session.get(Person, cast.wang.id, populate_existing=True).phone == "13800000001"


def test_the_chain_holds_and_an_altered_entry_breaks_it(session, cast):
    society_id = cast.society.id
    edit_person(session, cast.wang, EditPerson({"phone": "13800000099"}), ["B00001"])
    session.commit()
    assert first_broken(session, society_id) is None
    entry = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    entry.after = {"phone": "13800000000"}
    session.commit()
    assert first_broken(session, society_id) == entry.act_id


def test_an_act_cut_off_at_the_end_is_noticed(session, cast):
    chain = session.get(Chain, cast.society.id)
    chain.digest = "0" * 64
    session.commit()
    assert first_broken(session, cast.society.id) == 0
