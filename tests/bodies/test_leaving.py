"""Ending, correcting and voiding offices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from registry.bodies import founding, queries, services
from registry.bodies.models import Tenure
from registry.bodies.services import Appoint, CorrectTenure, EndTenure
from registry.core.errors import RuleBroken, Stale
from registry.journal.models import Act, Entry

DAY = date(2026, 11, 24)


def as_it_stands(row, **changes):
    """A correction that changes only what is named."""
    keys = ("post_id", "starts_on", "planned_end_on", "ends_on", "begun_by", "ended_by", "full_time")
    more = ("legal_representative", "nominated_by", "filing", "decision_id", "version")
    facts = {key: getattr(row, key) for key in (*keys, *more)}
    return CorrectTenure(**{**facts, "why": "登记有误", **changes})


def test_an_ended_office_is_no_longer_held_on_that_day(session, cast):
    services.end(session, cast.director, EndTenure(date(2026, 6, 1), "resigned"))
    assert cast.director.state_on(date(2026, 5, 31)) == "holding"
    assert cast.director.state_on(date(2026, 6, 1)) == "ended"
    assert cast.director.ended_by == "resigned"


def test_an_end_in_the_future_takes_effect_on_its_day(session, cast):
    services.end(session, cast.director, EndTenure(date(2027, 1, 1), "resigned"))
    assert cast.director.state_on(DAY) == "holding"


def test_an_office_ends_once(session, cast):
    services.end(session, cast.director, EndTenure(date(2026, 6, 1), "resigned"))
    with pytest.raises(RuleBroken, match="已于 2026-06-01 辞职；如有错误请用“更正”"):
        services.end(session, cast.director, EndTenure(date(2026, 7, 1), "removed"))


def test_an_office_bound_to_end_with_its_term_may_end_before(session, cast):
    founding.close_term(session, cast.term, date(2028, 5, 1))
    services.end(session, cast.director, EndTenure(date(2026, 6, 1), "died"))
    assert (cast.director.ends_on, cast.director.ended_by) == (date(2026, 6, 1), "died")


def test_nobody_leaves_before_coming(session, cast):
    with pytest.raises(RuleBroken, match="从未到任的请用“作废”"):
        services.end(session, cast.director, EndTenure(cast.director.starts_on, "resigned"))


def test_an_end_seen_at_an_older_state_is_refused_with_what_stands(session, cast):
    version = cast.director.version
    services.correct(session, cast.director, as_it_stands(cast.director, nominated_by="星河大学"))
    with pytest.raises(Stale) as stale:
        services.end(session, cast.director, EndTenure(DAY, "resigned", version=version))
    assert stale.value.theirs == "理事 2023-05-01 起"
    assert stale.value.version == cast.director.version


def test_an_ended_office_can_be_corrected(session, cast):
    services.end(session, cast.director, EndTenure(date(2026, 6, 1), "resigned"))
    right = as_it_stands(cast.director, ends_on=date(2026, 5, 1), ended_by="removed")
    services.correct(session, cast.director, right)
    assert (cast.director.ends_on, cast.director.ended_by) == (date(2026, 5, 1), "removed")


def test_a_correction_may_undo_an_end(session, cast):
    services.end(session, cast.director, EndTenure(date(2026, 6, 1), "resigned"))
    services.correct(session, cast.director, as_it_stands(cast.director, ends_on=None, ended_by=None))
    assert cast.director.state_on(DAY) == "holding"


def test_a_correction_needs_a_reason_and_the_journal_keeps_it(session, cast):
    with pytest.raises(RuleBroken, match="原因"):
        services.correct(session, cast.director, as_it_stands(cast.director, why=" "))
    services.correct(session, cast.director, as_it_stands(cast.director, starts_on=date(2023, 6, 1)))
    session.commit()
    act = session.scalars(select(Act).order_by(Act.id.desc())).first()
    entry = session.scalars(select(Entry).where(Entry.act_id == act.id)).one()
    assert (act.deed, act.reason) == ("tenure:correct", "登记有误")
    assert (entry.before["starts_on"], entry.after["starts_on"]) == ("2023-05-01", "2023-06-01")
    assert entry.person_id == cast.wang.id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_on": date(2023, 1, 1)}, "任职日期须在第八届任期"),
        ({"ends_on": date(2026, 1, 1)}, "要么都填"),
        ({"ended_by": "resigned"}, "要么都填"),
        ({"ends_on": date(2023, 5, 1), "ended_by": "resigned"}, "须晚于任职日期"),
    ],
)
def test_a_correction_obeys_the_rules_of_a_new_office(session, cast, changes, words):
    with pytest.raises(RuleBroken, match=words):
        services.correct(session, cast.director, as_it_stands(cast.director, **changes))


def test_a_correction_may_not_take_a_seat_that_is_held(session, cast):
    with pytest.raises(RuleBroken, match="理事长已由 欧阳晓月 担任"):
        services.correct(session, cast.director, as_it_stands(cast.director, post_id=cast.chair_post.id))


def test_two_correcting_at_once_see_both_values(session, cast):
    mine = as_it_stands(cast.director, starts_on=date(2023, 7, 1))
    services.correct(session, cast.director, as_it_stands(cast.director, starts_on=date(2023, 6, 1)))
    with pytest.raises(Stale) as stale:
        services.correct(session, cast.director, mine)
    assert stale.value.both == {"starts_on": ("2023-07-01", "2023-06-01")}


def test_a_voided_office_counts_on_no_day_and_stays_on_record(session, cast):
    services.void(session, cast.chair, "选举无效")
    assert cast.chair.state_on(DAY) == "voided"
    assert [row.name for row in queries.holding(session, cast.society.id, DAY)] == ["王富"]
    assert session.get(Tenure, cast.chair.id).void_reason == "选举无效"
    successor = Appoint(cast.wang.id, cast.chair_post.id, cast.term.id, date(2023, 5, 1))
    assert services.appoint(session, cast.society, successor).id


def test_a_voided_office_is_not_touched_again(session, cast):
    services.void(session, cast.chair, "选举无效")
    for deed in (
        lambda: services.void(session, cast.chair, "再来"),
        lambda: services.end(session, cast.chair, EndTenure(DAY, "resigned")),
        lambda: services.correct(session, cast.chair, as_it_stands(cast.chair)),
    ):
        with pytest.raises(RuleBroken, match="已作废"):
            deed()


def test_voiding_needs_a_reason(session, cast):
    with pytest.raises(RuleBroken) as refused:
        services.void(session, cast.chair, "  ")
    assert refused.value.field == "why"


def test_no_office_is_ever_deleted(session, cast):
    session.delete(cast.chair)
    with pytest.raises(RuntimeError, match="nothing is deleted"):
        session.flush()
    session.rollback()


def test_the_database_guards_against_two_at_once(session, cast):
    """Even a write past the service cannot put a person twice into a post."""
    row = cast.director
    twice = Tenure(
        society_id=row.society_id, person_id=row.person_id, post_id=row.post_id, term_id=row.term_id
    )
    twice.starts_on = date(2025, 1, 1)
    services.act(session, "test", row.society_id)
    session.add(twice)
    with pytest.raises(Exception, match="overlap"):
        session.flush()
    session.rollback()


def test_correcting_leaves_other_facts_alone(session, cast):
    before = replace(as_it_stands(cast.chair), why="")
    services.correct(session, cast.chair, as_it_stands(cast.chair, filing="京民社备 12 号"))
    after = replace(as_it_stands(cast.chair), why="", version=before.version)
    assert after == replace(before, filing="京民社备 12 号")
