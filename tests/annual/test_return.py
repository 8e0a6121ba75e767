"""The people tables of the annual return: filled from the record, equal to an independent count."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from registry.annual.tables import Return
from registry.journal.queries import acts
from registry.meetings.services import Hold, hold
from registry.memberships.models import Membership
from tests.databases import TODAY

ANNUAL = "/societies/bjcs/annual/"


@pytest.fixture
def told(app, session, cast):
    """The tables of a year by their keys, as {first cell: last cell}."""

    def told(year, *, knows=True):
        with app.test_request_context():
            made = Return(session, cast.society, year, TODAY, knows=knows)
            return {
                table.key: {line.cells[0]: line.cells[-1] for line in table.lines} for table in made.tables
            }

    return told


def on(session, cast, day):
    """Who is a member on the day, read row by row."""
    rows = session.scalars(select(Membership).where(Membership.society_id == cast.society.id))
    return [
        row
        for row in rows
        if row.starts_on <= day and (row.ends_on is None or row.ends_on > day) and row.person
    ]


@pytest.mark.parametrize("year", [2017, 2022, 2025, 2026])
def test_the_numbers_are_those_of_an_independent_count(told, session, cast, year):
    people = on(session, cast, min(date(year, 12, 31), TODAY))
    tables = told(year)
    assert int(tables["members"]["个人会员"]) == len(people)
    regions = Counter(row.person.region for row in people)
    assert int(tables["region"]["内地"]) == regions["CN"]
    assert int(tables["region"]["中国香港"]) == regions["HK"]
    assert sum(map(int, tables["sex"].values())) == len(people)
    assert sum(map(int, tables["ages"].values())) == len(people)
    assert sum(map(int, tables["category"].values())) == len(people)


def test_what_changed_in_the_year(told):
    assert told(2025)["moves"] == {"入会": "0", "退会": "1"}
    assert told(2023)["moves"] == {"入会": "1"}


def test_who_is_in_charge_is_named_with_what_is_known(told, session, cast, app):
    with app.test_request_context():
        made = Return(session, cast.society, 2025, TODAY, knows=True)
        line = next(table for table in made.tables if table.key == "principals").lines[0]
    assert line.cells == ("理事长", "欧阳晓月", "女", "1985", "不详", "燕山计算研究所", "2023-05-01", "不详")


def test_bodies_meetings_and_branches(told, session, cast):
    hold(session, cast.society, Hold("八届二次理事会", date(2023, 9, 1), cast.council.id, 2, 2))
    session.commit()
    tables = told(2023)
    assert tables["bodies"] == {"理事会": "1"}
    assert tables["branches"]["人工智能专业委员会"] == "2"


def test_before_a_year_has_begun_there_is_no_return(sign_in):
    assert sign_in("staff").get(f"{ANNUAL}2027").status_code == 404


def test_the_last_whole_year_comes_first_and_numbers_lead_to_the_roster(sign_in):
    client = sign_in("staff")
    assert client.get(ANNUAL).location.endswith("/annual/2025")
    page = client.get(f"{ANNUAL}2025").text
    assert "/societies/bjcs/members/?on=2025-12-31&amp;region=HK" in page
    assert "截至" not in page


def test_a_supervisor_sees_numbers_and_names_but_no_births_and_no_way_to_the_roster(sign_in):
    page = sign_in("supervisor").get(f"{ANNUAL}2025").text
    assert "欧阳晓月" in page
    assert "1985" not in page
    assert "/members/" not in page


def test_the_workbook_has_a_sheet_for_each_table(sign_in, session, cast):
    answer = sign_in("staff").get(f"{ANNUAL}2025.xlsx")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames[0] == "会员与人员"
    assert book["会员与人员"]["B2"].value == 4
    assert acts(session, cast.society.id, limit=1)[0].deed == "annual:export"


def test_the_paper_says_the_same(sign_in):
    answer = sign_in("staff").get(f"{ANNUAL}2025.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    for words in ("2025", "欧阳晓月", "中国香港", "盖章"):
        assert words in text
