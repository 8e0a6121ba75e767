"""A slate is begun, filled, judged, passed as one act, and taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from registry.bodies import queries as bodies
from registry.bodies.deciding import Decide, Votes
from registry.bodies.founding import close_term
from registry.bodies.models import Tenure, Term
from registry.composition import packs
from registry.composition import queries as composition
from registry.composition.judging import judge
from registry.core.errors import RuleBroken, Stale
from registry.journal.models import Act
from registry.slates import queries, services
from registry.slates.models import Slate
from registry.slates.pasting import pasted
from registry.slates.shown import Shown
from registry.undoing.services import undo
from tests.databases import TODAY

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FROM, TO = date(2026, 12, 1), date(2031, 12, 1)


@pytest.fixture
def slate(session, cast):
    begin = services.Begin(cast.council.id, 9, FROM, TO, "方案一", from_term=True)
    return services.begin(session, cast.society, begin, TODAY, NOW)


@pytest.fixture
def member(cast):
    """理事, the lowest post of the council."""
    return max(cast.council.posts, key=lambda post: post.rank)


def on(session, slate):
    return {(row.person.name, row.post.name) for row in queries.candidates(session, slate)}


def passing(session, cast, slate):
    decision = Decide("第九次会员代表大会", FROM, "选举产生理事会", 100, 80, votes=Votes(75, 3, 2))
    return services.pass_(session, cast.society, slate, decision, NOW)


def test_a_slate_begins_with_those_who_hold_office(session, slate, cast):
    held = bodies.holding(session, cast.society.id, TODAY, cast.council.id)
    assert {row.person_id for row in held} == {row.person_id for row in queries.candidates(session, slate)}
    assert slate.name.endswith("第九届拟任名单（方案一）")


def test_a_slate_may_begin_with_nobody(session, cast):
    begin = services.Begin(cast.council.id, 9, FROM, TO)
    assert queries.candidates(session, services.begin(session, cast.society, begin, TODAY, NOW)) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ordinal": 8}, "ordinal"),
        ({"ordinal": 0}, "ordinal"),
        ({"planned_end_on": FROM}, "planned_end_on"),
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
        ({"body_id": 10**6}, "body_id"),
    ],
)
def test_an_odd_term_is_refused_at_its_field(session, cast, changed, field):
    usual = {"body_id": cast.council.id, "ordinal": 9, "starts_on": FROM, "planned_end_on": TO}
    with pytest.raises(RuleBroken) as refused:
        services.begin(session, cast.society, services.Begin(**{**usual, **changed}), TODAY, NOW)
    assert refused.value.field == field


def test_candidates_are_added_once_moved_and_removed(session, slate, cast, member):
    head = min(cast.council.posts, key=lambda post: post.rank)
    assert services.add(session, slate, [(cast.chen.id, member.id), (cast.chen.id, member.id)]) == 1
    assert services.add(session, slate, [(cast.chen.id, member.id)]) == 0
    row = next(row for row in queries.candidates(session, slate) if row.person_id == cast.chen.id)
    services.move(session, slate, row, head.id, row.version)
    assert ("陳大文", head.name) in on(session, slate)
    with pytest.raises(Stale):
        services.move(session, slate, row, member.id, row.version - 1)
    services.remove(session, slate, row)
    assert "陳大文" not in {name for name, _post in on(session, slate)}


def test_nobody_of_another_society_and_no_foreign_post_comes_on_it(session, slate, cast, member):
    stranger = cast.zhao
    with pytest.raises(RuleBroken):
        services.add(session, slate, [(stranger.id, member.id)])
    with pytest.raises(RuleBroken):
        services.add(session, slate, [(cast.chen.id, 10**6)])


def test_pasted_names_are_found_or_said_to_be_missing(session, slate, member):
    found = pasted(session, slate, "理事（2人）\n陳大文　查无此人", member.id)
    assert [post for _person, post in found.pairs] == [member.id]
    assert found.missed == [("查无此人", "名册里没有")]
    with pytest.raises(RuleBroken):
        pasted(session, slate, "——", member.id)


def test_a_slate_passes_as_one_act_and_is_taken_back(session, slate, cast):
    before = {row.id: (row.ends_on, row.ended_by) for row in session.scalars(select(Tenure))}
    term = passing(session, cast, slate)
    session.commit()
    assert (term.ordinal, term.starts_on) == (9, FROM)
    assert {row.person_id for row in bodies.holding(session, cast.society.id, FROM, cast.council.id)} == {
        row.person_id for row in queries.candidates(session, slate)
    }
    act = session.get_one(Act, slate.act_id)
    assert act.deed == "slate:pass"
    with pytest.raises(RuleBroken):
        services.add(session, slate, [(cast.chen.id, cast.council.posts[0].id)])
    undo(session, act)
    session.commit()
    assert bodies.holding(session, cast.society.id, FROM, cast.council.id)
    after = {row.id: (row.ends_on, row.ended_by) for row in session.scalars(select(Tenure))}
    assert {key: after[key] for key in before} == before
    services.reopen(session, slate)
    assert slate.closed_at is None


def test_an_empty_or_crowded_slate_does_not_pass(session, slate, cast, member):
    for row in queries.candidates(session, slate):
        services.remove(session, slate, row)
    with pytest.raises(RuleBroken, match="还没有人"):
        passing(session, cast, slate)
    head = min(cast.council.posts, key=lambda post: post.rank)
    services.add(session, slate, [(cast.chen.id, head.id), (cast.wang.id, head.id)])
    with pytest.raises(RuleBroken, match="个席位"):
        passing(session, cast, slate)


def test_a_slate_laid_aside_is_not_edited(session, slate, cast, member):
    services.drop(session, slate, NOW)
    with pytest.raises(RuleBroken):
        services.add(session, slate, [(cast.chen.id, member.id)])


def test_a_draft_and_the_real_term_get_the_same_verdicts(session, slate, cast, member):
    """Judged on the first day of the 届, before and after the decision."""
    services.add(session, slate, [(cast.chen.id, member.id)])
    standing = queries.candidates(session, slate)
    real = composition.snapshot(session, cast.society.id, FROM)
    drafted = queries.drafted(session, slate, standing, real)
    before = verdicts(drafted, cast)
    passing(session, cast, slate)
    session.flush()
    after = verdicts(composition.snapshot(session, cast.society.id, FROM), cast)
    # The meeting that passes it is on record only afterwards.
    told = {key: value for key, value in before.items() if key not in {"quorum", "votes"}}
    assert told == {key: value for key, value in after.items() if key not in {"quorum", "votes"}}


def verdicts(snapshot, cast):
    found = judge(snapshot, packs.every(), [cast.council.id])
    return {one.rule.id: (one.verdict.answer, one.verdict.said) for one in found}


def test_what_is_against_somebody_stands_at_the_name(session, slate, cast):
    standing = queries.candidates(session, slate)
    real = composition.snapshot(session, cast.society.id, TODAY)
    shown = Shown(slate, standing, queries.drafted(session, slate, standing, real))
    against = {
        key
        for finding in shown.audit.findings
        if finding.rule.id == "retirement_age"
        for key in finding.verdict.against
    }
    assert against <= shown.marks.keys()
    assert shown.seating.held == len(standing)


def test_a_term_of_the_body_ends_where_the_slates_begins(session, slate, cast):
    running = next(term for term in cast.council.terms if term.ends_on is None)
    term = passing(session, cast, slate)
    assert running.ends_on == term.starts_on
    assert isinstance(term, Term)
    assert session.get_one(Slate, slate.id).act_id
    with pytest.raises(RuleBroken):
        close_term(session, running, FROM)
