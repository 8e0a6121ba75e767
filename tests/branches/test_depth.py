"""A branch renamed, its members moved on a day, its end with its people provided for; and one that sleeps."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies.founding import AddPost, Establish, OpenTerm, add_post, establish, open_term
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, appoint
from registry.branches import queries
from registry.branches.services import CloseBranch, MoveMembers, close, move_members
from registry.core.errors import RuleBroken, Stale
from registry.memberships.queries import spells
from registry.societies.branching import RenameBranch, rename_branch

DAY = date(2026, 11, 24)
PAGE = "/societies/bjcs/branches/b01"


def renamed(branch, **more):
    facts = {"name": "智能科学专业委员会", "on": date(2025, 1, 1), "decision": "理事会决议", "today": DAY}
    return RenameBranch(**{**facts, **more})


def test_a_name_is_kept_with_its_days(session, cast):
    branch = rename_branch(session, cast.branch, renamed(cast.branch))
    assert branch.name == "智能科学专业委员会"
    assert branch.name_on(date(2024, 12, 31)) == "人工智能专业委员会"
    assert branch.name_on(date(2025, 1, 1)) == "智能科学专业委员会"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": date(2027, 1, 1)}, "on"),
        ({"on": date(2015, 6, 1)}, "on"),
        ({"name": "人工智能专业委员会"}, "name"),
        ({"name": "青年工作委员会"}, "name"),
        ({"name": " "}, "name"),
    ],
)
def test_an_odd_change_of_name_is_refused(session, cast, more, field):
    with pytest.raises(RuleBroken) as broken:
        rename_branch(session, cast.branch, renamed(cast.branch, **more))
    assert broken.value.field == field


def test_a_change_of_name_against_an_older_state_is_stale(session, cast):
    with pytest.raises(Stale):
        rename_branch(session, cast.branch, renamed(cast.branch, version=cast.branch.version - 1))


def test_members_move_on_the_day_and_keep_their_past(session, cast):
    moved = move_members(session, cast.branch, MoveMembers(DAY, cast.branch2.id, "合并"))
    assert moved == 1
    newest, before = spells(session, cast.society.id, cast.wang.id)
    assert (newest.branch_id, newest.starts_on) == (cast.branch2.id, DAY)
    assert (before.branch_id, before.ends_on) == (cast.branch.id, DAY)


def test_members_do_not_move_into_another_society_or_nowhere(session, cast):
    for target in (cast.other_branch.id, cast.branch.id, 999999):
        with pytest.raises(RuleBroken):
            move_members(session, cast.branch, MoveMembers(DAY, target, "合并"))


def test_an_end_provides_for_members_and_committee(session, cast):
    body = establish(
        session, cast.society, Establish(BodyKind.COMMITTEE, "委员会", date(2015, 6, 1), cast.branch.id)
    )
    post = add_post(session, body, AddPost("head", "主任委员", 1, 1, principal=True))
    term = open_term(session, body, OpenTerm(1, date(2023, 1, 1), date(2027, 1, 1)))
    held = appoint(session, cast.society, Appoint(cast.wang.id, post.id, term.id, date(2023, 1, 1)))
    close(session, cast.branch, CloseBranch(DAY, "理事会决议", None))
    assert (cast.branch.ends_on, body.ends_on, term.ends_on, held.ends_on) == (DAY, DAY, DAY, DAY)
    assert spells(session, cast.society.id, cast.wang.id)[0].branch_id is None
    kinds = [event.kind for event in queries.life(session, cast.branch)]
    assert (kinds[0], sorted(kinds[1:3]), kinds[3:]) == ("founded", ["head", "term"], ["ended"])


def test_a_branch_sleeps_after_two_years_of_nothing(session, cast):
    last = queries.last_active(session, cast.society.id, DAY)
    assert cast.branch.id in queries.sleeping([cast.branch], last, DAY)
    assert cast.branch.id not in queries.sleeping([cast.branch], {cast.branch.id: date(2025, 6, 1)}, DAY)


def test_the_page_offers_the_deeds_to_staff_alone(sign_in, cast):
    assert "移交会员" in sign_in("staff").get(PAGE).text
    assert "移交会员" not in sign_in("branch").get(PAGE).text
    for deed in ("rename", "move", "end"):
        assert sign_in("branch").get(f"{PAGE}/{deed}").status_code == 403
        assert sign_in("staff2").get(f"{PAGE}/{deed}").status_code in (403, 404)


def test_a_name_is_changed_on_the_page_and_the_old_one_stands_on_its_day(sign_in, cast):
    staff = sign_in("staff")
    typed = {"name": "智能科学专业委员会", "on": "2025-01-01", "decision": "理事会决议"}
    assert staff.post(f"{PAGE}/rename", data={**typed, "decision": ""}).status_code == 422
    assert staff.post(f"{PAGE}/rename", data=typed).status_code == 303
    assert "<h1>智能科学专业委员会</h1>" in staff.get(PAGE).text
    assert "<h1>人工智能专业委员会</h1>" in staff.get(f"{PAGE}?on=2024-01-01").text


def test_a_move_asks_for_the_place_and_says_how_many(sign_in, cast):
    staff = sign_in("staff")
    assert "有 1 段会籍" in staff.get(f"{PAGE}/move").text
    refused = staff.post(f"{PAGE}/move", data={"on": "2026-11-24", "why": "合并", "to": ""})
    assert refused.status_code == 422
    done = staff.post(f"{PAGE}/move", data={"on": "2026-11-24", "why": "合并", "to": str(cast.branch2.id)})
    assert done.status_code == 303
    assert "B00001" in staff.get("/societies/bjcs/members/?branch=b02").text
