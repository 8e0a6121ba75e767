"""More rosters as they come, one trouble each; what must be read of them stands in `expected.py`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import xlwt

from tests.exchange.making import csv, resident_id, saved, xlsx

HEAD = ["姓名", "性别", "出生年月", "工作单位"]
SUN, ZHOU = ["孙志远", "男", "1965-03", "燕山大学"], ["周晓梅", "女", "1970-05", "清河医院"]
WU = ["吴天明", "男", "1980", "燕山大学"]


def three_deep() -> bytes:
    """A header of three rows, merged across and down."""
    rows = [
        ["姓名", "证件", "", "联系", "", ""],
        ["", "类型", "号码", "电话", "", "邮箱"],
        ["", "", "", "手机", "办公电话", ""],
        ["孙志远", "身份证", resident_id("19650312"), "13800138000", "010-62751234", "a@b.cn"],
    ]
    areas = ("A1:A3", "B1:C1", "D1:F1", "B2:B3", "C2:C3", "D2:E2", "F2:F3")
    return xlsx(rows, lambda sheet: [sheet.merge_cells(area) for area in areas])


def posts_as_groups() -> bytes:
    """A council list: posts as headings of groups, each with its number of people."""
    rows = [
        ["第三届理事会名单"],
        ["序号", "姓名", "工作单位"],
        ["一、理事长（1人）"],
        [1, "孙志远", "燕山大学"],
        ["二、副理事长（2 人）"],
        [2, "周晓梅", "清河医院"],
        [3, "吴天明", "燕山大学"],
        ["三、本名单经理事会审议通过"],
    ]
    return xlsx(rows, lambda sheet: [sheet.merge_cells(f"A{row}:C{row}") for row in (1, 3, 5, 8)])


def employers_as_groups() -> bytes:
    """Organisations as headings, in a CSV where no merging is left."""
    rows = [
        ["姓名", "性别"],
        ["燕山大学（2人）", ""],
        ["孙志远", "男"],
        ["吴天明", "男"],
        ["小计：2人", ""],
        ["清河医院（1人）", ""],
        ["周晓梅", "女"],
        ["合 计", "3"],
    ]
    return csv(rows, "utf-8")


def nested_groups() -> bytes:
    """Branches, and organisations inside them."""
    rows = [
        ["姓名", "性别"],
        ["一、人工智能专业委员会", ""],
        ["（一）燕山大学", ""],
        ["孙志远", "男"],
        ["（二）清河医院", ""],
        ["周晓梅", "女"],
        ["二、量子计算专业委员会", ""],
        ["吴天明", "男"],
    ]
    return xlsx(rows)


def nameless_merged() -> bytes:
    """Organisations merged down in a column that has no heading."""
    rows = [
        ["", "姓名", "性别"],
        ["燕山大学", *SUN[:2]],
        ["", *WU[:2]],
        ["清河医院", *ZHOU[:2]],
        ["", "郑文", "男"],
    ]
    return xlsx(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A2:A3", "A4:A5")])


def numbered_names() -> bytes:
    """1、孙志远 is a person, not the heading of a group."""
    return "姓名\n1、孙志远\n2、周晓梅\n".encode()


def signed() -> bytes:
    """What stands below a table."""
    rows = [
        HEAD,
        SUN,
        ["共计：1 人"],
        ["其中：女 0 人"],
        ["以上信息真实有效，由本人核对无误，如有变动将在十个工作日内报告秘书处。"],
        ["理事长签字：", "", "2026年 月 日"],
    ]
    return xlsx(rows)


def second_table() -> bytes:
    """Another table below, its columns in another order."""
    rows = [["姓名", "电话"], ["孙志远", "13800138000"], [], ["电话", "姓名"], ["13900139000", "周晓梅"]]
    return xlsx(rows)


def two_halves() -> bytes:
    """The same headings side by side, to save paper."""
    return xlsx([["姓名", "性别", "姓名", "性别"], [*SUN[:2], *ZHOU[:2]]])


def hidden_parts() -> bytes:
    """Hidden rows and a hidden column."""

    def hide(sheet: Any) -> None:
        for row in (2, 3):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["C"].hidden = True

    return xlsx([HEAD, SUN, ZHOU, WU], hide)


def months() -> bytes:
    """What Excel makes of 1965年3月: the first of the month, shown without its day."""

    def show(sheet: Any) -> None:
        for place, code in (("B2", 'yyyy"年"m"月"'), ("B3", "mmm-yy"), ("B4", "yyyy-mm-dd"), ("B5", "yyyy")):
            sheet[place].number_format = code

    days = [date(1965, 3, 1), date(1970, 5, 1), date(1980, 6, 1), date(1990, 1, 1)]
    names = ["孙志远", "周晓梅", "吴天明", "郑文"]
    return xlsx([["姓名", "出生日期"], *map(list, zip(names, days, strict=True))], show)


def old_months() -> bytes:
    """The same in the old binary form."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("会员")
    for column, word in enumerate(["姓名", "出生日期"]):
        sheet.write(0, column, word)
    sheet.write(1, 0, "孙志远")
    sheet.write(1, 1, datetime.fromisoformat("1965-03-01"), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(2, 0, "周晓梅")
    sheet.write(2, 1, datetime.fromisoformat("1970-05-01"), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    return saved(book)


def old_and_hidden() -> bytes:
    """Errors, hidden rows, a hidden column and merged cells of an `.xls`."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("会员")
    rows = [["单位", "姓名", "电话"], ["燕山大学", "孙志远", ""], ["", "周晓梅", "13900139000"]]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if (number, column) != (1, 2) and value:
                sheet.write(number, column, value)
    sheet.merge(1, 2, 0, 0)
    sheet.row(1).set_cell_error(2, 0x2A)
    sheet.row(2).hidden = True
    sheet.col(2).hidden = True
    return saved(book)
