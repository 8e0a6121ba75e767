"""Spells of days, half-open; the values and their SQL say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import Mapped, Session

from registry.core.db import Base, Dated, Numbered
from registry.core.periods import Period

FIRST = date(2024, 2, 27)
DAYS = [FIRST + timedelta(days=n) for n in range(6)]
PERIODS = [Period(a, b) for a in DAYS for b in (*DAYS, None) if b is None or a <= b]
PERIOD = st.sampled_from(PERIODS)


def days(period):
    """The days of a period, one behind the last standing for all that follow."""
    return {day for day in (*DAYS, DAYS[-1] + timedelta(days=1)) if period.holds(day)}


def test_it_holds_on_its_first_day_and_no_longer_on_its_end():
    period = Period(date(2024, 2, 28), date(2024, 3, 1))
    assert [period.holds(day) for day in DAYS] == [False, True, True, False, False, False]


def test_an_open_end_holds_for_ever():
    assert Period(FIRST).holds(date.max)


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(ValueError, match="结束日期不能早于开始日期"):
        Period(date(2024, 3, 1), date(2024, 2, 28))


def test_an_empty_spell_holds_on_no_day():
    assert not Period(FIRST, FIRST).holds(FIRST)


def test_spells_that_touch_do_not_overlap():
    middle = date(2024, 3, 1)
    assert not Period(FIRST, middle).overlaps(Period(middle))


@given(one=PERIOD, other=PERIOD)
def test_overlap_means_a_day_in_both(one, other):
    if days(one) and days(other):
        assert one.overlaps(other) == other.overlaps(one) == bool(days(one) & days(other))


@given(one=PERIOD, other=PERIOD)
def test_within_means_no_day_outside(one, other):
    if days(one):
        assert one.within(other) == (days(one) <= days(other))


@pytest.fixture(scope="module")
def spells():
    """A dated table holding every period of the tests."""

    class Spell(Numbered, Dated, Base):
        __tablename__ = "spell_of_the_tests"
        starts_on: Mapped[date]
        ends_on: Mapped[date | None]

    engine = create_engine("sqlite://")
    table = Spell.__table__
    with Session(engine) as session:
        table.create(session.connection())
        rows = [{"id": n, "starts_on": p.starts_on, "ends_on": p.ends_on} for n, p in enumerate(PERIODS)]
        session.execute(insert(Spell), rows)
        yield Spell, session
    engine.dispose()
    Base.metadata.remove(table)


@pytest.mark.parametrize("day", DAYS)
def test_the_clause_of_a_day_finds_what_the_value_says(spells, day):
    spell, session = spells
    found = set(session.scalars(select(spell.id).where(spell.in_force(day))))
    assert found == {n for n, period in enumerate(PERIODS) if period.holds(day)}


@pytest.mark.parametrize("period", PERIODS)
def test_the_clause_of_overlap_finds_what_the_value_says(spells, period):
    spell, session = spells
    found = set(session.scalars(select(spell.id).where(spell.overlapping(period))))
    assert found == {n for n, other in enumerate(PERIODS) if other.overlaps(period)}


def test_a_row_gives_its_spell_as_a_value(spells):
    spell, session = spells
    assert [row.period for row in session.scalars(select(spell).order_by(spell.id))] == PERIODS
