"""Dates known to the year, month or day."""

from datetime import date

import pytest

from registry.core.dates import PartialDate


@pytest.mark.parametrize("text", ["1965", "1965-03", "1965-03-12"])
def test_a_date_reads_back_as_it_was_written(text):
    assert str(PartialDate.parse(text)) == text


def test_unknown_parts_are_none():
    assert PartialDate.parse("1965-03") == PartialDate(1965, 3)
    assert PartialDate.parse("1965-03").day is None


def test_first_and_last_are_the_bounds():
    assert (PartialDate(1964, 2).first, PartialDate(1964, 2).last) == (date(1964, 2, 1), date(1964, 2, 29))
    assert (PartialDate(1965).first, PartialDate(1965).last) == (date(1965, 1, 1), date(1965, 12, 31))
    assert PartialDate.on(date(1965, 3, 12)).first == PartialDate(1965, 3, 12).last == date(1965, 3, 12)


def test_chinese_says_what_is_known():
    assert [PartialDate(*parts).chinese for parts in [(1965,), (1965, 3), (1965, 3, 12)]] == [
        "1965年", "1965年3月", "1965年3月12日",
    ]  # fmt: skip


def test_order_is_the_order_of_the_text():
    dates = [PartialDate(1965, 3), PartialDate(1965), PartialDate(1964, 12, 31), PartialDate(1965, 3, 1)]
    assert [str(day) for day in sorted(dates)] == sorted(str(day) for day in dates)
    assert PartialDate(1965) <= PartialDate(1965, 1) < PartialDate(1966)


def test_dates_agree_to_the_common_precision():
    assert PartialDate(1965).agrees(PartialDate(1965, 3, 12))
    assert PartialDate(1965, 3, 12).agrees(PartialDate(1965, 3))
    assert not PartialDate(1965, 3).agrees(PartialDate(1965, 4, 1))


def test_an_age_is_certain_only_with_the_birthday():
    assert PartialDate(1965, 3, 12).age_on(date(2026, 3, 11)) == (60, 60)
    assert PartialDate(1965, 3, 12).age_on(date(2026, 3, 12)) == (61, 61)
    assert PartialDate(1965, 3).age_on(date(2026, 3, 12)) == (60, 61)
    assert PartialDate(1965).age_on(date(2026, 12, 31)) == (61, 61)


def test_someone_born_on_the_leap_day_ages_on_the_first_of_march():
    assert PartialDate(1964, 2, 29).age_on(date(2025, 2, 28)) == (60, 60)
    assert PartialDate(1964, 2, 29).age_on(date(2025, 3, 1)) == (61, 61)


@pytest.mark.parametrize(
    "text", ["", "65", "1965-3", "1965-13", "1965-02-30", "1965-00", "0000", "昨天", "1965-03-12x"]
)
def test_unclean_text_is_refused(text):
    with pytest.raises(ValueError, match=r"[一-鿿]"):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_refused():
    with pytest.raises(ValueError, match="缺少月份"):
        PartialDate(1965, None, 12)
