"""Findings against somebody's integrity: by an authority alone, for a time, lifted and never deleted."""

from __future__ import annotations

from datetime import date

import pytest

from registry.core.errors import RuleBroken
from registry.integrity.queries import weighing
from registry.integrity.services import Find, lift, record
from registry.merging.plan import hold, state
from registry.merging.services import MergeInto, merge
from registry.people.services import enter_person
from tests.databases import TODAY

FOUND = Find(date(2025, 3, 1), "署名不当", "国科金监处〔2025〕3号", date(2028, 3, 1))
PAGE = "/societies/bjcs/members/B00001"


@pytest.fixture
def found(session, cast):
    row = record(session, cast.society.id, cast.wang.id, FOUND, TODAY)
    session.commit()
    return row


@pytest.mark.parametrize(
    ("day", "weighs"),
    [
        (date(2025, 2, 28), False),
        (date(2025, 3, 1), True),
        (date(2028, 2, 29), True),
        (date(2028, 3, 1), False),
    ],
)
def test_it_weighs_from_its_day_to_its_end(session, cast, found, day, weighs):
    assert bool(weighing(session, cast.society.id, [cast.wang.id], day)) is weighs


def test_what_is_lifted_weighs_no_longer_and_stays(session, cast, found):
    lift(session, found, "申诉成立", date(2026, 1, 1))
    session.commit()
    assert found.weighs_on(date(2025, 12, 31))
    assert not found.weighs_on(TODAY)
    with pytest.raises(RuleBroken):
        lift(session, found, "再一次", TODAY)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (Find(date(2025, 3, 1), "署名不当", " "), "source"),
        (Find(date(2027, 3, 1), "署名不当", "某委"), "found_on"),
        (Find(date(2025, 3, 1), "署名不当", "某委", date(2025, 3, 1)), "until"),
    ],
)
def test_a_suspicion_is_no_record(session, cast, command, field):
    with pytest.raises(RuleBroken) as refused:
        record(session, cast.society.id, cast.wang.id, command, TODAY)
    assert refused.value.field == field


def test_it_follows_a_merged_entry(session, cast):
    twin = enter_person(session, cast.society.id, {"name": "王富"})
    record(session, cast.society.id, twin.id, FOUND, TODAY)
    session.commit()
    seen = state(hold(session, cast.wang), hold(session, twin))
    merge(session, cast.wang, twin, MergeInto(frozenset(), "同一人", seen), TODAY)
    session.commit()
    assert cast.wang.id in weighing(session, cast.society.id, [cast.wang.id], TODAY)


def test_the_staff_record_and_lift_it_and_the_member_reads_it(sign_in, session, cast):
    staff, member = sign_in("staff"), sign_in("member")
    typed = {"words": "署名不当", "source": "某委〔2025〕3号", "found_on": "2025-03-01", "until": ""}
    assert "已登记" in staff.post(f"{PAGE}/integrity/new", data=typed, follow_redirects=True).text
    assert "署名不当" in member.get("/me").text
    assert "署名不当" not in sign_in("branch").get(PAGE).text
    typed = {"on": "2026-01-01", "why": "申诉成立"}
    assert "2026-01-01 解除" in staff.post(f"{PAGE}/integrity/1/lift", data=typed, follow_redirects=True).text
