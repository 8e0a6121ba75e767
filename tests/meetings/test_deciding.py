"""Meetings, their decisions and votes, and what becomes of offices whose decision is annulled."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from registry.bodies import deciding
from registry.bodies.deciding import Annul, Decide, Votes
from registry.bodies.models import Decision, Meeting, Tenure
from registry.core.errors import RuleBroken, Stale
from registry.meetings import queries, services
from registry.meetings.services import Hold, Reword

DAY = date(2025, 3, 8)


@pytest.fixture
def meeting(session, cast):
    command = Hold("第八届理事会第三次会议", DAY, cast.council.id, 45, 38, "会字〔2025〕3号", "会议纪要")
    return services.hold(session, cast.society, command)


def test_a_meeting_knows_whether_it_had_its_quorum(session, cast):
    for present, quorate in ((30, True), (29, False), (None, None)):
        held = services.hold(session, cast.society, Hold(f"会议{present}", DAY, None, 45, present))
        assert held.quorate is quorate


def test_several_decisions_of_a_meeting_are_kept_apart(session, cast, meeting):
    for text in ("增补理事一名", "审议年度报告"):
        deciding.decide(session, cast.society, Decide(meeting.name, DAY, text, body_id=cast.council.id))
    again = Decide(meeting.name, DAY, "增补理事一名", body_id=cast.council.id)
    assert deciding.decide(session, cast.society, again).text == "增补理事一名"
    assert [row.text for row in queries.meeting(session, cast.society.id, meeting.id).decisions] == [
        "增补理事一名",
        "审议年度报告",
    ]


def test_meetings_of_two_bodies_are_two_though_called_the_same(session, cast, meeting):
    other = deciding.decide(session, cast.society, Decide("工作会议", DAY, "甲", body_id=cast.council.id))
    same = deciding.decide(session, cast.society, Decide("工作会议", DAY, "乙", body_id=cast.council.id))
    assert other.meeting_id == same.meeting_id != meeting.id


def test_votes_are_kept_and_are_no_more_than_came(session, meeting):
    decision = deciding.resolve(session, meeting, "增补理事", Votes(35, 1, 2))
    assert (decision.votes_for, decision.votes_against, decision.votes_abstain) == (35, 1, 2)
    with pytest.raises(RuleBroken, match="合计 39 票，多于到会的 38 人"):
        deciding.resolve(session, meeting, "再议", Votes(35, 2, 2))
    with pytest.raises(RuleBroken, match="不能是负数"):
        deciding.resolve(session, meeting, "再议", Votes(-1))


def test_annulling_marks_and_removes_nothing(session, cast):
    before = session.scalar(select(func.count(Tenure.id)))
    deciding.annul(session, cast.decision, Annul(date(2025, 6, 1), "到会人数不足"))
    assert cast.decision.annulled_by(date(2025, 6, 1))
    assert not cast.decision.annulled_by(date(2025, 5, 31))
    assert session.scalar(select(func.count(Tenure.id))) == before
    assert cast.chair.state_on(date(2025, 7, 1)) == "holding"
    hanging = queries.hanging(session, cast.society.id, [cast.decision.id])
    assert {row.id for row in hanging[cast.decision.id]} == {cast.chair.id, cast.director.id}


def test_annulling_wants_a_reason_and_happens_once(session, cast):
    with pytest.raises(RuleBroken, match="原因"):
        deciding.annul(session, cast.decision, Annul(date(2025, 6, 1), " "))
    with pytest.raises(RuleBroken, match="不能早于作出决议的日期"):
        deciding.annul(session, cast.decision, Annul(date(2020, 6, 1), "误"))
    with pytest.raises(Stale):
        deciding.annul(session, cast.decision, Annul(date(2025, 6, 1), "误", version=9))
    deciding.annul(session, cast.decision, Annul(date(2025, 6, 1), "到会人数不足"))
    with pytest.raises(RuleBroken, match="已于 2025-06-01 撤销"):
        deciding.annul(session, cast.decision, Annul(date(2025, 7, 1), "再撤"))


def test_the_same_meeting_is_not_recorded_twice(session, cast, meeting):
    with pytest.raises(RuleBroken, match="已有记录"):
        services.hold(session, cast.society, Hold(meeting.name, DAY, cast.council.id))
    with pytest.raises(RuleBroken, match="多于应到"):
        services.hold(session, cast.society, Hold("别的会", DAY, cast.council.id, 3, 4))
    with pytest.raises(RuleBroken, match="本学会的机构"):
        services.hold(session, cast.other, Hold("别的会", DAY, cast.council.id))


def test_a_meeting_is_set_right_with_a_reason(session, meeting):
    deciding.resolve(session, meeting, "增补理事", Votes(35, 1, 2))
    with pytest.raises(RuleBroken, match="合计 38 票"):
        services.correct(session, meeting, Hold(meeting.name, DAY, meeting.body_id, 45, 30, why="重数"))
    services.correct(session, meeting, Hold(meeting.name, DAY, meeting.body_id, 45, 40, why="重数"))
    assert meeting.present == 40
    with pytest.raises(Stale):
        services.correct(session, meeting, Hold(meeting.name, DAY, why="重数", version=1))


def test_a_decision_is_reworded_with_a_reason(session, meeting):
    decision = deciding.resolve(session, meeting, "增补理事", Votes(35))
    services.reword(session, decision, Reword("增补常务理事", Votes(30, 5), "笔误", decision.version))
    assert (decision.text, decision.votes_for, decision.votes_against) == ("增补常务理事", 30, 5)
    with pytest.raises(Stale):
        services.reword(session, decision, Reword("增补", Votes(), "笔误", 1))


def test_a_small_paper_is_sealed_and_opened_again(session, meeting):
    paper = services.keep_paper(session, meeting, "C:\\纪要\\三次.pdf", b"%PDF-1.7 minutes")
    assert paper.filename == "三次.pdf"
    assert b"minutes" not in paper.content
    assert services.open_paper(session, paper) == b"%PDF-1.7 minutes"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("", b"", "请选择"),
        ("纪要.pdf", b"MZ\x90", "只收"),
        ("纪要.exe", b"MZ\x90", "只收"),
        ("纪要.pdf", b"%PDF" + b" " * 1024 * 1024, "超过 1 MB"),
    ],
)
def test_other_papers_are_refused(session, meeting, name, content, why):
    with pytest.raises(RuleBroken, match=why):
        services.keep_paper(session, meeting, name, content)


def test_meetings_are_listed_newest_first_a_page_at_a_time(session, cast):
    for number in range(queries.LISTED + 2):
        services.hold(session, cast.society, Hold(f"会议{number}", date(2024, 1, 1)))
    first = queries.meetings(session, cast.society.id)
    assert len(first) == queries.LISTED + 1
    last = first[queries.LISTED - 1]
    rest = queries.meetings(session, cast.society.id, before=(last.held_on, last.id))
    assert {row.id for row in rest}.isdisjoint({row.id for row in first[: queries.LISTED]})
    assert len(rest) == 3
    assert session.scalar(select(func.count(Meeting.id))) == queries.numbers(session, cast.society.id)
    assert session.scalar(select(func.count(Decision.id))) == 1
