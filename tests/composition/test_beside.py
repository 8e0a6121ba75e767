"""A council beside those of other societies: quarters and middle, and nobody who could be picked out."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies.founding import AddPost, Establish, OpenTerm, add_post, establish, open_term
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, appoint
from registry.composition.beside import beside
from registry.people.services import enter_person
from registry.societies.services import found_society
from tests.databases import TODAY

SINCE = date(2024, 1, 1)


@pytest.fixture
def council(session):
    """A society with a council of so many women and men."""

    def council(number: int, women: int, men: int) -> int:
        society = found_society(session, f"s{number}", f"学会{number}", "", f"S{number}")
        body = establish(session, society, Establish(BodyKind.COUNCIL, "理事会", SINCE))
        post = add_post(session, body, AddPost("director", "理事", 40))
        term = open_term(session, body, OpenTerm(1, SINCE, date(2029, 1, 1)))
        for place in range(women + men):
            facts = {"name": f"理事{'甲乙丙丁戊己庚辛壬癸'[place]}", "sex": "F" if place < women else "M"}
            person = enter_person(session, society.id, facts)
            appoint(session, society, Appoint(person.id, post.id, term.id, SINCE, begun_by="hired"))
        session.commit()
        return society.id

    return council


def told(session, society_id):
    return {row.title: row for row in beside(session, society_id, BodyKind.COUNCIL, TODAY)}


def test_the_quarters_and_the_middle_are_those_of_the_others(app, session, cast, council):
    own = council(0, 1, 4)
    for number, women in enumerate((0, 1, 2, 3, 4), 1):
        council(number, women, 5 - women)
    with app.test_request_context():
        row = told(session, own)["女性"]
    assert (row.own, row.low, row.middle, row.high, row.societies) == (20, 20, 40, 60, 5)


def test_of_fewer_than_five_societies_nothing_is_told(app, session, cast, council):
    own = council(0, 1, 4)
    for number in range(1, 5):
        council(number, 2, 3)
    with app.test_request_context():
        assert told(session, own) == {}


def test_a_council_of_fewer_than_five_counts_for_nothing(app, session, cast, council):
    own = council(0, 2, 2)
    for number in range(1, 6):
        council(number, 2, 3)
    council(6, 4, 0)
    with app.test_request_context():
        row = told(session, own)["女性"]
    assert (row.own, row.societies) == (None, 5)


def test_what_is_known_of_too_few_is_no_measure(app, session, cast, council):
    own = council(0, 1, 4)
    for number in range(1, 6):
        council(number, 2, 3)
    with app.test_request_context():
        assert set(told(session, own)) == {"女性"}


def test_the_page_of_a_term_shows_it(sign_in, cast, council):
    for number in range(1, 6):
        council(number, 2, 3)
    page = sign_in("staff").get(f"/societies/bjcs/audit/{cast.council.id}/terms/8").text
    assert "与其他学会相比" in page
    assert "学会1" not in page
