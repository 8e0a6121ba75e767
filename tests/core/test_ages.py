"""Bands of age."""

from __future__ import annotations

from datetime import date

import pytest

from registry.core.ages import LABELS, UNKNOWN, age_words, band, counted, dividing_years
from registry.core.dates import PartialDate

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("birth", "label"),
    [
        ("1991-11-24", "35 岁及以下"),
        ("1990-11-25", "35 岁及以下"),
        ("1990-11-24", "36–45 岁"),
        ("1956-11-24", "66–70 岁"),
        ("1955-11-24", "71 岁及以上"),
        ("1985", "36–45 岁"),
        ("1990-10", "36–45 岁"),
        ("1990-12", "35 岁及以下"),
    ],
)
def test_a_birth_lies_in_one_band(birth, label):
    assert band(PartialDate.parse(birth), DAY) == label


@pytest.mark.parametrize("birth", ["1990", "1990-11"])
def test_a_birth_that_may_lie_in_two_bands_is_unknown(birth):
    assert band(PartialDate.parse(birth), DAY) == UNKNOWN


def test_no_birth_is_unknown():
    assert band(None, DAY) == UNKNOWN


def test_every_band_is_named_in_order():
    found = counted([(None, 3), (PartialDate(1985), 2)], DAY)
    assert tuple(found) == LABELS
    assert (found["36–45 岁"], found[UNKNOWN], sum(found.values())) == (2, 3, 5)


def test_of_a_year_that_divides_no_bands_every_day_is_in_one():
    for year in range(1930, 2010):
        if year not in dividing_years(DAY):
            first, last = PartialDate(year, 1, 1), PartialDate(year, 12, 31)
            assert band(first, DAY) == band(last, DAY) == band(PartialDate(year), DAY)


@pytest.mark.parametrize(
    ("birth", "words"),
    [("1985-11-24", "41"), ("1985-11-25", "40"), ("1985", "40–41"), ("2026", "0"), ("2030", "")],
)
def test_an_age_is_told_as_far_as_it_is_known(birth, words):
    assert age_words(PartialDate.parse(birth), DAY) == words


def test_of_an_unknown_birth_no_age_is_told():
    assert age_words(None, DAY) == ""
