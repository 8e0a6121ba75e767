"""The line of life: what is drawn where."""

from __future__ import annotations

from datetime import date

from registry.bodies.queries import tenures_of_person
from registry.members.life import draw
from registry.memberships.queries import spells
from registry.memberships.services import Change, change, void

DAY = date(2026, 11, 24)


def life(session, cast, person):
    key = cast.society.id, person.id
    return draw(spells(session, *key), tenures_of_person(session, *key), DAY)


def test_spells_branches_and_offices_stand_on_one_axis(session, cast):
    drawn = life(session, cast, cast.wang)
    assert [(lane.kind, lane.label) for lane in drawn.lanes] == [
        ("membership", "普通会员"),
        ("branch", "人工智能专业委员会"),
        ("office", "理事会 理事"),
    ]
    (bar,) = drawn.lanes[0].bars
    assert 0 < float(bar.left.rstrip("%")) < 3
    assert 97 < float(bar.left.rstrip("%")) + float(bar.width.rstrip("%")) <= 100.01
    assert 95 < float(drawn.day.rstrip("%")) < 100


def test_spells_that_follow_each_other_are_one_bar(session, cast):
    change(session, cast.wang_member, Change(date(2015, 1, 1), cast.wang_member.category_id, None))
    drawn = life(session, cast, cast.wang)
    assert [len(lane.bars) for lane in drawn.lanes if lane.kind == "membership"] == [1]
    (branch,) = [lane for lane in drawn.lanes if lane.kind == "branch"]
    assert branch.periods[0].ends_on == date(2015, 1, 1)


def test_the_years_on_the_axis_are_round_and_few(session, cast):
    years = [year for year, _at in life(session, cast, cast.wang).years]
    assert years == [2010, 2015, 2020, 2025]


def test_what_was_never_true_is_not_drawn(session, cast):
    void(session, cast.mary_member, "误录")
    assert life(session, cast, cast.mary) is None
