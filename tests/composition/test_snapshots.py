"""Snapshots are read from the register, of one society or of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registry.bodies.founding import AddPost, Establish, OpenTerm, add_post, establish, open_term
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, EndTenure, appoint, end
from registry.composition import packs, queries, services
from registry.composition.facts import Official
from registry.composition.judging import judge
from registry.composition.services import SetParameter, set_parameter, tell_officials
from registry.core.dates import PartialDate
from registry.people.services import AddDocument, EditPerson, add_document, edit_person
from tests.cast import WANG_ID

DAY = date(2026, 11, 24)


@pytest.fixture
def council(session, cast):
    snapshot = queries.snapshot(session, cast.society.id, DAY)
    return snapshot, snapshot.own["council"]


def test_the_council_of_a_day_with_what_rules_ask_of_its_people(council, cast):
    snapshot, sitting = council
    assert (sitting.title, sitting.people) == ("理事会第八届", (cast.ouyang.id, cast.wang.id))
    wang = snapshot.people[cast.wang.id]
    assert (wang.birth, wang.employer, wang.grassroots) == (PartialDate(1965, 3, 8), "北京星河大学", True)
    assert wang.member_on(DAY)
    assert not wang.member_on(date(2009, 1, 1))
    assert (snapshot.counts.persons, snapshot.counts.units) == (4, 1)


def test_who_left_before_the_day_is_not_in_it_and_was_there_before(session, cast):
    end(session, cast.director, EndTenure(date(2025, 1, 1), "resigned"))
    session.commit()
    then, now = (queries.snapshot(session, cast.society.id, day) for day in (date(2024, 6, 1), DAY))
    assert cast.wang.id in then.own["council"].people
    assert cast.wang.id not in now.own["council"].people


def test_before_the_term_nobody_sits(session, cast):
    assert queries.snapshot(session, cast.society.id, date(2022, 1, 1)).own == {}


def test_as_many_questions_for_many_societies_as_for_one(session, cast, count_queries):
    def asked(ids):
        with count_queries() as statements:
            queries.snapshots(session, ids, DAY)
        return len(statements)

    session.commit()
    one = [cast.society.id]
    asked(one)
    assert asked(one) == asked([cast.society.id, cast.other.id, cast.third.id]) == 16


def test_posts_of_the_same_document_in_another_society_are_found_and_unknown_without_one(session, cast):
    assert queries.snapshot(session, cast.society.id, DAY).people[cast.wang.id].elsewhere == ()
    assert queries.snapshot(session, cast.society.id, DAY).people[cast.ouyang.id].elsewhere is None
    edit_person(session, cast.zhao, EditPerson({"sex": "M"}), [])
    session.commit()
    add_document(session, cast.zhao, AddDocument("resident_id", WANG_ID))
    _govern(session, cast)
    (found,) = queries.snapshot(session, cast.society.id, DAY).people[cast.wang.id].elsewhere
    assert (found.society_id, found.post, found.principal) == (cast.other.id, "理事长", True)


def _govern(session, cast):
    since = date(2024, 1, 1)
    body = establish(session, cast.other, Establish(BodyKind.COUNCIL, "理事会", since))
    post = add_post(session, body, AddPost("chair", "理事长", 1, 1, principal=True))
    term = open_term(session, body, OpenTerm(1, since, date(2029, 1, 1)))
    appoint(session, cast.other, Appoint(cast.zhao.id, post.id, term.id, since))
    session.commit()


def test_the_charter_of_the_day_overrides_the_rule(session, cast):
    set_parameter(session, cast.society, SetParameter("council_size.fewest", "2", "第20条", date(2025, 1, 1)))
    session.commit()
    rule = (packs.by_id("council_size"),)

    def answer(day):
        (found,) = judge(queries.snapshot(session, cast.society.id, day), rule)
        return found.statement, found.verdict.said

    assert answer(DAY)[0] == "理事 2–100 人，单数"
    assert answer(date(2024, 6, 1))[0] == "理事 7–100 人，单数"


def test_officials_are_told_and_unknown_before(session, cast):
    rule = (packs.by_id("serving_officials"),)
    before = judge(queries.snapshot(session, cast.society.id, DAY), rule)
    assert {finding.verdict.answer for finding in before} == {"undetermined"}
    told = {cast.wang.id: Official.SERVING, cast.ouyang.id: Official.NEITHER, cast.zhao.id: Official.NEITHER}
    assert tell_officials(session, cast.society, told) == 2
    assert tell_officials(session, cast.society, told) == 0
    (after,) = judge(queries.snapshot(session, cast.society.id, DAY), rule)
    assert (after.verdict.answer, after.verdict.against) == ("not_met", (cast.wang.id,))
    assert services.tell_officials(session, cast.society, {cast.wang.id: Official.NEITHER}) == 1


def test_a_draft_made_of_the_register_is_judged_as_the_term_is(session, cast):
    real = queries.snapshot(session, cast.society.id, DAY)
    sitting = real.own["council"]
    draft = real.with_holders(sitting.body.id, [replace(row, id=0) for row in sitting.holders])
    verdicts = [[(f.key, f.verdict) for f in judge(one, packs.every())] for one in (real, draft)]
    assert verdicts[0] == verdicts[1]
