"""Addresses that nobody follows from a page answer as such, and never with an error."""

from __future__ import annotations

import pytest

HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        f"/societies/bjcs/bodies/{HUGE}",
        f"/societies/bjcs/imports/{HUGE}",
        f"/societies/bjcs/bodies/1/terms/{HUGE}",
    ],
)
def test_a_row_beyond_all_rows_is_not_found(sign_in, address):
    assert sign_in("admin").get(address).status_code == 404


@pytest.mark.parametrize("number", [HUGE, "-1", "0", "one", ""])
@pytest.mark.parametrize(
    "address",
    [
        "/societies/bjcs/members/?after=",
        "/societies/bjcs/members/?before=",
        "/societies/bjcs/units/?after=",
        "/societies/bjcs/journal/?before=",
        "/societies/bjcs/journal/?act=",
    ],
)
def test_a_cursor_that_is_no_row_is_left_out(sign_in, address, number):
    assert sign_in("admin").get(address + number).status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01", "yesterday"])
@pytest.mark.parametrize("address", ["/societies/bjcs/", "/societies/bjcs/members/", "/supervision/"])
def test_a_day_beyond_the_calendar_is_today(sign_in, address, day):
    page = sign_in("admin").get(f"{address}?on={day}")
    assert page.status_code == 200
    assert "您看到的是" not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("/societies/%00/", 404),
        ("/societies/bjcs/members/B%00", 404),
        ("/societies/bjcs/units/?q=%00", 400),
        ("/societies/bjcs/journal/?actor=a%00", 400),
        ("/palette?in=%00", 400),
    ],
)
def test_a_nul_is_refused_before_a_database_meets_it(sign_in, cast, where, status):
    assert sign_in("staff").get(where).status_code == status


def test_a_nul_in_a_form_is_refused_and_writes_nothing(sign_in, cast):
    answer = sign_in("staff").post("/societies/bjcs/members/B00001/tags/", data={"tag": "a\0b"})
    assert answer.status_code == 400
