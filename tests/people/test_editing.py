"""Facts of a person: read as typed, saved against what was shown, refused where they exclude each other."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect

from registry.core.codetables import TABLES
from registry.core.errors import RuleBroken, Stale
from registry.core.policy import Grant, Role
from registry.core.subjects import Place
from registry.people.facts import read_fact, read_facts, shown
from registry.people.fields import FIELDS, SECTIONS
from registry.people.models import Person
from registry.people.services import EditPerson, edit_person


def edit(session, person, version=None, was=None, **facts):
    return edit_person(session, person, EditPerson(facts, version, was=was or {}), ["B00001"])


def test_facts_are_read_as_people_write_them(session, cast):
    typed = {
        "sex": "女",
        "birth": "1985年3月",
        "disciplines": "数学、力学",
        "grassroots": "no",
        "title": " 教授 ",
    }
    assert edit(session, cast.ouyang, **typed)
    assert (cast.ouyang.sex, str(cast.ouyang.birth), cast.ouyang.grassroots) == ("F", "1985-03", False)
    assert [shown(key, getattr(cast.ouyang, key)) for key in ("disciplines", "title")] == [
        "数学、力学",
        "教授",
    ]


def test_every_mistake_is_told_at_its_fact():
    errors = read_facts({"email": "no", "birth": "去年", "ethnic": "火星族", "phone": "13800000000"}).errors
    assert set(errors) == {"email", "birth", "ethnic"}


def test_nothing_is_kept_of_an_edit_that_changes_nothing(session, cast):
    before = cast.wang.version
    assert not edit(session, cast.wang, employer=cast.wang.employer)
    assert cast.wang.version == before


def test_facts_that_exclude_each_other_are_refused(session, cast):
    with pytest.raises(RuleBroken) as refusal:
        edit(session, cast.mary, nationality="中国")
    assert refusal.value.field == "nationality"


def test_a_stale_save_tells_both_values(session, cast):
    shown_version = cast.wang.version
    edit(session, cast.wang, phone="13911112222")
    with pytest.raises(Stale) as conflict:
        edit(session, cast.wang, shown_version, phone="13733334444")
    assert (conflict.value.mine, conflict.value.theirs) == ("13733334444", "13911112222")
    assert conflict.value.version == cast.wang.version


def test_another_saving_another_fact_is_no_conflict(session, cast):
    shown_version, was = cast.wang.version, {"phone": cast.wang.phone, "email": cast.wang.email}
    edit(session, cast.wang, email="new@example.cn")
    typed = {"phone": "13733334444", "email": was["email"]}
    with pytest.raises(Stale) as conflict:
        edit(session, cast.wang, shown_version, was, **typed)
    assert set(conflict.value.both) == {"email"}
    assert edit(session, cast.wang, shown_version, was, phone="13733334444")
    assert (cast.wang.phone, cast.wang.email) == ("13733334444", "new@example.cn")


def test_more_disciplines_than_the_register_holds_are_refused():
    names = [code for code, _name in TABLES["discipline"].choices()]
    with pytest.raises(ValueError, match="最多 10 个"):
        read_fact("disciplines", names[:11])


@pytest.mark.parametrize(
    "field",
    [field for field in FIELDS.values() if field.kind in {"text", "long"}],
    ids=lambda field: field.key,
)
def test_a_text_is_no_longer_than_its_column(field):
    assert field.length <= inspect(Person).columns[field.key].type.length


def test_a_member_edits_contact_employer_disciplines_and_bio_alone():
    own = (Grant(Role.MEMBER, 1, person_id=7),)
    edited = {field.key for section in SECTIONS for field in section.edited(own, Place(1, None, 7))}
    assert edited == {"phone", "email", "address", "postcode", "employer", "position", "disciplines", "bio"}


def test_nobody_edits_what_they_do_not_see():
    for role in Role:
        held = (Grant(role, 1, branch_id=3, person_id=7),)
        for section in SECTIONS:
            assert set(section.edited(held, Place(1, 3, 7))) <= set(section.seen(held, Place(1, 3, 7)))
