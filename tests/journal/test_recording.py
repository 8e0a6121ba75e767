"""Every write becomes an entry by itself."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from registry.journal.models import Act, Entry
from registry.journal.recording import HIDDEN
from registry.journal.services import act
from registry.people.models import Person
from registry.people.services import AddDocument, EditPerson, add_document, edit_person, enter_person, reveal


def newest(session) -> Act:
    return session.scalars(select(Act).order_by(Act.id.desc()).limit(1)).one()


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(Act))


def test_a_change_keeps_only_the_fields_that_changed(session, cast):
    edit_person(session, cast.wang, EditPerson({"position": "院长", "employer": "北京星河大学"}), [])
    session.commit()
    (entry,) = newest(session).entries
    assert (entry.before, entry.after) == ({"position": "教授"}, {"position": "院长"})
    assert (entry.table_name, entry.kind, entry.person_id) == ("person", "changed", cast.wang.id)


def test_a_new_row_keeps_all_that_it_holds(session, cast):
    person = enter_person(session, cast.society.id, {"name": "新人"})
    session.commit()
    (entry,) = newest(session).entries
    assert (entry.kind, entry.row_id, entry.before) == ("new", person.id, {})
    assert entry.after["name"] == "新人"
    assert "employer" not in entry.after


def test_who_acted_when_and_why_stand_with_the_act(session, cast):
    edit_person(session, cast.wang, EditPerson({"position": "院长"}, reason="来函"), [])
    session.commit()
    found = newest(session)
    actor = session.info["actor"]
    assert (found.actor_id, found.actor_name) == (actor.account_id, actor.name)
    assert (found.deed, found.reason, found.society_id) == ("person:edit", "来函", cast.society.id)
    assert found.at.tzinfo is not None


def test_a_deed_made_of_deeds_is_one_act(session, cast):
    before = count(session)
    act(session, "membership:correct", cast.society.id, "一并更正")
    edit_person(session, cast.wang, EditPerson({"position": "院长"}), [])
    edit_person(session, cast.chen, EditPerson({"position": "主任"}), [])
    session.commit()
    assert count(session) == before + 1
    assert [entry.person_id for entry in newest(session).entries] == [cast.wang.id, cast.chen.id]


def test_setting_a_fact_to_what_it_is_writes_nothing(session, cast):
    before = count(session)
    assert not edit_person(session, cast.wang, EditPerson({"position": "教授"}), [])
    session.commit()
    assert count(session) == before


def test_a_write_outside_an_act_is_refused(session, cast):
    cast.wang.position = "院长"
    with pytest.raises(RuntimeError, match="outside an act"):
        session.flush()
    session.rollback()


def test_nothing_is_deleted(session, cast):
    act(session, "person:edit", cast.society.id)
    session.delete(cast.wang_document)
    with pytest.raises(RuntimeError, match="nothing is deleted"):
        session.flush()
    session.rollback()


def test_an_act_undone_leaves_nothing(session, cast):
    before = count(session)
    edit_person(session, cast.wang, EditPerson({"position": "院长"}), [])
    session.rollback()
    assert count(session) == before
    assert session.get(Person, cast.wang.id).position == "教授"


def test_sealed_values_are_never_kept_in_clear(session, cast):
    add_document(session, cast.mary, AddDocument("passport", "GB1234567", "GB", date(2030, 1, 1)))
    session.commit()
    (entry,) = (row for row in newest(session).entries if row.table_name == "identity_document")
    assert (entry.after["sealed"], entry.after["fingerprint"]) == (HIDDEN, HIDDEN)
    kept = json.dumps([[row.before, row.after] for row in session.scalars(select(Entry))], ensure_ascii=False)
    assert "GB1234567" not in kept
    assert "110108196503080014" not in kept


def test_a_look_at_a_document_is_an_act_of_its_own(session, cast):
    assert reveal(session, cast.wang_document, "核对") == "110108196503080014"
    session.commit()
    found = newest(session)
    assert (found.deed, found.reason) == ("document:reveal", "核对")
    assert [(row.kind, row.person_id) for row in found.entries] == [("seen", cast.wang.id)]


def test_search_texts_and_sort_keys_are_not_recorded(session):
    fields = {key for row in session.scalars(select(Entry)) for key in (*row.before, *row.after)}
    assert fields.isdisjoint({"search_text", "sort_pinyin", "sort_number", "failures", "version", "id"})
