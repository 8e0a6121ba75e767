"""What the charter says otherwise: set from a day on, changed, corrected and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from registry.composition import queries
from registry.composition.services import SetParameter, set_parameter
from registry.core.errors import RuleBroken, Stale

KEY = "retirement_age.years"
FIRST, SECOND = date(2024, 1, 1), date(2026, 1, 1)


def held(session, cast, day):
    row = queries.charter(session, cast.society.id, day).get(KEY)
    return row and row.value


def test_a_later_charter_ends_what_the_earlier_one_said(session, cast):
    set_parameter(session, cast.society, SetParameter(KEY, "65", "第30条", FIRST))
    session.commit()
    set_parameter(session, cast.society, SetParameter(KEY, "68", "第31条", SECOND))
    session.commit()
    assert [held(session, cast, day) for day in (date(2023, 1, 1), FIRST, SECOND)] == [None, "65", "68"]


def test_on_the_same_day_it_is_corrected(session, cast):
    first = set_parameter(session, cast.society, SetParameter(KEY, "65", "", FIRST))
    again = set_parameter(session, cast.society, SetParameter(KEY, "66", "第30条", FIRST))
    assert first.id == again.id
    assert (again.value, again.article) == ("66", "第30条")


def test_left_empty_the_rule_holds_again(session, cast):
    set_parameter(session, cast.society, SetParameter(KEY, "65", "", FIRST))
    assert set_parameter(session, cast.society, SetParameter(KEY, " ", "", SECOND)) is None
    assert [held(session, cast, day) for day in (FIRST, SECOND)] == ["65", None]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, "七十"),
        (KEY, "-1"),
        ("standing_share.most", "1/0"),
        ("standing_share.most", "3/2"),
        ("standing_share.most", "少数"),
        ("branch_regional.places", "北京"),
        ("nothing.years", "1"),
    ],
)
def test_what_no_rule_can_read_is_refused(session, cast, key, value):
    with pytest.raises(RuleBroken):
        set_parameter(session, cast.society, SetParameter(key, value, "", FIRST))


def test_shares_may_be_written_as_parts_of_a_hundred(session, cast):
    row = set_parameter(session, cast.society, SetParameter("standing_share.most", "25％", "", FIRST))
    assert row.value == "25%"


def test_nothing_begins_before_what_was_told_last(session, cast):
    set_parameter(session, cast.society, SetParameter(KEY, "65", "", SECOND))
    with pytest.raises(RuleBroken, match="2026-01-01"):
        set_parameter(session, cast.society, SetParameter(KEY, "66", "", FIRST))


def test_a_stale_save_is_told(session, cast):
    row = set_parameter(session, cast.society, SetParameter(KEY, "65", "", FIRST))
    with pytest.raises(Stale):
        set_parameter(session, cast.society, SetParameter(KEY, "66", "", FIRST, row.version + 1))
