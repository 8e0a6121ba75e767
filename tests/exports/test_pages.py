"""What is sent: the list that was asked for, with what its reader may see, journalled."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from registry.core.policy import Action
from registry.exports.keys import HEADING, read_key
from registry.journal.models import Act
from registry.people.fields import FIELDS
from registry.people.services import EditPerson, edit_person

EXPORTS = "/societies/bjcs/exports/"
PERSONAL = {spec.label for spec in FIELDS.values() if spec.see in {Action.CONTACT_SEE, Action.WORK_SEE}}


def sheet_of(client, query: str = ""):
    answer = client.get(f"{EXPORTS}members.xlsx?{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.data)).active


def table_of(client, query: str = "", what: str = "members") -> list[list[str]]:
    answer = client.get(f"{EXPORTS}{what}.csv?{query}")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def test_a_file_bears_list_society_and_day(staff):
    answer = staff.get(f"{EXPORTS}branches.xlsx?on=2024-05-01")
    name = "filename*=UTF-8''%E5%88%86%E6%94%AF%E6%9C%BA%E6%9E%84%E4%B8%80%E8%A7%88"
    assert name in answer.headers["Content-Disposition"]
    assert "2024-05-01.xlsx" in answer.headers["Content-Disposition"]


def test_columns_are_those_chosen_in_their_order_and_the_member_first(staff):
    table = table_of(staff, "columns=phone&columns=birth&columns=nonsense&columns=state")
    assert table[0] == ["会员号", "姓名", "电话", "出生日期", "会籍状态"]


def test_rows_are_those_sought_in_the_order_asked(staff):
    assert [row[1] for row in table_of(staff, "state=all&sort=-joined")[1:3]] == ["Mary Shelton", "欧阳晓月"]
    assert [row[1] for row in table_of(staff, "region=HK")[1:]] == ["陳大文"]


def test_excel_can_be_imported_again_and_csv_where_it_is_asked_for(app, staff, cast):
    row = list(sheet_of(staff).iter_rows(values_only=True))[1]
    with app.app_context():
        vault = app.extensions["sqlalchemy"].session.info["vault"]
    key = read_key(vault, row[-1])
    assert (key.spell_id, key.person_id) == (cast.wang_member.id, cast.wang.id)
    assert sheet_of(staff, "keyed=no").cell(1, len(row)).value is None
    assert HEADING not in table_of(staff)[0]
    assert read_key(vault, table_of(staff, "keyed=yes")[1][-1]) == key


def test_a_key_tells_whether_the_register_has_moved(staff, cast, session):
    def key():
        return table_of(staff, "keyed=yes&region=HK")[1][-1].split("-")[:5]

    before = key()
    edit_person(session, cast.chen, EditPerson({"phone": "+852 2000 0000"}), ["B00002"])
    session.commit()
    assert key() == [*before[:4], str(int(before[4]) + 1)]


def test_offices_tell_of_the_day_or_of_all_terms(staff):
    assert [row[2:4] for row in table_of(staff, "", "offices")[1:]] == [
        ["理事长", "欧阳晓月"],
        ["理事", "王富"],
    ]
    assert "离任日期" in table_of(staff, "past=1", "offices")[0]
    assert table_of(staff, "on=2020-01-01", "offices")[1:] == []


def test_past_units_and_branches_are_listed_where_asked(staff):
    assert len(table_of(staff, "past=1&on=2030-01-01", "units")) == 2
    assert "终止日期" in table_of(staff, "past=1", "branches")[0]


def test_branch_staff_see_of_officers_what_they_may_see_of_each(sign_in):
    head, *rows = table_of(sign_in("branch"), "", "offices")
    told = {row[3]: dict(zip(head, row, strict=True)) for row in rows}
    assert {key: told["王富"][key] for key in ("性别", "电话")} == {"性别": "男", "电话": "13800000001"}
    assert {told["欧阳晓月"][key] for key in ("性别", "电话", "工作单位", "出生日期")} == {""}


def test_branch_staff_get_their_own_branch_alone(sign_in):
    branch = sign_in("branch")
    assert [row[0] for row in table_of(branch, "", "branches")[1:]] == ["人工智能专业委员会"]
    assert [row[1] for row in table_of(branch, "columns=all")[1:]] == ["王富"]
    assert "证件号码" not in table_of(branch, "columns=all")[0]
    book = openpyxl.load_workbook(BytesIO(branch.get(f"{EXPORTS}members.xlsx").data))
    assert "青年工作委员会" not in [cell.value for row in book["选项"].iter_rows() for cell in row]


@pytest.mark.parametrize("role", ["auditor", "supervisor", "member", "staff2"])
def test_nobody_else_takes_lists_out(sign_in, role):
    for what in ("members", "units", "branches", "offices"):
        assert sign_in(role).get(f"{EXPORTS}{what}.csv").status_code in {403, 404}


@pytest.mark.parametrize(
    ("what", "deed", "rows"),
    [("members", "roster", 4), ("units", "unit", 1), ("branches", "branch", 2), ("offices", "body", 2)],
)
def test_every_list_that_leaves_is_journalled(staff, session, what, deed, rows):
    staff.get(f"{EXPORTS}{what}.csv")
    act = session.scalars(select(Act).order_by(Act.id.desc()).limit(1)).one()
    assert (act.deed, act.entries[0].after["rows"]) == (f"{deed}:export", rows)


@pytest.mark.parametrize(
    ("region", "word"), [("香港", "中国香港"), ("澳门", "中国澳门"), ("台湾", "中国台湾"), ("内地", "内地")]
)
def test_regions_are_never_worded_wrongly(staff, session, cast, region, word):
    facts = {"region": region, "nationality": "中国"}
    edit_person(session, cast.chen, EditPerson(facts), ["B00002"])
    session.commit()
    for what in ("members", "offices"):
        head, *rows = table_of(staff, "columns=all", what)
        told = [dict(zip(head, row, strict=True)) for row in rows]
        assert all(row["国籍"] in {"", "中国", "英国"} for row in told)
        assert {row["地区"] for row in told if row["姓名"] == "陳大文"} <= {word}
    book = openpyxl.load_workbook(BytesIO(staff.get(f"{EXPORTS}members.xlsx").data))
    offered = {cell.value for row in book["选项"].iter_rows() for cell in row}
    assert offered.isdisjoint({"香港", "澳门", "台湾", "中国（台湾）", "中华民国"})
    assert {"中国香港", "中国澳门", "中国台湾"} <= offered


def test_the_page_offers_every_list_with_its_rows(staff):
    text = staff.get(EXPORTS).text
    for words in ("共 4 人", "1 个单位", "2 个分支机构", "2 项任职", "名册上的"):
        assert words in text


def test_the_page_keeps_what_the_roster_is_narrowed_to(staff):
    text = staff.get(f"{EXPORTS}?region=HK&sort=pinyin&on=2024-05-01").text
    assert '<input type="hidden" name="region" value="HK">' in text
    assert '<input type="hidden" name="on" value="2024-05-01">' in text
    assert '<option value="pinyin" selected>' in text
    assert "共 1 人" in text


@pytest.mark.parametrize(
    ("query", "columns"),
    [("set=screen&columns=phone", 14), ("set=all&columns=phone", 38), ("set=own&columns=phone", 3)],
)
def test_columns_are_those_of_the_screen_all_or_chosen(staff, query, columns):
    assert len(table_of(staff, query)[0]) in {columns, columns - 1}


def test_keys_can_be_left_off_on_the_page(staff):
    assert HEADING in table_of(staff, "keyed=no&keyed=yes")[0]
    assert sheet_of(staff, "keyed=no").cell(1, 14).value != HEADING
