"""Taking an act back: every row as it was, or a refusal that says what stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.journal import queries as journal
from registry.journal.models import Act
from registry.journal.services import act
from registry.memberships import queries as memberships
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import (
    Admit,
    Change,
    Correct,
    End,
    admit,
    change,
    correct,
    edit_member,
    end,
)
from registry.people.models import Person
from registry.people.services import AddDocument, EditPerson, add_document
from registry.undoing import queries
from registry.undoing.services import undo

DAY = date(2026, 11, 24)


@pytest.fixture
def newest(session, cast):
    """The act that was done last in the first society."""

    def newest():
        session.commit()
        return journal.acts(session, cast.society.id, limit=1)[0]

    return newest


@pytest.fixture
def take_back(session, newest):
    """Take the newest act, or the one given, back."""

    def take_back(done=None):
        undo(session, done or newest())
        return newest()

    return take_back


def edit(session, person, **facts):
    edit_member(session, person, EditPerson(facts))
    session.commit()


def spells(session, cast, person):
    session.expire_all()
    found = memberships.spells(session, cast.society.id, person.id)
    return [(row.category.code, row.starts_on, row.ends_on, row.end_reason) for row in found]


def test_a_fact_stands_again_as_it_was(session, cast, take_back):
    edit(session, cast.wang, phone="13900000000", birth="1966-01", disciplines="")
    take_back()
    assert (cast.wang.phone, str(cast.wang.birth), cast.wang.disciplines) == (
        "13800000001",
        "1965-03-08",
        ("520",),
    )


def test_the_undo_is_an_act_that_names_the_other(session, cast, newest, take_back):
    edit(session, cast.wang, phone="13900000000")
    done = newest()
    undone = take_back()
    assert (undone.deed, undone.actor_name) == ("act:undo", "测试")
    assert "修改人员资料" in undone.reason
    assert queries.taken_back(session, cast.society.id, [done.id]) == {done.id: undone.id}
    assert journal.first_broken(session, cast.society.id) is None


def test_an_undo_can_be_undone_and_undone_again(session, cast, newest, take_back):
    edit(session, cast.wang, phone="13900000000")
    done = newest()
    undone = take_back()
    take_back(undone)
    assert cast.wang.phone == "13900000000"
    assert queries.taken_back(session, cast.society.id, [done.id]) == {}
    take_back(done)
    assert cast.wang.phone == "13800000001"


def test_nothing_is_taken_back_twice(session, cast, newest, take_back):
    edit(session, cast.wang, phone="13900000000")
    done = newest()
    take_back()
    with pytest.raises(RuleBroken, match="已由测试于"):
        take_back(done)


def test_search_and_order_follow_a_name_that_comes_back(session, cast, take_back):
    before = cast.wang.sort_pinyin, cast.wang.search_text
    edit(session, cast.wang, name="张三丰", region="HK")
    take_back()
    session.expire_all()
    assert (cast.wang.sort_pinyin, cast.wang.search_text) == before
    assert (cast.wang_member.sort_pinyin, cast.wang_member.region) == (before[0], "CN")


def test_what_another_changed_since_stands_in_the_way_by_name(session, cast, newest, take_back):
    edit(session, cast.wang, phone="13900000000", employer="燕山大学")
    done = newest()
    edit(session, cast.wang, employer="长城大学")
    with pytest.raises(RuleBroken, match=r"王富的工作单位已由测试于 .* 改过"):
        take_back(done)
    assert cast.wang.phone == "13900000000"


def test_another_field_changed_since_does_not(session, cast, newest, take_back):
    edit(session, cast.wang, phone="13900000000")
    done = newest()
    edit(session, cast.wang, employer="长城大学")
    take_back(done)
    assert (cast.wang.phone, cast.wang.employer) == ("13800000001", "长城大学")


def test_what_would_contradict_itself_is_refused(session, cast, newest, take_back):
    edit(session, cast.mary, region="XX", nationality="")
    done = newest()
    edit(session, cast.mary, region="CN")
    edit(session, cast.mary, region="CN", nationality="CN")
    with pytest.raises(RuleBroken):
        take_back(done)


def test_a_changed_spell_is_reopened_and_its_successor_never_was(session, cast, take_back):
    senior = cast.category["senior"].id
    change(session, cast.wang_member, Change(DAY, senior, cast.branch.id))
    take_back()
    assert spells(session, cast, cast.wang) == [
        ("ordinary", date(2010, 5, 4), None, None),
        ("senior", DAY, DAY, EndReason.VOIDED),
    ]


def test_and_the_change_can_be_done_again(session, cast, newest, take_back):
    change(session, cast.wang_member, Change(DAY, cast.category["senior"].id, None))
    take_back(take_back())
    assert spells(session, cast, cast.wang) == [
        ("senior", DAY, None, None),
        ("ordinary", date(2010, 5, 4), DAY, EndReason.CHANGED),
    ]
    take_back()
    assert spells(session, cast, cast.wang)[0] == ("ordinary", date(2010, 5, 4), None, None)


def test_a_change_on_the_first_day_goes_back_too(session, cast, take_back):
    change(session, cast.wang_member, Change(date(2010, 5, 4), cast.category["senior"].id, cast.branch2.id))
    take_back()
    session.expire_all()
    assert (cast.wang_member.category.code, cast.wang_member.branch_id) == ("ordinary", cast.branch.id)


def test_an_end_is_taken_back(session, cast, take_back):
    end(session, cast.wang_member, End(DAY, EndReason.RESIGNED))
    take_back()
    assert spells(session, cast, cast.wang) == [("ordinary", date(2010, 5, 4), None, None)]


def test_an_end_stays_where_the_member_was_admitted_anew(session, cast, newest, take_back):
    end(session, cast.wang_member, End(date(2026, 1, 1), EndReason.RESIGNED))
    done = newest()
    admit(session, cast.society, cast.wang, Admit(cast.category["ordinary"].id, DAY, "B00001"))
    session.commit()
    with pytest.raises(RuleBroken, match="另有会籍 B00001"):
        take_back(done)


def test_a_change_stays_where_the_new_spell_was_changed_again(session, cast, newest, take_back):
    spell = change(session, cast.wang_member, Change(date(2026, 1, 1), cast.category["senior"].id, None))
    done = newest()
    end(session, spell, End(DAY, EndReason.RESIGNED))
    session.commit()
    with pytest.raises(RuleBroken, match="B00001的终止已由测试于"):
        take_back(done)


def test_a_corrected_number_is_found_again(session, cast, take_back):
    spell = cast.wang_member
    command = Correct(spell.category_id, spell.branch_id, "B777", spell.starts_on, None, None, "", "抄错")
    correct(session, spell, command)
    take_back()
    session.expire_all()
    assert (spell.number, spell.sort_number) == ("B00001", "B0000000001")
    assert "b00001" in cast.wang.search_text
    assert "b777" not in cast.wang.search_text


def test_a_document_is_not_taken_back(session, cast, take_back):
    add_document(session, cast.ouyang, AddDocument("passport", "E12345678", "CN"))
    with pytest.raises(RuleBroken, match="不能撤销"):
        take_back()


def test_an_act_with_sealed_values_says_so(session, cast, newest, take_back):
    edit(session, cast.wang, phone="13900000000")
    done = newest()
    with session.no_autoflush:
        done.entries[0].before = {"phone": "••••••"}
        with pytest.raises(RuleBroken, match="保密"):
            take_back(done)
    session.rollback()


def test_an_act_of_another_society_is_not_found(session, cast, newest):
    edit(session, cast.wang, phone="13900000000")
    assert queries.act_of(session, cast.other.id, newest().id) is None


def test_many_rows_are_taken_back_with_few_questions(session, cast, newest, count_queries):
    people = session.scalars(select(Person).where(Person.society_id == cast.society.id)).all()
    act(session, "person:edit", cast.society.id)
    for person in people:
        edit_member(session, person, EditPerson({"postcode": "100000"}))
    done = newest()
    assert isinstance(done, Act)
    with count_queries() as asked:
        undo(session, done)
        session.flush()
    assert len([said for said in asked if said.startswith("SELECT")]) < 12
    assert all(row.postcode == "" for row in people)
    assert session.scalars(select(Membership).limit(1)).first() is not None
