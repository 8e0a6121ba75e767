"""A merge: what moves, what ends, what is refused; and that nobody gains a right by it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from registry.accounts.models import RoleGrant
from registry.accounts.queries import grants_on
from registry.accounts.services import GiveRole, give_role
from registry.bodies.models import Tenure
from registry.bodies.services import Appoint, appoint
from registry.core.db import Base
from registry.core.errors import RuleBroken, Stale
from registry.core.policy import Role
from registry.journal.models import Act, Entry
from registry.journal.queries import first_broken
from registry.memberships.models import EndReason, Membership
from registry.memberships.queries import by_number, numbers, spells
from registry.memberships.units import represent
from registry.merging import queries
from registry.merging.plan import MOVED, hold, state
from registry.merging.services import undo
from registry.people.models import Person
from registry.people.services import AddDocument, EditPerson, add_document, edit_person
from registry.tags import services as tags
from registry.tags.queries import of_person
from registry.undoing import services as acts
from tests.databases import TODAY

PASSPORT = AddDocument("passport", "E12345678", "CN")
STAYS = {
    *("apart", "candidate", "certificate", "consent", "erasure", "integrity_record"),
    *("official_status", "person", "person_merge", "role_grant"),
    *("invitation", "confirmation_asked", "proposal", "proposed_fact"),
    *("application", "recommendation"),
}
"""Tables that point at a person and do not move: judgements, drafts, tombstones, merges, ending grants,
and proposals, which are judged for whoever the entry was merged into."""


def test_whatever_points_at_a_person_is_thought_of():
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert pointing == STAYS | {model.__tablename__ for model in MOVED}


def test_everything_goes_to_the_survivor_and_nothing_is_deleted(session, cast, another, merging):
    twin = another(birth="1965-03-08", since=date(2009, 1, 1), until=date(2010, 1, 1))
    add_document(session, twin, PASSPORT)
    represent(session, cast.unit, twin, date(2024, 1, 1))
    session.commit()
    before = session.scalar(select(func.count(Person.id)))
    merging(cast.wang, twin)
    held = hold(session, cast.wang)
    assert [len(rows) for rows in (held.spells, held.documents, held.representatives)] == [2, 2, 1]
    assert hold(session, twin).rows == []
    assert twin.merged_into_id == cast.wang.id
    assert session.scalar(select(func.count(Person.id))) == before
    assert first_broken(session, cast.society.id) is None


def test_the_facts_that_were_chosen_are_taken_and_no_others(session, cast, twin, merging):
    merging(cast.wang, twin, "title", "former_names")
    wang = cast.wang
    assert (wang.title, wang.former_names, wang.phone) == ("研究员", "王福", "13800000001")


def test_both_numbers_find_the_survivor_and_the_search_knows_them(session, cast, twin, merging):
    number = spells(session, cast.society.id, twin.id)[0].number
    merging(cast.wang, twin, "former_names")
    assert by_number(session, "bjcs", number).person_id == cast.wang.id
    assert numbers(session, cast.society.id, cast.wang.id) == ["B00001", number]
    assert number.lower() in cast.wang.search_text
    assert twin.search_text == ""


def test_the_later_spell_within_the_other_is_voided_when_that_is_agreed_to(session, cast, twin, merging):
    with pytest.raises(RuleBroken) as refusal:
        merging(cast.wang, twin, voiding=False)
    assert refusal.value.field == "voiding"
    session.rollback()
    merging(cast.wang, twin)
    true, voided = spells(session, cast.society.id, cast.wang.id)
    assert (true.starts_on, true.ends_on) == (date(2010, 5, 4), None)
    assert (voided.end_reason, voided.starts_on) == (EndReason.VOIDED, voided.ends_on)


def test_the_survivors_own_spell_is_voided_where_it_lies_within_the_other(session, cast, twin, merging):
    merging(twin, cast.wang)
    true, voided = spells(session, cast.society.id, twin.id)
    assert (true.number, true.ends_on, voided.end_reason) == ("B00001", None, EndReason.VOIDED)


def test_spells_that_overlap_in_part_are_settled_first(session, cast, another, merging):
    twin = another(birth="1965-03-08", since=date(2009, 1, 1), until=date(2012, 1, 1))
    with pytest.raises(RuleBroken, match="重叠"):
        merging(cast.wang, twin)
    session.rollback()
    assert twin.merged_into_id is None


def test_offices_move_and_one_held_twice_is_voided(session, cast, twin, merging):
    command = Appoint(twin.id, cast.director_post.id, cast.term.id, date(2024, 1, 1))
    second = appoint(session, cast.society, command)
    session.commit()
    merging(cast.wang, twin)
    assert second.voided_at is not None
    assert {row.person_id for row in session.scalars(select(Tenure))} == {cast.wang.id, cast.ouyang.id}


def test_no_account_gains_by_a_merge(session, cast, twin, merging):
    give_role(
        session, cast.auditor_account, GiveRole(Role.MEMBER, date(2024, 1, 1), cast.society.id, None, twin.id)
    )
    session.commit()
    before = every_grant(session)
    merging(cast.wang, twin)
    after = every_grant(session)
    assert {key: row[:-1] for key, row in after.items()} == {key: row[:-1] for key, row in before.items()}
    ended = [key for key in after if after[key] != before[key]]
    assert [(after[key][3], after[key][-1]) for key in ended] == [(twin.id, TODAY)]
    assert [grant.role for grant in grants_on(session, cast.auditor_account.id, TODAY)] == [Role.AUDITOR]


def every_grant(session):
    """Every grant with what it reaches and, last, its end."""
    return {
        row.id: (
            row.account_id,
            row.role,
            row.society_id,
            row.person_id,
            row.branch_id,
            row.starts_on,
            row.ends_on,
        )
        for row in session.scalars(select(RoleGrant))
    }


def test_the_grant_of_the_survivor_stays(session, cast, twin, merging):
    before = grants_on(session, cast.member_account.id, TODAY)
    merging(cast.wang, twin)
    assert grants_on(session, cast.member_account.id, TODAY) == before


def test_the_account_of_the_merged_entry_reaches_nobody(session, cast, twin, merging):
    merging(twin, cast.wang)
    assert grants_on(session, cast.member_account.id, TODAY) == ()


def test_a_merge_is_one_act_with_its_reason(session, cast, twin, merging):
    before = session.scalar(select(func.count(Act.id)))
    row = merging(cast.wang, twin, "title", reason="本人来信")
    assert session.scalar(select(func.count(Act.id))) == before + 1
    act = session.get(Act, row.act_id)
    assert (act.deed, act.reason) == ("person:merge", "本人来信")
    about = set(session.scalars(select(Entry.person_id).where(Entry.act_id == act.id)))
    assert about == {cast.wang.id, twin.id}


def test_the_journal_of_both_is_found_through_the_survivor(session, cast, twin, another, merging):
    third = another(birth="1965", since=None)
    merging(twin, third)
    merging(cast.wang, twin)
    assert set(queries.with_merged(session, cast.society.id, cast.wang.id)) == {
        cast.wang.id,
        twin.id,
        third.id,
    }
    assert queries.pairs(session, cast.society.id) == []


def test_a_reason_is_asked_for(session, cast, twin, merging):
    with pytest.raises(RuleBroken) as refusal:
        merging(cast.wang, twin, reason=" ")
    assert refusal.value.field == "reason"


def test_nobody_is_merged_with_themselves_nor_across_societies_nor_twice(
    session, cast, twin, another, merging
):
    elsewhere = another(society=cast.other, since=None, birth="1965-03-08")
    for two, words in (((cast.wang, cast.wang), "同一条"), ((cast.wang, elsewhere), "不在同一个学会")):
        with pytest.raises(RuleBroken, match=words):
            merging(*two)
        session.rollback()
    merging(cast.wang, twin)
    for two in ((cast.wang, twin), (twin, cast.wang)):
        with pytest.raises(RuleBroken, match="已经并入"):
            merging(*two)
        session.rollback()


def test_what_was_shown_must_still_stand(session, cast, twin, merging):
    seen = state(hold(session, cast.wang), hold(session, twin))
    edit_person(session, twin, EditPerson({"title": "教授"}), [])
    session.commit()
    with pytest.raises(Stale):
        merging(cast.wang, twin, seen=seen)
    session.rollback()
    assert twin.merged_into_id is None


def test_a_spell_that_changed_makes_it_stale_too(session, cast, twin, merging):
    seen = state(hold(session, cast.wang), hold(session, twin))
    add_document(session, twin, PASSPORT)
    session.commit()
    with pytest.raises(Stale):
        merging(cast.wang, twin, seen=seen)


def snapshot(session, *people):
    """All that a merge may touch."""
    tables = (Person, RoleGrant, *MOVED)
    rows = [row for table in tables for row in session.scalars(select(table).order_by(table.id))]
    skipped = {"version"}
    return [
        {key.key: getattr(row, key.key) for key in row.__mapper__.column_attrs if key.key not in skipped}
        for row in rows
    ]


def test_a_merge_can_be_taken_back_whole(session, cast, twin, merging):
    give_role(
        session, cast.auditor_account, GiveRole(Role.MEMBER, date(2024, 1, 1), cast.society.id, None, twin.id)
    )
    appoint(session, cast.society, Appoint(twin.id, cast.director_post.id, cast.term.id, date(2024, 1, 1)))
    add_document(session, twin, PASSPORT)
    session.commit()
    before = snapshot(session)
    row = merging(cast.wang, twin, "title", "former_names", "birth")
    assert snapshot(session) != before
    undo(session, row, "认错人了")
    session.commit()
    session.expire_all()
    assert snapshot(session) == before
    assert [(pair.one.id, pair.two.id) for pair in queries.pairs(session, cast.society.id)] == [
        (cast.wang.id, twin.id)
    ]
    with pytest.raises(RuleBroken, match="已经撤销"):
        undo(session, row, "再来一次")


def test_a_merge_is_not_taken_back_once_either_was_edited(session, cast, twin, merging):
    row = merging(cast.wang, twin)
    edit_person(session, cast.wang, EditPerson({"title": "院士"}), ["B00001"])
    session.commit()
    with pytest.raises(RuleBroken, match="又有改动"):
        undo(session, row, "认错人了")


def test_nor_once_a_spell_was_saved_that_no_entry_names(session, cast, twin, merging):
    row = merging(cast.wang, twin)
    spell = session.get(Membership, cast.wang_member.id)
    moved = session.scalars(select(Membership).where(Membership.end_reason == "voided")).one()
    session.execute(Membership.__table__.update().where(Membership.id == moved.id).values(version=9))
    session.commit()
    session.expire_all()
    assert spell.person_id == cast.wang.id
    with pytest.raises(RuleBroken, match="又有改动"):
        undo(session, row, "认错人了")


def test_who_is_alive_again_can_be_merged_the_other_way(session, cast, twin, merging):
    undo(session, merging(cast.wang, twin), "方向反了")
    session.commit()
    merging(twin, cast.wang)
    assert cast.wang.merged_into_id == twin.id


def test_an_older_edit_of_a_merged_entry_is_taken_back_no_more(session, cast, twin, merging):
    edit_person(session, twin, EditPerson({"name": "王夫"}), [])
    edited = session.info["act"].id
    session.commit()
    merging(cast.wang, twin)
    with pytest.raises(RuleBroken, match="已经并入"):
        acts.undo(session, session.get(Act, edited))


def test_tags_go_to_the_survivor_who_keeps_the_own(session, cast, twin, merging):
    tags.add(session, cast.society.id, "专家库", [cast.wang.id, twin.id])
    session.commit()
    tags.add(session, cast.society.id, "会刊审稿", [twin.id])
    session.commit()
    row = merging(cast.wang, twin)
    held = [tag.name for tag in of_person(session, cast.society.id, cast.wang.id)]
    assert sorted(held) == ["专家库", "会刊审稿"]
    undo(session, row, "认错人了")
    session.commit()
    assert [tag.name for tag in of_person(session, cast.society.id, cast.wang.id)] == ["专家库"]
    assert len(of_person(session, cast.society.id, twin.id)) == 2
