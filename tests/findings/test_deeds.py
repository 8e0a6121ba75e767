"""Raising, answering, judging; what was settled comes back by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.composition.services import SetParameter, set_parameter
from registry.core.errors import RuleBroken, Stale
from registry.findings import queries, services
from registry.findings.course import Stand, stand
from registry.findings.models import StepKind
from registry.findings.services import Day, Raise, Say
from registry.journal.queries import acts, first_broken

DAY = date(2026, 11, 24)
LATER = date(2027, 6, 30)


@pytest.fixture
def mend(session, cast):
    """The charter lets so many be 理事, or as few as before."""

    def mend(most="1/2"):
        set_parameter(session, cast.society, SetParameter("council_of_members.most", most, "第十五条", DAY))
        session.commit()

    return mend


@pytest.fixture
def answered(session, raised, verdict):
    """The finding with the society's answer."""
    services.answer(session, raised, Say("已增补", raised.version), Day(DAY, verdict()))
    session.commit()
    return raised


def now(row, verdict, day=DAY):
    return stand(row, verdict(day).verdict.answer, day)


def test_a_finding_says_what_is_asked_and_by_when(raised, verdict):
    assert (raised.title, raised.until, raised.key) == ("理事的人数", date(2027, 1, 31), verdict().key)
    assert [(step.kind, step.words) for step in raised.steps] == [(StepKind.RAISED, "请补足理事")]
    assert raised.steps[0].said == verdict().verdict.said


def test_the_society_answers_with_papers(session, cast, raised, verdict):
    files = [("增补决议.pdf", b"%PDF-1.7 minutes")]
    services.answer(session, raised, Say("已增补 5 人", raised.version, files=files), Day(DAY, verdict()))
    session.commit()
    paper = raised.steps[-1].papers[0]
    assert (paper.filename, services.open_paper(session, paper)) == files[0]
    assert b"minutes" not in paper.content
    assert now(raised, verdict) is Stand.ANSWERED


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("名单.exe", b"MZ"), "名单.exe：只收 PDF"),
        (("决议.pdf", b"PK\x03\x04"), "决议.pdf：只收 PDF"),
        (("决议.pdf", b"%PDF" + b" " * 2**20), "决议.pdf：文件超过 1 MB"),
    ],
)
def test_a_paper_must_be_what_it_says(session, raised, verdict, file, why):
    with pytest.raises(RuleBroken, match=why) as refused:
        services.answer(session, raised, Say("已增补", raised.version, files=[file]), Day(DAY, verdict()))
    assert refused.value.field == "files"
    assert [step.kind for step in raised.steps] == [StepKind.RAISED]


def test_one_verdict_has_one_finding(session, cast, raised, verdict):
    again = Raise("又一次", "请补足", LATER, own=False)
    with pytest.raises(RuleBroken, match="已经提出整改：理事的人数"):
        services.raise_finding(session, cast.society, again, Day(DAY, verdict()))


def test_what_is_met_is_not_to_be_set_right(session, cast, verdict, mend):
    mend()
    with pytest.raises(RuleBroken, match="“符合”，不用整改"):
        services.raise_finding(session, cast.society, Raise("x", "y", LATER, own=False), Day(DAY, verdict()))


def test_the_time_limit_is_moved_while_an_answer_is_due(session, raised, verdict):
    said = Say("会议改期", raised.version, LATER)
    services.extend(session, raised, said, Day(DAY, verdict()), own=False)
    assert (raised.until, now(raised, verdict)) == (LATER, Stand.OPEN)
    services.answer(session, raised, Say("已增补", raised.version), Day(DAY, verdict()))
    with pytest.raises(RuleBroken, match="没有期限可改"):
        services.extend(
            session, raised, replace(said, version=raised.version), Day(DAY, verdict()), own=False
        )


def test_what_is_not_answered_is_not_sent_back(session, raised, verdict):
    with pytest.raises(RuleBroken, match="请改定期限"):
        services.send_back(
            session, raised, Say("再办", raised.version, LATER), Day(DAY, verdict()), own=False
        )


def test_what_is_answered_is_not_answered_again(session, answered, verdict):
    with pytest.raises(RuleBroken, match="不用答复"):
        services.answer(session, answered, Say("再说一遍", answered.version), Day(DAY, verdict()))


def test_it_is_not_accepted_while_the_register_speaks_against_it(session, answered, verdict):
    with pytest.raises(RuleBroken, match="按今天的登记仍不符合"):
        services.accept(session, answered, Say("", answered.version), Day(DAY, verdict()), own=False)


def test_it_is_sent_back_with_a_new_day(session, answered, verdict):
    said = Say("人数仍不足", answered.version, LATER)
    services.send_back(session, answered, said, Day(DAY, verdict()), own=False)
    assert now(answered, verdict) is Stand.OPEN
    assert answered.until == LATER


@pytest.mark.parametrize("until", [None, DAY, DAY - timedelta(1)])
def test_a_time_limit_lies_ahead(session, answered, verdict, until):
    with pytest.raises(RuleBroken, match="今天以后"):
        services.send_back(
            session, answered, Say("再办", answered.version, until), Day(DAY, verdict()), own=False
        )


def test_what_was_set_right_is_closed_and_comes_back_by_itself(session, cast, answered, verdict, mend):
    mend()
    services.accept(session, answered, Say("好", answered.version), Day(DAY, verdict()), own=False)
    session.commit()
    assert now(answered, verdict) is Stand.CLOSED
    mend("1/3")
    assert now(answered, verdict) is Stand.BACK
    services.answer(session, answered, Say("再增补", answered.version), Day(DAY, verdict()))
    session.commit()
    kinds = [step.kind for step in answered.steps]
    assert kinds[-3:] == [StepKind.ACCEPTED, StepKind.REOPENED, StepKind.ANSWERED]
    assert answered.steps[-2].actor_name == ""
    assert first_broken(session, cast.society.id) is None


def test_a_waiver_needs_an_approval_and_ends_with_its_day(session, raised, verdict):
    day = Day(DAY, verdict())
    with pytest.raises(RuleBroken, match="批准的文号"):
        services.waive(session, raised, Say("过渡期", raised.version, LATER), day, own=False)
    said = Say("过渡期", raised.version, LATER, "京科协函〔2026〕8号")
    services.waive(session, raised, said, day, own=False)
    assert now(raised, verdict) is Stand.WAIVED
    assert stand(raised, verdict().verdict.answer, LATER + timedelta(1)) is Stand.BACK


def test_what_came_back_is_put_on_record(session, cast, answered, verdict, mend):
    mend()
    services.accept(session, answered, Say("", answered.version), Day(DAY, verdict()), own=False)
    session.commit()
    mend("1/3")
    rows = queries.of_society(session, cast.society.id)
    assert services.review(session, rows, [verdict()], DAY) == 1
    session.commit()
    assert services.review(session, rows, [verdict()], DAY) == 0
    assert acts(session, cast.society.id, limit=1)[0].deed == "finding:reopen"
    assert now(answered, verdict) is Stand.OPEN


def test_the_own_supervisors_judge_only_what_they_raised(session, cast, answered, verdict):
    said, day = Say("", answered.version, LATER, "依据"), Day(DAY, verdict())
    with pytest.raises(RuleBroken, match="由上级审核"):
        services.waive(session, answered, said, day, own=True)
    own = services.raise_finding(
        session, cast.society, Raise("考勤", "请补会议记录", LATER, own=True), Day(DAY)
    )
    services.accept(session, own, Say("", own.version), Day(DAY), own=True)
    assert stand(own, None, DAY) is Stand.CLOSED


def test_two_who_judge_at_once_are_told(session, answered, verdict):
    old = Say("", answered.version, LATER, "依据")
    services.waive(session, answered, old, Day(DAY, verdict()), own=False)
    with pytest.raises(Stale):
        services.send_back(session, answered, replace(old, words="再办"), Day(DAY, verdict()), own=False)
