"""Bodies, posts and terms come into being."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies import founding, queries, services
from registry.bodies.deciding import Decide, decide
from registry.bodies.founding import AddPost, Establish, ExtendTerm, OpenTerm
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint
from registry.core.errors import RuleBroken, Stale

DAY = date(2026, 11, 24)


def test_bodies_come_by_kind(session, cast):
    founding.establish(session, cast.society, Establish(BodyKind.PARTY, "党支部", date(2010, 1, 1)))
    committee = Establish(BodyKind.COMMITTEE, "青年委员会", date(2015, 6, 1), cast.branch2.id)
    founding.establish(session, cast.society, committee)
    founding.establish(session, cast.society, Establish(BodyKind.ASSEMBLY, "会员大会", date(1999, 5, 1)))
    names = [body.name for body in queries.bodies(session, cast.society.id)]
    assert names == ["会员大会", "理事会", "党支部", "青年委员会"]


@pytest.mark.parametrize(
    ("kind", "branch", "words"),
    [
        (BodyKind.COMMITTEE, None, "所属的分支机构"),
        (BodyKind.COUNCIL, "branch", "只有分支机构委员会"),
        (BodyKind.COMMITTEE, "other_branch", "本学会的分支机构"),
    ],
)
def test_only_a_committee_belongs_to_a_branch(session, cast, kind, branch, words):
    branch_id = getattr(cast, branch).id if branch else None
    with pytest.raises(RuleBroken, match=words):
        founding.establish(session, cast.society, Establish(kind, "委员会", date(2020, 1, 1), branch_id))


def test_two_bodies_in_force_have_two_names(session, cast):
    with pytest.raises(RuleBroken, match="已有机构叫“理事会”"):
        founding.establish(session, cast.society, Establish(BodyKind.COUNCIL, " 理事会 ", date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (AddPost("", "理事", 50), "已有职务“理事”"),
        (AddPost("chair", "会长", 1), "已有代码"),
        (AddPost("", " ", 1), "名称不能为空"),
        (AddPost("", "顾问", 1, seats=0), "至少为 1"),
    ],
)
def test_posts_of_a_body_are_told_apart(session, cast, command, words):
    with pytest.raises(RuleBroken, match=words):
        founding.add_post(session, cast.council, command)


def test_a_post_without_a_code_gets_one(session, cast):
    assert founding.add_post(session, cast.council, AddPost("", "顾问", 90)).code == "p03"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (OpenTerm(9, date(2027, 1, 1), date(2032, 1, 1)), "第八届任期（2023-05-01 起）重叠；请先"),
        (OpenTerm(8, date(2015, 1, 1), date(2016, 1, 1), date(2016, 1, 1)), "已有第八届"),
        (OpenTerm(0, date(2015, 1, 1), date(2016, 1, 1)), "从 1 开始"),
        (OpenTerm(7, date(2015, 1, 1), date(2015, 1, 1)), "须晚于开始日期"),
        (OpenTerm(7, date(2015, 1, 1), date(2016, 1, 1), date(2014, 1, 1)), "结束日期须晚于开始日期"),
        (OpenTerm(1, date(1990, 1, 1), date(1995, 1, 1), date(1995, 1, 1)), "成立的日期"),
    ],
)
def test_terms_follow_one_another(session, cast, command, words):
    with pytest.raises(RuleBroken, match=words):
        founding.open_term(session, cast.council, command)


def test_closing_a_term_ends_every_office_in_it(session, cast):
    founding.close_term(session, cast.term, date(2026, 10, 1))
    assert {(row.ends_on, row.ended_by) for row in (cast.chair, cast.director)} == {
        (date(2026, 10, 1), "term")
    }
    assert queries.holding(session, cast.society.id, DAY) == []
    following = OpenTerm(9, date(2026, 10, 1), date(2031, 10, 1))
    assert founding.open_term(session, cast.council, following).name == "第九届"


def test_closing_keeps_earlier_ends_and_refuses_offices_still_to_come(session, cast):
    later = Appoint(cast.chen.id, cast.director_post.id, cast.term.id, date(2027, 1, 1))
    services.end(session, cast.director, services.EndTenure(date(2025, 1, 1), "resigned"))
    row = services.appoint(session, cast.society, later)
    with pytest.raises(RuleBroken, match="陳大文 的理事自 2027-01-01 才开始"):
        founding.close_term(session, cast.term, date(2026, 10, 1))
    services.void(session, row, "推迟换届")
    founding.close_term(session, cast.term, date(2026, 10, 1))
    assert cast.director.ended_by == "resigned"


def test_a_term_closes_once_after_its_beginning_and_as_it_was_seen(session, cast):
    with pytest.raises(RuleBroken, match="须晚于开始日期"):
        founding.close_term(session, cast.term, date(2023, 5, 1))
    with pytest.raises(Stale):
        founding.close_term(session, cast.term, DAY, version=cast.term.version + 1)
    founding.close_term(session, cast.term, DAY)
    with pytest.raises(RuleBroken, match="第八届已于 2026-11-24 结束"):
        founding.close_term(session, cast.term, DAY)


def test_a_term_is_overdue_from_its_planned_end_or_its_extension(cast):
    assert not cast.term.overdue_on(date(2028, 4, 30))
    assert cast.term.overdue_on(date(2028, 5, 1))
    cast.term.extended_until = date(2029, 5, 1)
    assert not cast.term.overdue_on(date(2028, 5, 1))


def test_a_decision_names_its_meeting(session, cast):
    with pytest.raises(RuleBroken, match="会议"):
        decide(session, cast.society, Decide("  ", DAY))


def test_a_committee_head_is_found_by_branch(session, cast):
    committee = Establish(BodyKind.COMMITTEE, "人工智能委员会", date(2015, 6, 1), cast.branch.id)
    body = founding.establish(session, cast.society, committee)
    head = founding.add_post(session, body, AddPost("head", "主任委员", 1, 1))
    one = founding.add_post(session, body, AddPost("one", "秘书", 2, 1))
    term = founding.open_term(session, body, OpenTerm(1, date(2024, 1, 1), date(2028, 1, 1)))
    services.appoint(session, cast.society, Appoint(cast.wang.id, head.id, term.id, date(2024, 1, 1)))
    services.appoint(session, cast.society, Appoint(cast.chen.id, one.id, term.id, date(2024, 1, 1)))
    assert queries.branch_heads(session, cast.society.id, DAY) == {cast.branch.id: [("王富", "主任委员")]}
    assert queries.branch_heads(session, cast.society.id, date(2023, 12, 31)) == {}
    assert queries.heads(session, cast.society.id, DAY)[cast.council.id] == [("欧阳晓月", "理事长")]


def test_the_offices_of_a_person_come_newest_first(session, cast):
    services.end(session, cast.director, services.EndTenure(date(2025, 1, 1), "resigned"))
    again = Appoint(cast.wang.id, cast.director_post.id, cast.term.id, date(2026, 1, 1))
    services.appoint(session, cast.society, again)
    rows = queries.tenures_of_person(session, cast.society.id, cast.wang.id)
    assert [row.starts_on.year for row in rows] == [2026, 2023]
    assert rows[0].term.body.name == "理事会"


def test_a_post_keeps_the_seats_that_are_taken(session, cast):
    for person in (cast.chen, cast.mary):
        command = Appoint(person.id, cast.director_post.id, cast.term.id, date(2024, 1, 1))
        services.appoint(session, cast.society, command)
    with pytest.raises(RuleBroken, match="2024-01-01 有 3 人同时担任理事"):
        founding.edit_post(session, cast.director_post, AddPost("", "理事", 40, seats=2))
    founding.edit_post(session, cast.director_post, AddPost("", "常务理事", 40, seats=3))
    assert (cast.director_post.name, cast.director_post.code) == ("常务理事", "director")
    founding.edit_post(session, cast.director_post, AddPost("", "理事", 40))
    assert cast.director_post.seats is None


@pytest.mark.parametrize(
    ("until", "approval", "words"),
    [(date(2028, 5, 1), "京 1 号", "须晚于计划届满日"), (date(2029, 1, 1), " ", "批准文号")],
)
def test_an_extension_is_later_and_approved(session, cast, until, approval, words):
    with pytest.raises(RuleBroken, match=words):
        founding.extend_term(session, cast.term, ExtendTerm(until, approval))


def test_a_term_that_is_over_is_not_extended(session, cast):
    founding.close_term(session, cast.term, DAY)
    with pytest.raises(RuleBroken, match="已于"):
        founding.extend_term(session, cast.term, ExtendTerm(date(2029, 1, 1), "京 1 号"))
    with pytest.raises(Stale):
        founding.extend_term(session, cast.term, ExtendTerm(date(2029, 1, 1), "京 1 号", 99))
