"""Giving an office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from registry.bodies import founding, queries, services
from registry.bodies.deciding import Decide
from registry.bodies.founding import AddPost, Establish, OpenTerm
from registry.bodies.models import BodyKind, Decision
from registry.bodies.services import Appoint
from registry.core.errors import RuleBroken
from registry.journal.models import Act

DAY = date(2026, 11, 24)


@pytest.fixture
def as_director(cast):
    """Chen as a member of the council."""
    return Appoint(cast.chen.id, cast.director_post.id, cast.term.id, date(2024, 3, 1))


def appoint(session, cast, command):
    return services.appoint(session, cast.society, command)


def test_an_office_holds_from_its_day_on(session, cast, as_director):
    row = appoint(session, cast, as_director)
    assert row.state_on(date(2024, 3, 1)) == "holding"
    assert row.planned_end_on == cast.term.planned_end_on
    names = [holder.name for holder in queries.holding(session, cast.society.id, DAY, cast.council.id)]
    assert names == ["欧阳晓月", "陳大文", "王富"]


def test_a_future_appointment_does_not_take_effect_before_its_day(session, cast, as_director):
    row = appoint(session, cast, replace(as_director, starts_on=date(2027, 1, 1)))
    assert row.state_on(DAY) == "elect"
    assert row.person_id not in {
        holder.person_id for holder in queries.holding(session, cast.society.id, DAY)
    }
    assert row.state_on(date(2027, 1, 1)) == "holding"


def test_an_office_past_its_planned_end_holds_over_by_itself(session, cast, as_director):
    row = appoint(session, cast, replace(as_director, planned_end_on=date(2025, 3, 1)))
    assert row.state_on(DAY) == "holding_over"
    assert row.ends_on is None


def test_one_seat_has_one_holder_and_the_refusal_names_them(session, cast):
    command = Appoint(cast.wang.id, cast.chair_post.id, cast.term.id, date(2024, 1, 1))
    with pytest.raises(RuleBroken) as refused:
        appoint(session, cast, command)
    assert refused.value.reason == "理事长已由 欧阳晓月 担任（2023-05-01 起）"
    assert refused.value.field == "post_id"


def test_a_seat_that_falls_to_another_later_is_refused_today(session, cast):
    """The whole period counts, not only its first day."""
    services.end(session, cast.chair, services.EndTenure(date(2024, 1, 1), "resigned"))
    chair = Appoint(cast.wang.id, cast.chair_post.id, cast.term.id, date(2025, 1, 1))
    appoint(session, cast, chair)
    with pytest.raises(RuleBroken, match="王富"):
        appoint(session, cast, replace(chair, person_id=cast.chen.id, starts_on=date(2024, 6, 1)))


def test_a_seat_is_free_from_the_day_its_holder_leaves(session, cast):
    services.end(session, cast.chair, services.EndTenure(date(2024, 6, 1), "resigned"))
    command = Appoint(cast.wang.id, cast.chair_post.id, cast.term.id, date(2024, 6, 1))
    assert appoint(session, cast, command).id


def test_several_seats_are_counted_on_the_fullest_day(session, cast):
    post = founding.add_post(session, cast.council, AddPost("vice", "副理事长", 5, seats=2, principal=True))
    first = Appoint(cast.wang.id, post.id, cast.term.id, date(2024, 1, 1))
    for person in (cast.wang, cast.chen):
        appoint(session, cast, replace(first, person_id=person.id))
    with pytest.raises(RuleBroken) as refused:
        appoint(session, cast, replace(first, person_id=cast.ouyang.id, starts_on=date(2023, 6, 1)))
    assert "副理事长的 2 个席位已满" in refused.value.reason
    assert "王富（2024-01-01 起）" in refused.value.reason


def test_a_post_without_seats_takes_any_number(session, cast):
    post = founding.add_post(session, cast.council, AddPost("adviser", "顾问", 90))
    for person in (cast.wang, cast.chen, cast.ouyang):
        appoint(session, cast, Appoint(person.id, post.id, cast.term.id, date(2024, 1, 1)))


def test_nobody_is_twice_in_a_post(session, cast):
    command = Appoint(cast.wang.id, cast.director_post.id, cast.term.id, date(2025, 1, 1))
    with pytest.raises(RuleBroken, match="王富 已担任理事"):
        appoint(session, cast, command)


@pytest.mark.parametrize("day", [date(2023, 4, 30), date(2022, 1, 1)])
def test_an_office_begins_within_its_term(session, cast, as_director, day):
    with pytest.raises(RuleBroken, match="第八届任期（2023-05-01 起）之内"):
        appoint(session, cast, replace(as_director, starts_on=day))


def test_an_office_in_a_past_term_ends_with_it(session, cast):
    past = founding.open_term(
        session, cast.council, OpenTerm(7, date(2018, 5, 1), date(2023, 5, 1), date(2023, 5, 1))
    )
    row = appoint(session, cast, Appoint(cast.wang.id, cast.director_post.id, past.id, date(2018, 5, 1)))
    assert (row.ends_on, row.ended_by) == (date(2023, 5, 1), "term")


def test_post_and_term_belong_to_one_body(session, cast):
    board = founding.establish(
        session, cast.society, Establish(BodyKind.SUPERVISORS, "监事会", date(2000, 1, 1))
    )
    post = founding.add_post(session, board, AddPost("supervisor", "监事", 1, 3))
    with pytest.raises(RuleBroken, match="不属于同一个机构"):
        appoint(session, cast, Appoint(cast.wang.id, post.id, cast.term.id, date(2024, 1, 1)))


def test_an_officer_is_a_member_on_the_first_day(session, cast, as_director):
    early = replace(as_director, person_id=cast.mary.id)
    appoint(session, cast, early)
    after_leaving = replace(as_director, person_id=cast.li.id, starts_on=date(2025, 7, 1))
    with pytest.raises(RuleBroken, match="李明远 在 2025-07-01 不是本学会会员"):
        appoint(session, cast, after_leaving)


def test_the_hired_need_not_be_members(session, cast, as_director):
    command = replace(as_director, person_id=cast.li.id, starts_on=date(2025, 8, 1), begun_by="hired")
    assert appoint(session, cast, command).id


def test_the_party_organisation_may_have_officers_who_are_no_members(session, cast):
    party = founding.establish(session, cast.society, Establish(BodyKind.PARTY, "党支部", date(2010, 1, 1)))
    post = founding.add_post(session, party, AddPost("secretary", "书记", 1, 1))
    term = founding.open_term(session, party, OpenTerm(3, date(2024, 1, 1), date(2027, 1, 1)))
    assert appoint(session, cast, Appoint(cast.li.id, post.id, term.id, date(2025, 9, 1))).id


def test_people_of_another_society_are_nobody_here(session, cast, as_director):
    with pytest.raises(RuleBroken, match="本学会登记的人员"):
        appoint(session, cast, replace(as_director, person_id=cast.zhao.id))


def test_the_decision_is_kept_with_the_office_in_one_act(session, cast, as_director):
    session.commit()
    before = set(session.scalars(select(Act.id)))
    meeting = Decide("第八届理事会第四次会议", date(2024, 3, 1))
    row = appoint(session, cast, replace(as_director, decision=meeting))
    session.commit()
    acts = session.scalars(select(Act).where(Act.id.not_in(before))).all()
    assert [act.deed for act in acts] == ["tenure:appoint"]
    assert session.get(Decision, row.decision_id).meeting.name == "第八届理事会第四次会议"


def test_a_meeting_on_record_is_not_entered_again(session, cast, as_director):
    meeting = Decide(cast.decision.meeting.name, cast.decision.decided_on)
    assert appoint(session, cast, replace(as_director, decision=meeting)).decision_id == cast.decision.id


def test_a_planned_end_comes_after_the_beginning(session, cast, as_director):
    with pytest.raises(RuleBroken, match="计划届满日须晚于任职日期"):
        appoint(session, cast, replace(as_director, planned_end_on=as_director.starts_on))


def test_in_an_overdue_term_the_term_s_own_planned_end_may_have_passed(session, cast, as_director):
    row = appoint(session, cast, replace(as_director, starts_on=date(2028, 6, 1)))
    assert row.state_on(date(2028, 6, 1)) == "holding_over"
