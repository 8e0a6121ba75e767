"""Every kind of list as a file: what it says is what the register knows, and what its reader may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from registry.bodies.services import EndTenure, end
from registry.consents.queries import standings
from registry.consents.services import decide
from registry.journal.models import Act, Entry
from registry.memberships.services import edit_member
from registry.people.services import EditPerson
from registry.printing import fonts
from registry.printouts.kinds import KINDS
from registry.printouts.services import lay_out
from tests.printouts.conftest import PRINT

WHOLE = {
    "members": ["王富", "陳大文", "欧阳晓月", "MaryShelton"],
    "council": ["理事长", "欧阳晓月", "王富"],
    "officers": ["欧阳晓月", "理事长"],
    "branches": ["人工智能专业委员会", "青年工作委员会", "2015.06.01"],
    "units": ["北京星河芯片有限公司", "陳大文", "U001"],
}
TITLES = {
    "members": "北京星河计算机学会会员名册",
    "council": "北京星河计算机学会第八届理事会名单",
    "officers": "北京星河计算机学会负责人名册",
    "branches": "北京星河计算机学会分支机构一览表",
    "units": "北京星河计算机学会单位会员名册",
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_list_names_whom_it_should_under_the_societys_name_and_the_day(kind, pdf):
    (page,) = pdf(f"{kind}/file.pdf")
    assert page.startswith("北京星河计算机学会")
    assert "2026年11月24日" in page
    assert TITLES[kind] in page
    assert "1/1" in page
    for word in WHOLE[kind]:
        assert word in page


def test_word_and_pdf_say_the_same(word, pdf):
    rows, paragraphs = word("members/file.docx")
    assert TITLES["members"] in paragraphs
    (page,) = pdf("members/file.pdf")
    assert "".join("".join("".join(row).split()) for row in rows) in page
    assert [row[2] for row in rows] == ["姓名", "王　富", "欧阳晓月", "陳大文", "Mary Shelton"]


def test_the_members_are_those_that_the_roster_was_narrowed_to(pdf):
    (page,) = pdf("members/file.pdf?region=HK")
    assert "陳大文" in page
    assert "王富" not in page
    assert "共1人" in page


def test_a_list_is_of_the_day_that_is_looked_at(pdf):
    (page,) = pdf("members/file.pdf?on=2020-01-01")
    assert "李明远" in page
    assert "MaryShelton" not in page
    assert "2020年1月1日" in page
    assert "各人的单位、职称等为2026年11月24日登记的情况" in page
    assert "登记的情况" not in pdf("members/file.pdf")[0]


def test_a_body_is_printed_as_it_was_on_the_day(session, cast, pdf):
    end(session, cast.director, EndTenure(date(2025, 1, 1), "resigned"))
    session.commit()
    where = f"council/file.pdf?of={cast.council.id}.8"
    assert "王富" not in pdf(where)[0]
    assert "王富" in pdf(f"{where}&on=2024-12-31")[0]
    # A term that has not begun is shown as it will begin.
    assert "2023年5月1日" in pdf(f"{where}&on=2020-01-01")[0]


def test_names_alone_stand_under_their_offices(word):
    rows, paragraphs = word("council/file.docx?style=names")
    assert [cell for row in rows for cell in row if cell] == ["欧阳晓月（女，满族）", "王　富"]
    assert "理事长（1人）" in paragraphs


def test_a_list_by_unit_has_a_line_for_each(word):
    rows, _paragraphs = word("members/file.docx?order=unit")
    assert "北京星河大学（1人）" in {row[0] for row in rows}


def test_a_list_says_whose_place_is_not_certain(session, cast, word):
    edit_member(session, cast.wang, EditPerson({"name": "王㛃"}))
    session.commit()
    _rows, paragraphs = word("members/file.docx?order=surname")
    assert any("“㛃”（王㛃）" in line for line in paragraphs)
    _rows, paragraphs = word("members/file.docx?order=pinyin")
    assert not any("㛃" in line for line in paragraphs)


def test_branch_staff_print_their_own_and_see_no_documents(pdf, sign_in):
    (page,) = pdf("members/file.pdf", "branch")
    assert "王富" in page
    assert "陳大文" not in page
    (page,) = pdf("branches/file.pdf", "branch")
    assert "青年工作委员会" not in page


def test_branch_staff_read_of_others_in_the_council_what_they_may_see(pdf):
    (page,) = pdf("council/file.pdf", "branch")
    assert "欧阳晓月" in page
    assert "满族" not in page
    assert "汉族" in page


def test_who_may_not_export_prints_nothing(sign_in):
    for who in ("auditor", "supervisor", "member"):
        assert sign_in(who).get(f"{PRINT}/members/file.pdf").status_code == 403


@pytest.mark.parametrize(
    ("kind", "deed"),
    [
        ("members", "roster:export"),
        ("council", "body:export"),
        ("officers", "body:export"),
        ("branches", "branch:export"),
        ("units", "unit:export"),
    ],
)
def test_what_is_printed_is_journalled(kind, deed, sign_in, session):
    sign_in("staff").get(f"{PRINT}/{kind}/file.docx?on=2024-01-01")
    act = session.scalars(select(Act).order_by(Act.id.desc()).limit(1)).one()
    assert act.deed == deed
    after = session.scalars(select(Entry.after).where(Entry.act_id == act.id)).one()
    assert after["kind"] == "docx"
    assert "on" in after["filters"]


def test_looking_is_not_journalled(sign_in, session):
    before = session.scalars(select(Act.id).order_by(Act.id.desc()).limit(1)).one()
    client = sign_in("staff")
    assert client.get(f"{PRINT}/members").status_code == 200
    assert client.get(f"{PRINT}/members/page.png").data.startswith(b"\x89PNG")
    assert session.scalars(select(Act.id).order_by(Act.id.desc()).limit(1)).one() == before


def test_a_character_without_a_glyph_is_named_on_the_page(session, cast, sign_in):
    edit_member(session, cast.wang, EditPerson({"name": "王\U000323a0"}))
    session.commit()
    text = sign_in("staff").get(f"{PRINT}/members").text
    assert "U+323A0" in text


def test_without_fonts_the_page_says_what_to_install(monkeypatch, sign_in):
    monkeypatch.setattr(fonts, "lacking", lambda: ["fonts-noto-cjk", "fonts-hanazono"])
    answer = sign_in("staff").get(f"{PRINT}/members")
    assert answer.status_code == 200
    assert "fonts-noto-cjk" in answer.text


def test_a_hostile_name_is_printed_as_it_is(session, cast, pdf):
    name = "#import“x” $y$ *z* @w"
    edit_member(session, cast.mary, EditPerson({"name": name}))
    session.commit()
    (page,) = pdf("members/file.pdf")
    assert "".join(name.split()) in page


def test_the_address_follows_what_is_chosen(sign_in):
    part = sign_in("staff").part(f"{PRINT}/members?region=HK&order=pinyin")
    assert part.headers["HX-Replace-Url"] == f"{PRINT}/members?region=HK&order=pinyin"
    assert "page.png?region=HK&amp;order=pinyin" in part.text


def test_nothing_to_print_is_said(sign_in):
    assert "没有可印的人" in sign_in("staff").get(f"{PRINT}/members?region=MO").text


def test_a_list_with_telephones_says_who_did_not_agree_to_stand_in_a_directory(sign_in, session, cast):
    staff, page, kind = sign_in("staff"), f"{PRINT}/members", KINDS["members"]
    assert "没有同意" not in staff.get(page).text
    lay_out(session, cast.society.id, kind, replace(kind.usual, columns=("name", "phone")), None)
    session.commit()
    assert "其中 4 人没有同意编入会员通讯录" in staff.get(page).text
    asked = standings(session, cast.society.id, [cast.wang.id])[0]
    decide(session, cast.society.id, cast.wang.id, asked, given=True, paper=None, facts=["phone"])
    session.commit()
    assert "其中 3 人没有同意编入会员通讯录" in staff.get(page).text
