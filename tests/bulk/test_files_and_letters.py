"""The chosen as a file, and their addresses: exactly these, as far as the reader may see, and journalled."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from registry.journal.models import Act
from registry.people.services import EditPerson, edit_person
from tests.bulk.conftest import ROSTER


def rows(answer):
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def last_act(session):
    return session.scalars(select(Act).order_by(Act.id.desc()).limit(1)).one()


def test_the_file_holds_exactly_the_chosen_in_order_of_number(sign_in, session, choose):
    choice = choose("mary", "wang", "li")
    answer = sign_in("staff").get(f"{ROSTER}chosen/{choice.id}/export.csv")
    assert [row[0] for row in rows(answer)] == ["会员号", "B00001", "B00004", "B00005"]
    act = last_act(session)
    assert (act.deed, act.entries[0].after["rows"]) == ("roster:export", 3)


def test_the_file_may_be_a_workbook(sign_in, session, choose):
    answer = sign_in("staff").get(f"{ROSTER}chosen/{choose('mary', 'wang').id}/export.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert [sheet.cell(n, 1).value for n in (2, 3)] == ["B00001", "B00004"]


def test_addresses_leave_as_a_file_and_everybody_can_read_of_it(sign_in, session, cast, choose):
    choice = choose("wang", "chen", "mary")
    page = sign_in("staff").get(f"{ROSTER}chosen/{choice.id}/write").text
    assert "2 人可以寄到" in page
    assert "1 人没有邮箱" in page
    answer = sign_in("staff").post(f"{ROSTER}chosen/{choice.id}/write", data={"kind": "email"})
    assert [row[2] for row in rows(answer)] == ["邮箱", "wang@example.cn", "mary@example.org"]
    act = last_act(session)
    seen = {entry.person_id for entry in act.entries if entry.kind == "seen" and entry.person_id}
    assert (act.deed, seen) == ("roster:write", {cast.wang.id, cast.mary.id})


def test_letters_want_an_address(sign_in, session, cast, choose):
    edit_person(session, cast.wang, EditPerson({"address": "=cmd|1", "postcode": "100080"}), ["B00001"])
    session.commit()
    where = f"{ROSTER}chosen/{choose('wang', 'chen').id}/write"
    answer = sign_in("staff").post(where, data={"kind": "post"})
    assert rows(answer)[1:] == [["B00001", "王富", "'=cmd|1", "100080"]]
    assert sign_in("staff").post(where, data={"kind": "pigeon"}).status_code == 422


@pytest.mark.parametrize("role", ["auditor", "supervisor", "member", "staff2"])
def test_who_may_not_see_addresses_gets_none(sign_in, session, cast, choose, role):
    choice = choose("wang")
    for where in ("write", "export.csv", "files"):
        assert sign_in(role).get(f"{ROSTER}chosen/{choice.id}/{where}").status_code in (
            {403, 404} if role == "staff2" else {403}
        )
    assert sign_in(role).post(f"{ROSTER}chosen/{choice.id}/write", data={"kind": "email"}).status_code in {
        403,
        404,
    }
