"""A new member by hand: person, document and spell at once, and nobody twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from registry.core.dates import PartialDate
from registry.members.queries import namesakes
from registry.memberships.models import Membership
from registry.people.models import IdentityDocument, Person
from tests.cast import WANG_ID

URL = "/societies/bjcs/members/new"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


@pytest.fixture
def typed(cast):
    """A form for one who is new."""
    ordinary = cast.category["ordinary"].id
    return {
        "name": "周晓",
        "region": "CN",
        "category_id": ordinary,
        "branch_id": "",
        "starts_on": "2026-11-24",
    }


def count(session, table=Person):
    return session.scalar(select(func.count()).select_from(table))


def test_a_member_is_entered_with_the_next_number(staff, typed, session):
    answer = staff.post(URL, data={**typed, "birth": "1990-02", "sex": "F"})
    assert answer.status_code == 303
    spell = session.scalars(select(Membership).order_by(Membership.id.desc()).limit(1)).one()
    assert answer.location == f"/societies/bjcs/members/{spell.number}"
    assert (spell.person.name, str(spell.person.birth), spell.region) == ("周晓", "1990-02", "CN")


def test_a_document_fills_in_what_it_proves(staff, typed, session):
    document = {"document_kind": "resident_id", "document_number": "110108199002030018"}
    data = {**typed, **document}
    answer = staff.post(URL, data=data)
    if answer.status_code == 422:
        right = answer.text.split("应为 ")[1][0]
        answer = staff.post(URL, data={**data, "document_number": f"11010819900203001{right}"})
    assert answer.status_code == 303
    person = session.scalars(select(Person).where(Person.name == "周晓")).one()
    assert (str(person.birth), person.sex) == ("1990-02-03", "M")
    assert count(session, IdentityDocument) == 3


def test_every_mistake_stands_at_its_field_and_nothing_is_entered(staff, typed, session):
    before = count(session)
    answer = staff.post_part(URL, {**typed, "name": "", "starts_on": "", "birth": "去年"})
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert 'id="starts_on-error"' in answer.text
    answer = staff.post_part(URL, {**typed, "birth": "去年"})
    assert 'id="birth-error"' in answer.text
    assert 'value="去年"' in answer.text
    assert count(session) == before


def test_a_document_that_somebody_has_is_refused_with_the_way_there(staff, typed, session, cast):
    before = count(session)
    data = {**typed, "document_kind": "resident_id", "document_number": WANG_ID, "another": "y"}
    answer = staff.post_part(URL, data)
    assert answer.status_code == 422
    assert "已登记在王富（B00001）名下" in answer.text
    assert 'href="/societies/bjcs/members/B00001"' in answer.text
    assert count(session) == before


def test_a_namesake_is_asked_about_and_can_be_confirmed(staff, typed, session, cast):
    before = count(session)
    data = {**typed, "name": "王富", "birth": "1965-03"}
    answer = staff.post_part(URL, data)
    assert answer.status_code == 422
    assert 'href="/societies/bjcs/members/B00001"' in answer.text
    assert 'name="another"' in answer.text
    assert count(session) == before
    assert staff.post(URL, data={**data, "another": "y"}).status_code == 303
    assert count(session) == before + 1


def test_a_namesake_born_on_another_day_is_another_person(staff, typed, cast):
    assert staff.post(URL, data={**typed, "name": "王富", "birth": "1990"}).status_code == 303


def test_a_name_is_the_same_in_both_scripts(session, cast):
    found = namesakes(session, cast.society.id, "陈大文", PartialDate.parse("1972"))
    assert [row.id for row in found] == [cast.chen.id]


def test_a_taken_number_is_refused_at_its_field(staff, typed, session):
    answer = staff.post_part(URL, {**typed, "number": "B00001"})
    assert answer.status_code == 422
    assert 'id="number-error"' in answer.text


def test_a_category_for_units_cannot_be_chosen(staff, typed, cast):
    data = {**typed, "category_id": cast.category["unit"].id}
    assert staff.post_part(URL, data).status_code == 422


@pytest.mark.parametrize("username", ["branch", "auditor", "member", "supervisor", "staff2"])
def test_others_enter_nobody(username, sign_in, typed, session):
    before = count(session)
    assert sign_in(username).post(URL, data=typed).status_code == 403
    assert count(session) == before
