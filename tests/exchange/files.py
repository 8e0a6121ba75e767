"""Rosters as they come: each function builds the bytes of one messy file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.making import PLAIN, csv, resident_id, saved, wrong_last, xls, xlsx

__all__ = ["PLAIN", "csv", "resident_id", "xls", "xlsx"]

_HAN = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")


def titled() -> bytes:
    """Titles, a header of two rows with merged cells, 全角, blank and total rows, notes below."""
    good = resident_id("19650312")
    rows = [
        ["北京星河计算机学会会员名册"],
        ["填表日期：2026年1月"],
        [
            "序号",
            "姓 名",
            "性别",
            "出生年月",
            "政治面貌",
            "学历/学位",
            "工作单位及职务",
            "证件",
            "",
            "联系方式",
            "",
            "备 注",
        ],
        ["", "", "", "", "", "", "", "类型", "号码", "电话", "邮箱", ""],
        [
            1,
            "孙　远",
            "男 ",
            "１９６５．０３",
            "党员",
            "研究生/博士",
            "燕山大学 教授",
            "身份证",
            good,
            "+86 13800138000",
            "S@x.cn",
            "老会员",
        ],
        [
            2,
            "周 晓 梅",
            "2",
            "1970年5月",
            "中共党员",
            "本科",
            "清河医院",
            "身份证",
            wrong_last(resident_id("19700501", "002")),
            "010-62751234转801",
            "",
            "",
        ],
        [],
        [3, "吴天明", "M", 25000, "群众", "", "", "", "", 13900139000.0, "", ""],
        ["", "合计", "3人"],
        ["注：本表由秘书处填写，如有变动请及时告知"],
        ["制表人：刘老师　　审核人：张老师"],
    ]

    def merge(sheet: Worksheet) -> None:
        for area in ("A1:L1", "A2:L2", "H3:I3", "J3:K3", "A10:L10", *(f"{c}3:{c}4" for c in "ABCDEFGL")):
            sheet.merge_cells(area)

    return xlsx(rows, merge)


def spread_headings() -> bytes:
    """A CSV saved from merged headings with line breaks and remarks in them; names of several scripts."""
    return csv(
        [
            ["会员名单", "", "", "", "", ""],
            ["序号", '"姓\n名*"', "证件", "", "联系方式（必填）", ""],
            ["", "", "类型", "号码", "联系电话（手机）", "邮箱"],
            ["1", "阿卜杜拉•买买提", "身份证", resident_id("19650312"), "13800138000/010-62751234", "a@b.cn"],
            ["2", "Mary Ann O’Brien", "永居证", "", "", ""],
            ["3", "王富（已故）", "", "", "", ""],
            ["4", "", "", "", "", ""],
        ],
        "gb18030",
    )


def headless() -> bytes:
    """No headings at all."""
    return xlsx([["孙志远", "男", "1965-03", "13800138000"], ["周晓梅", "女", "1970-05", "13900139000"]])


def repeated_header() -> bytes:
    """Printed pages put together: the header again, a subtotal on each, sections between."""
    head = ["序号", "姓名", "工作单位"]
    rows = [
        head,
        ["一、理事", "", ""],
        [1, "孙志远", "甲"],
        ["", "小计：", 1],
        head,
        [2, "周晓梅", "乙"],
        ["", "", "共 2 人"],
    ]
    return xlsx(rows)


def lost_digits() -> bytes:
    """身份证 numbers that Excel turned into floating numbers."""
    rows = [
        ["姓名", "身份证号"],
        ["孙志远", 110108196503120000],
        ["周晓梅", "1.10108E+17"],
        ["吴天明", "110108197005010000"],
    ]
    return xlsx(rows)


def merged_employers() -> bytes:
    """An organisation written once for three people."""
    rows = [
        ["单位名称", "姓名", "职称"],
        ["燕山计算研究所", "孙志远", "教授级高工"],
        ["", "周晓梅", "副研究员"],
        ["", "吴天明", ""],
        ["清河医院", "郑文", "主任医师"],
    ]
    return xlsx(rows, lambda sheet: sheet.merge_cells("A2:A4"))


def several_sheets() -> bytes:
    """Notes first, then the roster, then a hidden sheet of last year; one row is hidden."""
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请各分会按要求填写"])
    roster = book.create_sheet("2026年会员")
    for row in (*PLAIN, ["吴天明", "男", "1980"]):
        roster.append(row)
    roster.row_dimensions[3].hidden = True
    old = book.create_sheet("2025年会员")
    for row in PLAIN[:2]:
        old.append(row)
    old.sheet_state = "hidden"
    return saved(book)


def two_in_one() -> bytes:
    """Columns that hold two facts, telephones with words, a passport's country from the nationality."""
    head = ["姓名", "国籍（地区）", "联系方式", "职务/职称", "办公电话", "护照号"]
    rows = [
        ["孙志远", "中国香港", "13800138000 a@b.cn", "副校长、教授", "010-62751234 ext. 801", ""],
        ["Lee Anna", "英国", "a@c.org", "研究员", "（办）010-62751234-8，手机：13800138001", "GB1234567"],
        ["吴天明", "", "手机：13900139000（宅）", "教授级高工/总工", "", ""],
    ]
    return xlsx([head, *rows])


def every_date() -> bytes:
    """Each way to write a date; the last ones cannot be read without a guess."""
    texts = ["1965.03", "１９６５．０３", "1965年3月", "196503", "19650312", "23813", "1965/3/12"]
    texts += ["一九六五年三月", "1965", "65.3", "去年"]
    typed: list[Any] = [196503, 23813, date(1965, 3, 12), datetime.fromisoformat("1965-03-12 08:00"), 1965.1]
    rows = [[f"孙{number}号".translate(_HAN), day] for number, day in enumerate([*texts, *typed])]
    return xlsx([["姓名", "出生年月"], *rows])


def errors_and_formulas() -> bytes:
    """Excel's errors, and a formula that nobody worked out."""
    rows = [
        ["姓名", "工作单位", "电话"],
        ["孙志远", "#N/A", "13800138000"],
        ["周晓梅", '=CONCATENATE("清河","医院")', ""],
    ]
    return xlsx(rows)


def documents() -> bytes:
    """Documents of every kind, with and without the column that names it."""
    rows = [
        ["姓名", "地区", "国籍", "证件类型", "证件号码"],
        ["何家豪", "", "", "回乡证", "H87654321"],
        ["Lee Anna", "", "英国", "护照", "GB1234567"],
        ["林美玲", "台湾", "", "台胞证", "12345678"],
        ["马丽莎", "内地", "", "", "H87654320"],
        ["高明", "香港", "", "军官证", "字第001号"],
        ["Kim Jun", "", "", "护照", "M1234567"],
        ["梁伟", "", "", "身份证", "••••••1234"],
        ["宋歌", "", "", "身份证", "110108********1234"],
    ]
    return xlsx(rows)


def twice() -> bytes:
    """The same person twice, one number under two names, homonyms told apart and not."""
    one, two = resident_id("19650312"), resident_id("19700501")
    rows = [
        ["姓名", "身份证号", "出生日期"],
        ["孙志远", one, ""],
        ["孙志远", one, ""],
        ["孙致远", one, ""],
        ["周晓梅", two, ""],
        ["周晓梅", "", "1988-01-01"],
        ["周晓梅", "", ""],
    ]
    return xlsx(rows)


def categories() -> bytes:
    """Categories and branches as rosters call them, and some that the society lacks."""
    rows = [
        ["姓名", "会员类别", "所属专委会", "地区", "本会职务", "入会时间"],
        ["孙志远", "高级", "人工智能专委会", "内地", "理事", "2019.5"],
        ["周晓梅", "个人会员", "", "", "", ""],
        ["Lee Anna", "", "", "外籍", "", "2020年"],
        ["吴天明", "永久会员", "", "", "", ""],
        ["郑文", "普通会员", "量子计算专委会", "", "", ""],
        ["冯远", "单位会员", "", "", "", ""],
    ]
    return xlsx(rows)
