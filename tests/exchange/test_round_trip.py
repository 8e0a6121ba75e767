"""An exported file comes back: what it changed, what the register changed meanwhile, and nothing is lost."""

from __future__ import annotations

import io

import openpyxl
import pytest

from registry.exchange import pages
from registry.exports.keys import HEADING
from registry.memberships.queries import spells
from registry.memberships.services import edit_member
from registry.people.services import EditPerson
from tests.exchange.steps import applied, said, uploaded

EXPORT = "/societies/bjcs/members/export.xlsx?columns=all"


class Sheet:
    """An exported workbook in a clerk's hands."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]
        self.headings = [cell.value for cell in self.sheet[1]]

    def row(self, number: str) -> int:
        found = self.headings.index("会员号")
        return next(row[found].row for row in self.sheet.iter_rows(min_row=2) if row[found].value == number)

    def column(self, heading: str) -> int:
        return self.headings.index(heading)

    def write(self, number: str, heading: str, value: str) -> None:
        self.sheet.cell(self.row(number), self.column(heading) + 1).value = value

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


@pytest.fixture
def exported(sign_in):
    return Sheet(sign_in("staff").get(EXPORT).data)


def edited(session, person, **facts):
    edit_member(session, person, EditPerson(facts))
    session.commit()


def states(upload) -> dict[str, int]:
    return {state: many for state, many in upload.counts.items() if many}


def only(session, upload, state):
    (row,) = pages.rows(session, upload, state)
    return row


def test_untouched_it_changes_nothing_whatever_the_register_did(session, cast, exported):
    edited(session, cast.wang, employer="丙单位", name="王福")
    assert states(uploaded(session, cast, exported.saved())) == {"unchanged": 4}


def test_what_was_changed_in_it_is_changed_and_nothing_else(session, cast, exported):
    edited(session, cast.wang, position="院长")
    exported.write("B00001", "工作单位", "甲单位")
    exported.write("B00001", "姓名", "王福")
    upload = uploaded(session, cast, exported.saved())
    assert states(upload) == {"changed": 1, "unchanged": 3}
    assert [change[1:] for change in only(session, upload, "changed").changes] == [
        ["姓名", "王富", "王福"],
        ["工作单位", "北京星河大学", "甲单位"],
    ]
    applied(session, upload)
    session.expire_all()
    assert (cast.wang.name, cast.wang.employer, cast.wang.position) == ("王福", "甲单位", "院长")


def test_what_both_changed_is_asked_for_and_either_word_counts(session, cast, exported):
    edited(session, cast.wang, employer="丙单位")
    exported.write("B00001", "工作单位", "甲单位")
    upload = uploaded(session, cast, exported.saved())
    row, column = only(session, upload, "doubtful"), exported.column("工作单位")
    assert row.problems[0][1] == "导出时是“北京星河大学”，文件里改成“甲单位”，名册后来改成“丙单位”"
    assert row.conflicts == [column]
    said(session, upload, took={str(row.row): {str(column): "register"}})
    assert states(upload) == {"unchanged": 4}
    said(session, upload, took={str(row.row): {str(column): "file"}})
    assert states(upload) == {"changed": 1, "unchanged": 3}
    applied(session, upload)
    session.expire_all()
    assert cast.wang.employer == "甲单位"


def test_what_both_changed_alike_is_no_difference(session, cast, exported):
    edited(session, cast.wang, employer="甲单位")
    exported.write("B00001", "工作单位", "甲单位")
    assert states(uploaded(session, cast, exported.saved())) == {"unchanged": 4}


def test_a_single_difference_may_be_declined(session, cast, exported):
    exported.write("B00001", "工作单位", "甲单位")
    exported.write("B00001", "会员类别", "高级会员")
    upload = uploaded(session, cast, exported.saved())
    row, column = only(session, upload, "changed"), exported.column("会员类别")
    said(session, upload, took={str(row.row): {str(column): "register"}})
    assert only(session, upload, "changed").declined[0][2:] == ["普通会员", "高级会员"]
    applied(session, upload)
    session.expire_all()
    assert cast.wang.employer == "甲单位"
    assert [spell.category.code for spell in spells(session, cast.society.id, cast.wang.id)] == ["ordinary"]


def test_columns_that_were_taken_away_are_not_lost(session, cast, exported):
    edited(session, cast.wang, phone="13800138000")
    exported.write("B00001", "工作单位", "甲单位")
    for heading in ("出生日期", "性别"):
        exported.sheet.delete_cols(exported.headings.index(heading) + 1)
        exported.headings.remove(heading)
    upload = uploaded(session, cast, exported.saved())
    assert states(upload) == {"changed": 1, "unchanged": 3}
    applied(session, upload)
    session.expire_all()
    assert (str(cast.wang.birth), cast.wang.sex, cast.wang.phone) == ("1965-03-08", "M", "13800138000")


def test_rows_may_be_sorted_and_new_ones_added(session, cast, exported):
    sheet = exported.sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    sheet.delete_rows(2, len(rows))
    for row in reversed(rows):
        sheet.append(row)
    sheet.append([{"姓名": "孙志远", "性别": "男"}.get(heading) for heading in exported.headings])
    upload = uploaded(session, cast, exported.saved())
    assert states(upload) == {"new": 1, "unchanged": 4}


def test_without_the_sealed_sheet_it_asks_only_where_the_register_moved(session, cast, exported):
    edited(session, cast.chen, position="院长")
    exported.write("B00001", "工作单位", "甲单位")
    exported.write("B00002", "工作单位", "乙单位")
    del exported.book[HEADING]
    upload = uploaded(session, cast, exported.saved())
    assert only(session, upload, "changed").person_id == cast.wang.id
    assert any(
        "导出以后名册改过" in reason for _at, reason, _kind in only(session, upload, "doubtful").problems
    )


def test_keys_of_others_and_altered_ones_are_refused(session, cast, exported, sign_in):
    other = Sheet(sign_in("staff2").get(EXPORT.replace("bjcs", "bjme")).data)
    key = exported.column(HEADING) + 1
    theirs = other.sheet.cell(2, other.column(HEADING) + 1).value
    exported.sheet.cell(exported.row("B00001"), key).value = theirs
    exported.sheet.cell(exported.row("B00002"), key).value = "1-2-3-4-5-0123456789abcdef01234567"
    upload = uploaded(session, cast, exported.saved())
    reasons = [
        reason for row in pages.rows(session, upload, "refused") for _at, reason, _kind in row.problems
    ]
    assert reasons == [
        "这一行是从另一个学会的名册导出的，不能导入",
        "行键不是这里导出的，或者被改过；把这一格清空，就当作普通的一行判断",
    ]


def test_an_emptied_cell_is_asked_for_and_either_word_counts(session, cast, exported):
    exported.write("B00001", "工作单位", "")
    upload = uploaded(session, cast, exported.saved())
    row, column = only(session, upload, "doubtful"), exported.column("工作单位")
    assert row.problems[0][1] == "文件里清空了这一格，名册里是“北京星河大学”；是清空还是保留，请选定"
    assert row.changes[0][1:] == ["工作单位", "北京星河大学", ""]
    said(session, upload, took={str(row.row): {str(column): "register"}})
    assert states(upload) == {"unchanged": 4}
    said(session, upload, took={str(row.row): {str(column): "file"}})
    assert states(upload) == {"changed": 1, "unchanged": 3}
    applied(session, upload)
    session.expire_all()
    assert cast.wang.employer == ""


def test_one_word_holds_for_every_cell_of_a_column_that_was_emptied(session, cast, exported):
    for number in ("B00001", "B00002"):
        exported.write(number, "出生日期", "")
    upload = uploaded(session, cast, exported.saved())
    column = exported.column("出生日期")
    row = pages.rows(session, upload, "doubtful")[0]
    assert list(pages.common_of(session, upload).emptied) == [[column, 2, ""]]
    said(session, upload, emptied={str(column): "file"}, took={str(row.row): {str(column): "register"}})
    assert states(upload) == {"changed": 1, "unchanged": 3}
    said(session, upload, emptied={str(column): "register"})
    assert states(upload) == {"unchanged": 4}


def test_what_the_register_changed_meanwhile_is_told_of_an_emptied_cell(session, cast, exported):
    edited(session, cast.wang, employer="丙单位")
    exported.write("B00001", "工作单位", "无")
    upload = uploaded(session, cast, exported.saved())
    (problem,) = only(session, upload, "doubtful").problems
    assert problem[1] == "导出时是“北京星河大学”，文件里清空了，名册后来改成“丙单位”"
    column = str(exported.column("工作单位"))
    said(session, upload, emptied={column: "file"})
    assert states(upload) == {"doubtful": 1, "unchanged": 3}
    said(session, upload, took={str(only(session, upload, "doubtful").row): {column: "file"}})
    assert states(upload) == {"changed": 1, "unchanged": 3}


def test_a_name_is_not_erased_nor_what_the_register_has_erased_already(session, cast, exported):
    edited(session, cast.chen, employer="")
    exported.write("B00001", "姓名", "")
    exported.write("B00002", "工作单位", "")
    assert states(uploaded(session, cast, exported.saved())) == {"unchanged": 4}


def test_without_what_the_file_said_an_empty_cell_erases_nothing(session, cast, exported):
    exported.write("B00001", "工作单位", "")
    del exported.book[HEADING]
    assert states(uploaded(session, cast, exported.saved())) == {"unchanged": 4}
