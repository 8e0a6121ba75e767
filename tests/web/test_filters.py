"""What templates call to write dates, codes, names and addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import url_for

from registry.core.dates import PartialDate
from registry.web import filters


@pytest.mark.parametrize(
    ("value", "number", "words"),
    [
        (date(2026, 11, 4), "2026-11-04", "2026年11月4日"),
        (PartialDate(1965, 3), "1965-03", "1965年3月"),
        (PartialDate(1965), "1965", "1965年"),
        (None, "", ""),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(value, number, words):
    assert filters.day(value) == number
    assert filters.day_zh(value) == words


def test_an_instant_is_told_on_the_clock_in_china():
    assert filters.moment(datetime(2026, 11, 24, 17, 5, tzinfo=UTC)) == "2026-11-25 01:05"


@pytest.mark.parametrize(
    ("name", "printed"), [("王富", "王　富"), ("欧阳晓月", "欧阳晓月"), ("Li", "Li"), ("", "")]
)
def test_a_name_of_two_characters_is_spaced(name, printed):
    assert filters.spaced(name) == printed


def test_a_code_has_a_name_and_none_has_none():
    assert filters.code("HK", "region") == "中国香港"
    assert filters.code(None, "region") == ""


def test_links_keep_the_day_that_is_looked_at(app):
    with app.test_request_context("/?on=2024-01-31"):
        assert filters.link("overview.societies") == "/societies/?on=2024-01-31"
    with app.test_request_context("/"):
        assert filters.link("overview.societies") == "/societies/"
    with app.test_request_context("/?on=yesterday"):
        assert filters.link("overview.societies") == "/societies/"


def test_a_file_is_addressed_with_its_age(app):
    with app.test_request_context("/"):
        assert "?v=" in url_for("static", filename="css/base.css")
        assert url_for("static", filename="nothing.css") == "/static/nothing.css"
