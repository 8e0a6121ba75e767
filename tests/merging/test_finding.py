"""Who is listed as a likely twin, and why."""

from __future__ import annotations

import pytest

from registry.merging import queries
from registry.merging.likeness import Kind
from registry.merging.marking import letters, marks, phones
from registry.merging.services import keep_apart, reopen
from registry.people.services import AddDocument, EditPerson, add_document, edit_person


@pytest.fixture
def pairs(session, cast):
    """The pairs of the first society, with their reasons by kind."""

    def found():
        listed = queries.pairs(session, cast.society.id)
        return {(pair.one.id, pair.two.id): [reason.kind for reason in pair.reasons] for pair in listed}

    return found


def test_nobody_of_the_cast_is_listed_twice(pairs):
    assert pairs() == {}


@pytest.mark.parametrize(
    ("typed", "kinds", "strength"),
    [
        ({"birth": "1965-03-08"}, [Kind.NAME, Kind.BIRTH], "certain"),
        ({"birth": "1965-03"}, [Kind.NAME, Kind.BIRTH], "likely"),
        ({"birth": "1965"}, [Kind.NAME, Kind.BIRTH], "weak"),
        ({"name": "王　富", "birth": "1965-03-08"}, [Kind.NAME, Kind.BIRTH], "certain"),
        ({"name": "Wang Fu", "birth": "1965-03-08"}, [Kind.SPELLING, Kind.BIRTH], "certain"),
        ({"name": "FU WANG", "birth": "1965-03-08"}, [Kind.SPELLING, Kind.BIRTH], "certain"),
        (
            {"name": "王福", "former_names": "王富", "birth": "1965-03-08"},
            [Kind.FORMER, Kind.BIRTH],
            "certain",
        ),
        ({"name": "赵四", "phone": "0086 138 0000 0001"}, [Kind.PHONE], "weak"),
        ({"name": "赵四", "email": "Wang@Example.cn"}, [Kind.MAIL], "weak"),
        ({"employer": "北京 星河大学"}, [Kind.NAME, Kind.EMPLOYER], "weak"),
        (
            {"birth": "1956-03-08", "phone": "13800000001"},
            [Kind.NAME, Kind.BIRTH_DIFFERS, Kind.PHONE],
            "likely",
        ),
    ],
)
def test_two_entries_look_like_one_person(another, pairs, session, cast, typed, kinds, strength):
    person = another(**typed)
    assert pairs() == {(cast.wang.id, person.id): kinds}
    (pair,) = queries.twins_of(session, cast.society.id, person.id)
    assert (pair.strength, pair.one.number) == (strength, "B00001")


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"birth": "1966-03-08"},
        {"birth": "1965-04"},
        {"name": "王福", "birth": "1965-03-08"},
        {"name": "赵四", "birth": "1965-03-08"},
        {"name": "赵四", "birth": "1970", "phone": "13800000001"},
    ],
)
def test_two_people_are_not_one(another, pairs, typed):
    another(**typed)
    assert pairs() == {}


def test_traditional_and_simplified_are_one_name(another, pairs, cast):
    person = another(name="陈大文", birth="1972-10-05")
    assert pairs() == {(cast.chen.id, person.id): [Kind.NAME, Kind.BIRTH]}


def test_a_name_in_letters_is_found_in_any_order(another, pairs, cast):
    person = another(name="TAI MAN CHAN", birth="1972")
    assert list(pairs()) == [(cast.chen.id, person.id)]


def test_an_identity_card_of_another_number_is_another_person(another, pairs, session):
    person = another(birth="1965-03-08")
    add_document(session, person, AddDocument("resident_id", "110108196503080030"))
    assert pairs() == {}


def test_the_telephone_of_an_office_tells_nothing(another, pairs):
    for name in ("赵一", "赵二", "赵三"):
        another(name=name, phone="010-62345678")
    assert len(pairs()) == 3
    another(name="赵四", phone="(010) 62345678 转 12")
    assert pairs() == {}


def test_who_is_in_another_society_is_no_twin(another, pairs, cast):
    another(society=cast.other, since=None, birth="1965-03-08")
    assert pairs() == {}


def test_an_edit_makes_twins_and_parts_them(another, pairs, session, cast):
    person = another(name="王福", birth="1965-03-08")
    edit_person(session, person, EditPerson({"name": "王富"}), [])
    assert list(pairs()) == [(cast.wang.id, person.id)]
    edit_person(session, person, EditPerson({"birth": "1970"}), [])
    assert pairs() == {}


def test_who_was_judged_to_be_two_is_not_listed_until_it_is_withdrawn(twin, pairs, session, cast):
    row = keep_apart(session, twin, cast.wang, "不同单位的两位")
    session.commit()
    assert pairs() == {}
    assert queries.twins_of(session, cast.society.id, twin.id) == []
    reopen(session, row)
    session.commit()
    assert list(pairs()) == [(cast.wang.id, twin.id)]


def test_the_most_alike_come_first_a_page_at_a_time(another, session, cast, monkeypatch):
    weak, certain = another(birth="1965"), another(birth="1965-03-08", phone="13800000001")
    monkeypatch.setattr(queries, "PAGE", 1)
    first = queries.page(session, cast.society.id)
    assert (first.pairs[0].two.id, first.total) == (certain.id, 3)
    rest = [pair for after in walk(session, cast) for pair in after]
    assert [pair.points for pair in rest] == sorted((pair.points for pair in rest), reverse=True)
    assert {(pair.one.id, pair.two.id) for pair in rest} >= {(cast.wang.id, weak.id), (weak.id, certain.id)}


def walk(session, cast):
    page = queries.page(session, cast.society.id)
    yield page.pairs
    while page.after:
        page = queries.page(session, cast.society.id, page.after)
        yield page.pairs


def test_many_of_one_name_ask_no_more(another, count_queries, session, cast):
    another(birth="1965-03-08")
    with count_queries() as few:
        queries.pairs(session, cast.society.id)
    for n in range(6):
        another(name=f"李明{chr(0x4E00 + n)}", birth="1980-01-01", phone=f"1390000000{n}")
        another(name=f"李明{chr(0x4E00 + n)}", birth="1980-01")
    with count_queries() as many:
        assert len(queries.pairs(session, cast.society.id)) == 7
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("+86 138-0000-0001", {"13800000001"}),
        ("010-62345678、13800000001", {"01062345678", "13800000001"}),
        ("+852 2345 6789", {"85223456789"}),
        ("转 12", set()),
        ("", set()),
    ],
)
def test_telephones_are_compared_by_their_digits(typed, numbers):
    assert phones(typed) == numbers


def test_letters_have_no_order_and_one_spelling():
    assert letters("Lü Bu") == letters("bu LYU") == letters("Lv Bu")
    assert letters("A") == ""


def test_a_person_without_facts_has_no_marks():
    assert marks({"name": "王富"}) == set()
