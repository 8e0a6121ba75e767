"""Identity documents: checked and sealed, shown masked, revealed for a reason that the member reads."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from registry.journal.models import Entry
from registry.people.models import IdentityDocument
from tests.cast import CHEN_PERMIT, WANG_ID

WANG = "/societies/bjcs/members/B00001"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def number(row):
    return f"/societies/bjcs/members/{row.number}"


def test_a_document_is_added_and_shown_masked(staff, cast, session):
    data = {"kind": "passport", "number": "E12345678", "country": "CN", "valid_until": "2030-01-01"}
    assert staff.post(f"{WANG}/documents", data=data).status_code == 303
    text = staff.get(WANG).text
    assert "••••••5678" in text
    assert "E12345678" not in text
    row = session.scalars(select(IdentityDocument).where(IdentityDocument.kind == "passport")).one()
    assert (row.person_id, row.valid_until) == (cast.wang.id, date(2030, 1, 1))


def test_a_wrong_check_character_is_told_at_the_number(staff, cast):
    data = {"kind": "resident_id", "number": "110108198501010010"}
    answer = staff.post_part(f"{number(cast.ouyang_member)}/documents", data)
    assert answer.status_code == 422
    assert 'id="number-error"' in answer.text
    assert "末位校验不符" in answer.text
    assert 'value="110108198501010010"' in answer.text


def test_a_document_agrees_with_what_is_known(staff, cast):
    data = {"kind": "resident_id", "number": WANG_ID}
    answer = staff.post_part(f"{number(cast.chen_member)}/documents", data)
    assert answer.status_code == 422
    assert "不符" in answer.text


def test_the_same_document_belongs_to_one_person(staff, cast, session):
    data = {"kind": "hkmo_permit", "number": f"{CHEN_PERMIT}01"}
    assert "已经登记过" in staff.post_part(f"{number(cast.chen_member)}/documents", data).text
    assert session.scalar(select(func.count()).select_from(IdentityDocument)) == 2


def test_a_passport_is_some_countrys(staff, cast):
    answer = staff.post_part(f"{WANG}/documents", {"kind": "passport", "number": "E12345678"})
    assert answer.status_code == 422
    assert 'id="country-error"' in answer.text


def test_a_number_is_revealed_for_a_reason_and_the_member_reads_it(staff, cast, session, sign_in):
    url = f"{WANG}/documents/{cast.wang_document.id}/reveal"
    assert WANG_ID not in staff.get(url).text
    assert staff.post(url, data={"reason": " "}).status_code == 422
    answer = staff.post_part(url, {"reason": "民政年检核对"})
    assert answer.status_code == 200
    assert WANG_ID in answer.text
    seen = session.scalars(select(Entry).where(Entry.kind == "seen")).one()
    assert (seen.person_id, seen.act.reason) == (cast.wang.id, "民政年检核对")
    assert "民政年检核对" in sign_in("member").get("/me").text


def test_another_persons_document_is_not_found_under_this_address(staff, cast):
    url = f"{WANG}/documents/{cast.chen_document.id}/reveal"
    assert staff.post(url, data={"reason": "试试"}).status_code == 404


@pytest.mark.parametrize("username", ["branch", "auditor", "member", "supervisor"])
def test_others_reveal_nothing(username, sign_in, cast, session):
    url = f"{WANG}/documents/{cast.wang_document.id}/reveal"
    answer = sign_in(username).post(url, data={"reason": "想看"})
    assert answer.status_code == 403
    assert WANG_ID not in answer.text
    assert session.scalar(select(func.count()).where(Entry.kind == "seen")) == 0
