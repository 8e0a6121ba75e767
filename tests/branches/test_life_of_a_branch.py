"""Founding, editing and ending a branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registry.branches import queries
from registry.core.errors import RuleBroken, Stale
from registry.memberships.services import Change, End, change, end
from registry.societies import branching
from registry.societies.branching import EditBranch, FoundBranch
from registry.societies.models import BranchKind

DAY = date(2026, 11, 24)


@pytest.fixture
def as_it_stands(cast):
    """An edit that changes nothing."""
    branch = cast.branch
    return EditBranch(branch.name, branch.kind, branch.host, branch.starts_on, "", branch.version)


def test_a_branch_is_founded_with_the_next_code(session, cast):
    command = FoundBranch(BranchKind.SECTION, " 图学分会 ", date(2026, 1, 1), host=" 星河大学 ")
    branch = branching.found_branch(session, cast.society, command)
    assert (branch.code, branch.name, branch.host) == ("b03", "图学分会", "星河大学")
    assert branch.branch_id == branch.id


@pytest.mark.parametrize(("name", "words"), [("青年工作委员会", "已有分支机构叫"), ("  ", "名称不能为空")])
def test_a_branch_has_a_name_of_its_own(session, cast, name, words):
    with pytest.raises(RuleBroken, match=words):
        branching.found_branch(session, cast.society, FoundBranch(BranchKind.WORKING, name, DAY))


def test_the_name_of_an_ended_branch_is_free(session, cast):
    branching.end_branch(session, cast.branch2, DAY, "理事会决议")
    again = FoundBranch(BranchKind.WORKING, "青年工作委员会", DAY)
    assert branching.found_branch(session, cast.society, again).code == "b03"


def test_the_facts_of_a_branch_are_set_right(session, cast, as_it_stands):
    branching.edit_branch(session, cast.branch, replace(as_it_stands, host="燕山计算研究所"))
    assert cast.branch.host == "燕山计算研究所"


@pytest.mark.parametrize(
    ("changes", "words"), [({"name": "青年工作委员会"}, "已有分支机构叫"), ({"name": ""}, "名称不能为空")]
)
def test_an_edit_obeys_the_rules_of_founding(session, cast, as_it_stands, changes, words):
    with pytest.raises(RuleBroken, match=words):
        branching.edit_branch(session, cast.branch, replace(as_it_stands, **changes))


def test_two_editing_at_once_see_both_values(session, cast, as_it_stands):
    branching.edit_branch(session, cast.branch, replace(as_it_stands, host="甲"))
    with pytest.raises(Stale) as stale:
        branching.edit_branch(session, cast.branch, replace(as_it_stands, host="乙"))
    assert stale.value.both == {"host": ("乙", "甲")}
    assert stale.value.version == cast.branch.version


def test_a_branch_that_goes_on_gets_no_end_by_editing(session, cast, as_it_stands):
    branching.edit_branch(session, cast.branch, replace(as_it_stands, ends_on=DAY))
    assert cast.branch.ends_on is None


def test_an_ended_branch_stays_and_its_end_can_be_corrected(session, cast, as_it_stands):
    branching.end_branch(session, cast.branch, date(2026, 5, 1), "理事会决议")
    right = replace(as_it_stands, version=cast.branch.version, ends_on=date(2026, 4, 1), ending_decision="乙")
    branching.edit_branch(session, cast.branch, right)
    assert (cast.branch.ends_on, cast.branch.ending_decision) == (date(2026, 4, 1), "乙")
    with pytest.raises(RuleBroken, match="不能晚于终止日期"):
        branching.edit_branch(
            session, cast.branch, replace(right, version=cast.branch.version, starts_on=DAY)
        )


def test_a_branch_ends_once_and_not_before_it_began(session, cast):
    with pytest.raises(RuleBroken, match="不能早于成立日期 2015-06-01"):
        branching.end_branch(session, cast.branch, date(2015, 5, 31), "")
    with pytest.raises(Stale):
        branching.end_branch(session, cast.branch, DAY, "", version=cast.branch.version + 1)
    branching.end_branch(session, cast.branch, DAY, "")
    with pytest.raises(RuleBroken, match="已于 2026-11-24 终止"):
        branching.end_branch(session, cast.branch, DAY, "")


def test_members_are_counted_on_the_day(session, cast):
    counts = queries.member_counts(session, cast.society.id, DAY)
    assert counts == {cast.branch.id: 1, cast.branch2.id: 1, None: 2}
    assert queries.member_counts(session, cast.society.id, date(2020, 1, 1))[cast.branch.id] == 2
    assert queries.member_count(session, cast.society.id, cast.branch.id, DAY) == 1


def test_a_member_who_moves_is_counted_where_they_went(session, cast):
    member = cast.wang_member
    change(session, member, Change(date(2026, 6, 1), member.category_id, cast.branch2.id))
    assert queries.member_counts(session, cast.society.id, DAY) == {cast.branch2.id: 2, None: 2}
    assert queries.member_counts(session, cast.society.id, date(2026, 5, 31))[cast.branch.id] == 1


def test_a_member_who_left_is_not_counted(session, cast):
    end(session, cast.wang_member, End(date(2026, 6, 1), "resigned"))
    assert cast.branch.id not in queries.member_counts(session, cast.society.id, DAY)
