"""A council list becomes the record of its 届, as one act that can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.bodies import queries as bodies
from registry.bodies.models import Decision, Post, Tenure
from registry.core.errors import RuleBroken
from registry.journal.models import Act
from registry.lists import services
from registry.lists.models import ListState
from registry.memberships.models import Membership
from registry.memberships.services import Admit, admit
from registry.people.models import Person
from registry.people.services import enter_person, read_facts
from registry.undoing.services import undo
from tests.lists.conftest import AT

LIST = "理事长：王富\n理事（3人，按姓氏笔画为序）\n王富 北京星河大学\n陳大文\n新来者 北京云上大学 教授"


def states(judgement):
    return [(row.entry.cells["name"], row.state.value) for row in judgement.rows]


@pytest.fixture
def term(session, cast):
    """The seventh 届 as it stands."""

    def term():
        session.expire_all()
        body = bodies.body(session, cast.society.id, cast.council.id)
        return next((row for row in body.terms if row.ordinal == 7), None)

    return term


def test_rows_are_matched_doubtful_or_new(send, judge):
    assert states(judge(send(LIST))) == [
        ("王富", "ready"),
        ("王富", "ready"),
        ("陳大文", "ready"),
        ("新来者", "new"),
    ]


def test_a_list_of_a_past_council_becomes_its_record(session, cast, send, apply, term):
    assert apply(send(LIST)) == 4
    seventh = term()
    assert (seventh.starts_on, seventh.ends_on) == (date(2018, 10, 1), date(2023, 5, 1))
    rows = bodies.tenures_of_term(session, seventh.id)
    assert [(row.person.name, row.post.name) for row in rows] == [
        ("王富", "理事长"),
        ("陳大文", "理事"),
        ("王富", "理事"),
        ("新来者", "理事"),
    ]
    assert {(row.starts_on, row.ends_on, row.ended_by) for row in rows} == {
        (date(2018, 10, 1), date(2023, 5, 1), "term")
    }
    decision = session.get(Decision, rows[0].decision_id)
    assert decision.meeting.name == "第七次会员代表大会"
    assert bodies.held_seats(session, cast.society.id, date(2020, 1, 1)) == {
        cast.chair_post.id: 1,
        cast.director_post.id: 3,
    }


def test_the_newcomer_was_a_member_as_long_as_the_office_lasted(session, send, apply):
    apply(send(LIST))
    person = session.scalars(select(Person).where(Person.name == "新来者")).one()
    spell = session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    assert (spell.starts_on, spell.ends_on, spell.starts_known) == (date(2018, 10, 1), date(2023, 5, 1), "Y")
    assert (person.employer, person.title) == ("北京云上大学", "教授")


def test_the_same_list_again_changes_nothing(send, judge, apply):
    apply(send(LIST))
    again = send(LIST)
    assert {row.state.value for row in judge(again).rows} == {"same"}
    with pytest.raises(RuleBroken, match="没有要登记的行"):
        apply(again)


def test_everything_is_one_act_and_is_taken_back_as_one(session, cast, send, judge, apply, term):
    before = {row.id for row in session.scalars(select(Act))}
    row = send(LIST)
    session.commit()
    apply(row)
    session.commit()
    made = [act for act in session.scalars(select(Act)) if act.id not in before and act.deed == "list:apply"]
    assert [act.id for act in made] == [row.act_id]
    undo(session, made[0])
    session.commit()
    assert term() is None
    assert bodies.held_seats(session, cast.society.id, date(2020, 1, 1)) == {}
    assert apply(send(LIST)) == 4
    assert term().ends_on == date(2023, 5, 1)


@pytest.fixture
def namesake(session, cast):
    """Another 王富, of another institute."""
    facts = read_facts({"name": "王富", "region": "内地", "employer": "燕山计算研究所"})
    person = enter_person(session, cast.society.id, facts.values)
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, date(2015, 1, 1), "B00777"))
    return person


def test_the_unit_tells_namesakes_apart(cast, namesake, send, judge):
    rows = judge(send("理事\n王富 燕山计算研究所\n王富 北京星河大学 教授")).rows
    assert [row.chosen for row in rows] == [str(namesake.id), str(cast.wang.id)]


def test_several_are_doubtful_until_the_clerk_decides(session, namesake, send, judge):
    row = send("理事：王富")
    judged = judge(row).rows[0]
    assert (judged.state.value, len(judged.candidates), judged.told) == ("doubtful", 2, "名册里有 2 位同名")
    services.decide(session, row, {"0": str(namesake.id)})
    assert (judge(row).rows[0].state.value, judge(row).rows[0].chosen) == ("ready", str(namesake.id))
    services.decide(session, row, {"0": "new"})
    assert judge(row).rows[0].state.value == "new"
    services.decide(session, row, {"0": "skip"})
    assert judge(row).rows[0].state.value == "skipped"


def test_one_in_another_unit_is_asked_about(send, judge):
    judged = judge(send("理事\n王富 东海海洋大学 教授")).rows[0]
    assert judged.state.value == "doubtful"
    assert "在“北京星河大学”" in judged.told


def test_whoever_was_no_member_is_refused_or_given_the_missing_spell(session, cast, send, judge, apply):
    row = send("理事：欧阳晓月")
    judged = judge(row).rows[0]
    assert (judged.state.value, judged.told) == ("refused", "2018-10-01 没有会籍；可在上面选“补录会籍”")
    services.decide(session, row, {}, admit=True)
    assert judge(row).rows[0].state.value == "ready"
    apply(row)
    spells = session.scalars(
        select(Membership).where(Membership.person_id == cast.ouyang.id).order_by(Membership.starts_on)
    ).all()
    assert [(spell.starts_on, spell.ends_on) for spell in spells] == [
        (date(2018, 10, 1), date(2021, 1, 1)),
        (date(2021, 1, 1), None),
    ]
    assert len({spell.number for spell in spells}) == 1


def test_own_days_are_kept_and_months_stay_within_the_term(session, send, apply, term):
    rows = ["姓名\t本会职务\t任期\t备注", "王富\t理事\t2018.10-2020.6\t辞职"]
    table = "\n".join([*rows, "陳大文\t理事\t2018年10月至2023年5月\t"])
    apply(send(table))
    rows = {row.person.name: row for row in bodies.tenures_of_term(session, term().id)}
    assert (rows["王富"].starts_on, rows["王富"].ends_on) == (date(2018, 10, 1), date(2020, 7, 1))
    assert rows["王富"].ended_by == "resigned"
    assert (rows["陳大文"].ends_on, rows["陳大文"].ended_by) == (date(2023, 5, 1), "term")


@pytest.mark.parametrize(
    ("spell", "why"),
    [
        ("2010-01-01至2012-01-01", "不在本届之内"),
        ("2019-01-01至2018-12-01", "不在本届之内"),
        ("去年", "看不出是哪一天"),
    ],
)
def test_days_that_cannot_be_are_refused(send, judge, spell, why):
    row = judge(send(f"姓名\t本会职务\t任期\n王富\t理事\t{spell}\n")).rows[0]
    assert row.state.value == "refused"
    assert why in row.told


def test_a_post_that_is_not_there_yet_is_made_with_its_seats(session, cast, send, apply):
    apply(send("名誉理事长（2人）\n王富"))
    post = session.scalars(select(Post).where(Post.name == "名誉理事长")).one()
    assert (post.body_id, post.seats) == (cast.council.id, 2)


def test_more_people_than_seats_stop_the_list(session, send, judge, apply):
    row = send("理事长：王富、陳大文")
    assert "理事长有 1 个席位" in judge(row).obstacles[0]
    with pytest.raises(RuleBroken, match="个席位"):
        apply(row)


def test_a_name_twice_in_one_post_is_refused_and_in_two_posts_is_one_person(session, send, judge, apply):
    row = send("理事长：新来者\n理事：新来者、新来者")
    assert [one.state.value for one in judge(row).rows] == ["new", "new", "refused"]
    apply(row)
    assert len(session.scalars(select(Person).where(Person.name == "新来者")).all()) == 1
    assert len(session.scalars(select(Tenure).join(Person).where(Person.name == "新来者")).all()) == 2


def test_nothing_is_applied_that_was_not_shown(session, cast, send, judge, namesake):
    row = send("理事：陳大文")
    digest = judge(row).digest
    facts = read_facts({"name": "陳大文", "region": "内地", "employer": "云杉大学"})
    enter_person(session, cast.society.id, facts.values)
    with pytest.raises(RuleBroken, match="有了变动"):
        services.apply(session, cast.society, row, digest, AT)


def test_a_closed_list_is_forgotten(session, send, apply):
    row = send("理事：王富")
    services.drop(session, row, AT)
    assert (row.state, row.content, row.choices) == (ListState.DROPPED, None, {})
    with pytest.raises(RuleBroken, match="已经办完"):
        services.drop(session, row, AT)


@pytest.mark.parametrize(
    ("text", "more", "why"),
    [
        ("", {}, "没有读出任何一行"),
        ("理事：王富", {"body_id": 999}, "请选本学会的机构"),
        ("理事：王富", {"planned_end_on": date(2018, 1, 1)}, "计划届满日"),
        ("理事：王富", {"ends_on": date(2018, 1, 1)}, "结束日期"),
    ],
)
def test_what_makes_no_sense_is_refused(send, text, more, why):
    with pytest.raises(RuleBroken, match=why):
        send(text, **more)
