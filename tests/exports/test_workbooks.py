"""A workbook as staff expect it: typed cells, a header in sight, lists to pick from, ready for printing."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.utils.escape import unescape

from registry.core.vault import Vault
from registry.exports.keys import SHEET, RowKey, read_key, unseal
from registry.exports.lines import day_number
from registry.exports.tables import Heading
from tests.exports.conftest import HEADINGS, VAULT

ODD = ["=1+1", "a<b>&c", " 空 ", "两\n行", "_x0041_", "\x07钟", "x|y", "'=1", "长" * 32_767, "𠮷野家"]
WANG = ("007", "王富", "男", "1965-03-08", "61")


def _day(value):
    return value.date() if hasattr(value, "date") else value


def test_numbers_of_people_are_text_full_dates_are_days_and_partial_ones_text(made):
    sheet = made(WANG, ("008", "李白", "", "1970-05", "56–57")).active
    assert [(_day(cell.value), cell.data_type) for cell in sheet[2]] == [
        ("007", "s"), ("王富", "s"), ("男", "s"), (date(1965, 3, 8), "d"), (61, "n"),
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]] == ["008", "李白", None, "1970-05", "56–57"]
    assert sheet["A2"].number_format == "@"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1900-03-01", 61), ("2026-11-24", 46350), ("1900-02-28", None), ("1965", None), ("", None)],
)
def test_days_before_excel_counts_right_stay_text(text, number):
    assert day_number(text) == number


def test_the_header_stays_in_sight_and_filters(made):
    sheet = made(WANG, WANG).active
    assert [cell.value for cell in sheet[1]] == [heading.label for heading in HEADINGS]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:E3")


def test_columns_are_as_wide_as_what_stands_in_them(made):
    sheet = made(("1", "阿" * 15, "男", "", ""), ("2", "阿" * 300, "", "", "")).active
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[1] > widths[0] > 6
    assert widths[1] < 46


def test_choices_are_offered_from_a_hidden_sheet(made):
    book = made(WANG)
    (rule,) = book.active.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref), rule.errorStyle) == ("选项!$A$2:$A$3", "C2:C1048576", "warning")
    assert [cell.value for cell in book["选项"]["A"]] == ["性别", "男", "女"]
    assert book["选项"].sheet_state == "hidden"


def test_it_is_printed_across_with_society_day_and_page(made):
    sheet = made(WANG, society="科学&技术学会").active
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "科学&&技术学会"
    assert (sheet.oddHeader.center.text, sheet.oddHeader.right.text) == ("会员名册", "2026年11月24日")
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


@pytest.mark.parametrize("text", ODD)
def test_any_text_stays_what_it_was(made, text):
    sheet = made((text, "王富", text, "", ""), WANG).active
    assert [unescape(sheet[place].value) for place in ("A2", "C2", "A3")] == [text, text, "007"]
    assert sheet["A2"].data_type == "s"


def test_a_row_is_known_again_and_so_is_what_was_exported(made):
    book = made(WANG, ("008", "李白", "", "", ""), vault=VAULT)
    sheet = book.active
    assert [sheet["F1"].value, sheet.column_dimensions["F"].hidden] == ["行键", True]
    assert read_key(VAULT, sheet["F3"].value) == RowKey(1, 2, 102, 1, 1)
    assert sheet.auto_filter.ref == "A1:F3"
    assert book[SHEET].sheet_state == "veryHidden"
    exported = unseal(VAULT, book[SHEET].iter_rows(values_only=True))
    assert exported.rows == {1: list(WANG), 2: ["008", "李白", "", "", ""]}
    assert exported.origin.columns == ("number", "name", "sex", "birth", "age")


def test_nobody_reads_what_was_exported_without_the_secret(made):
    book = made(WANG, vault=Vault("another secret"))
    with pytest.raises(ValueError, match=SHEET):
        unseal(VAULT, book[SHEET].iter_rows(values_only=True))


def test_an_empty_list_is_a_header(made):
    book = made(headings=(Heading("name", "姓名"),), vault=VAULT)
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [["姓名", "行键"]]
    assert unseal(VAULT, book[SHEET].iter_rows(values_only=True)).rows == {}
