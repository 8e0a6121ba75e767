"""What must be read of each file: people with some of their facts, rows left out, problems, remarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.exchange import files, makes, making, oddities


@dataclass(frozen=True)
class Expected:
    """People with some of their facts, in order; what else is said by row, and by row and heading."""

    build: Callable[[], bytes]
    people: tuple[dict[str, str], ...]
    left_out: dict[int, str] = field(default_factory=dict)
    problems: dict[tuple[int, str], str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def named(*names: str, **facts: str) -> tuple[dict[str, str], ...]:
    return tuple({"name": name, **facts} for name in names)


SUN = {"name": "孙志远", "sex": "M", "birth": "1965-03", "employer": "燕山大学"}
ZHOU = {"name": "周晓梅", "sex": "F", "birth": "1970-05", "employer": "清河医院"}
PLAIN = ({"name": "孙志远", "birth": "1965-03"}, {"name": "周晓梅", "birth": "1970-05"})
CHEN = ({"name": "陳大文", "employer": "香港大學"}, {"name": "李國華", "sex": "F", "birth": "1970-05"})
GB, BIG5 = "文字按 GB18030（简体）读出", "文字按 Big5（繁体）读出"

EXPECTED = {
    # headers
    "a header three rows deep": Expected(
        oddities.three_deep,
        ({"name": "孙志远", "phone": "13800138000，010-62751234", "email": "a@b.cn", "documents": "1"},),
    ),
    "titles, two-row header, total and notes": Expected(
        files.titled,
        (
            {"name": "孙远", "birth": "1965-03", "employer": "燕山大学", "position": "教授", "degree": "2"},
            {"name": "周晓梅", "sex": "F", "phone": "010-62751234转801"},
            {"name": "吴天明", "sex": "M", "birth": "1968-06-11", "phone": "13900139000"},
        ),
        {9: "合计行", 10: "说明文字", 11: "说明文字"},
        {(6, "证件号码"): "身份证号末位校验不符"},
    ),
    "headings spread in a CSV": Expected(
        files.spread_headings,
        ({"name": "阿卜杜拉·买买提"}, {"name": "Mary Ann O’Brien"}, {}),
        problems={(6, "姓 名*"): "移到备注"},
        remarks=(GB,),
    ),
    "a table in the middle of the sheet": Expected(makes.in_the_middle, (SUN, ZHOU)),
    "no headings": Expected(files.headless, PLAIN),
    # groups
    "posts as headings of groups": Expected(
        oddities.posts_as_groups,
        (
            {"name": "孙志远", "分组（一、）": "理事长"},
            {"name": "周晓梅", "分组（一、）": "副理事长"},
            {"name": "吴天明", "分组（一、）": "副理事长"},
        ),
        {3: "分组标题", 5: "分组标题", 8: "说明文字"},
    ),
    "employers as headings of groups": Expected(
        oddities.employers_as_groups,
        (*named("孙志远", "吴天明", employer="燕山大学"), {"name": "周晓梅", "employer": "清河医院"}),
        {2: "分组标题", 5: "合计行", 6: "分组标题", 8: "合计行"},
    ),
    "groups within groups": Expected(
        oddities.nested_groups,
        (
            {"name": "孙志远", "branch": "人工智能专业委员会", "employer": "燕山大学"},
            {"name": "周晓梅", "branch": "人工智能专业委员会", "employer": "清河医院"},
            {"name": "吴天明", "branch": "量子计算专业委员会", "employer": ""},
        ),
        {2: "分组标题", 3: "分组标题", 5: "分组标题", 7: "分组标题"},
    ),
    "employers merged down": Expected(
        files.merged_employers,
        (
            {"name": "孙志远", "title": "教授级高工", "title_level": "senior", "employer": "燕山计算研究所"},
            *named("周晓梅", "吴天明", employer="燕山计算研究所"),
            {"name": "郑文", "employer": "清河医院"},
        ),
    ),
    "employers merged down under no heading": Expected(
        oddities.nameless_merged,
        (*named("孙志远", "吴天明", employer="燕山大学"), *named("周晓梅", "郑文", employer="清河医院")),
    ),
    "names with numbers before them": Expected(oddities.numbered_names, named("孙志远", "周晓梅")),
    # what is no person
    "a header on every page": Expected(
        files.repeated_header,
        named("孙志远", "周晓梅"),
        {2: "分组标题", 4: "合计行", 5: "重复的表头", 7: "合计行"},
    ),
    "counts and signatures below": Expected(
        oddities.signed, (SUN,), {3: "合计行", 4: "说明文字", 5: "说明文字", 6: "说明文字"}
    ),
    "another table below": Expected(
        oddities.second_table, named("孙志远", phone="13800138000"), {4: "另一个表头", 5: "在另一个表头之下"}
    ),
    "two halves side by side": Expected(
        oddities.two_halves, named("孙志远"), remarks=("并排了几组相同的表头",)
    ),
    # what is hidden
    "hidden rows and columns": Expected(
        oddities.hidden_parts,
        (SUN, ZHOU, {"name": "吴天明", "birth": "1980"}),
        remarks=("第 2–3 行在文件里是隐藏的", "列“出生年月”在文件里是隐藏的"),
    ),
    "several sheets, hidden ones too": Expected(
        files.several_sheets,
        (*PLAIN, {"name": "吴天明"}),
        remarks=("第 3 行在文件里是隐藏的",),
    ),
    # values
    "every way to write a date": Expected(
        files.every_date,
        tuple({"birth": day} for day in (*["1965-03"] * 4, *["1965-03-12"] * 2))
        + tuple({"birth": day} for day in ("1965-03-12", "1965-03", "1965"))
        + ({}, {})
        + tuple({"birth": day} for day in ("1965-03", "1965-03-12", "1965-03-12", "1965-03-12"))
        + ({},),
        problems={
            (11, "出生年月"): "年份请写四位",
            (12, "出生年月"): "看不出是哪一天",
            (17, "出生年月"): "可能是 1 月",
        },
    ),
    "months that Excel made days of": Expected(
        oddities.months,
        tuple({"birth": day} for day in ("1965-03", "1970-05", "1980-06-01", "1990")),
    ),
    "months in the old form": Expected(oddities.old_months, ({"birth": "1965-03"}, {"birth": "1970-05-01"})),
    "numbers where texts belong": Expected(
        makes.mere_numbers,
        (
            {"number": "1001", "phone": "13800138000", "birth": "1965-03"},
            {"number": "1002", "phone": "13900139000", "birth": "1968-06-11", "documents": "1"},
        ),
        problems={(2, "身份证号"): "末几位已经丢失"},
    ),
    "numbers that lost digits": Expected(
        files.lost_digits,
        named("孙志远", "周晓梅", "吴天明"),
        problems={(row, "身份证号"): "丢失" for row in (2, 3, 4)},
    ),
    "full width and unseen characters": Expected(
        makes.mixed_text,
        (
            {
                "name": "孙远",
                "phone": "+86 13800138000",
                "number": "B001",
                "title_level": "senior",
                "degree": "2",
            },
            {"name": "周晓梅", "phone": "010-62751234转801", "postcode": "100871", "title_level": "senior"},
        ),
    ),
    "two facts in a column": Expected(
        files.two_in_one,
        (
            {"region": "HK", "email": "a@b.cn", "position": "副校长", "title": "教授"},
            {"nationality": "GB", "documents": "1"},
            {"phone": "13900139000", "position": "总工"},
        ),
    ),
    "documents of every kind": Expected(
        files.documents,
        named("何家豪", "Lee Anna", "林美玲", "马丽莎", "高明", "Kim Jun", "梁伟", "宋歌"),
        problems={
            (5, "地区"): "不符",
            (6, "证件号码"): "看不出是哪种证件",
            (7, "证件号码"): "签发国家",
        },
    ),
    # formulas
    "errors and formulas not worked out": Expected(
        files.errors_and_formulas,
        named("孙志远", "周晓梅"),
        problems={(2, "工作单位"): "错误值", (3, "工作单位"): "还没有算出结果"},
    ),
    "formulas that call out": Expected(
        makes.formulas,
        (*named("孙志远", "周晓梅", "吴天明"), {"name": "郑文", "remark": "资深"}),
        problems={(2, "备注"): "调用别的程序", (3, "备注"): "调用别的程序", (4, "备注"): "错误值"},
    ),
    "formulas typed into a CSV": Expected(
        makes.typed_formulas,
        ({"number": "007"}, {"number": "B2"}, {"remark": "+86 是区号"}),
        problems={(2, "备注"): "是公式而不是值", (3, "备注"): "调用别的程序"},
    ),
    # kinds of file
    "the old binary form": Expected(
        makes.old_binary,
        ({**SUN, "number": "7"}, {"name": "周晓梅", "number": "8", "birth": "1970-05-06"}),
    ),
    "errors and hidden parts of the old form": Expected(
        oddities.old_and_hidden,
        named("孙志远", "周晓梅", employer="燕山大学"),
        problems={(2, "电话"): "错误值"},
        remarks=("第 3 行在文件里是隐藏的", "列“电话”在文件里是隐藏的"),
    ),
    "OpenDocument": Expected(
        makes.open_document,
        (
            {"name": "孙志远", "birth": "1965-03", "employer": "燕山大学"},
            {"name": "周晓梅", "birth": "1970-05-01", "employer": "燕山大学"},
            {"name": "吴天明"},
        ),
        problems={(4, "备注"): "错误值"},
        remarks=("第 4 行在文件里是隐藏的", "列“出生日期”在文件里是隐藏的"),
    ),
    "OpenDocument with cells repeated to the end": Expected(makes.repeated_cells, named("孙志远")),
    "formats to the end of the sheet": Expected(makes.formatted_to_the_end, PLAIN),
    "Word": Expected(
        makes.word,
        (
            {"name": "孙志远", "employer": "燕山大学", "position": "校长"},
            {"name": "吴天明", "employer": "燕山大学"},
            {"name": "周晓梅", "employer": "清河医院"},
        ),
    ),
    "a web page that calls itself xls": Expected(makes.page, named("孙志远", "周晓梅"), remarks=(GB,)),
    "a web page with spanned cells": Expected(
        makes.spanned_page,
        ({"name": "孙志远", "phone": "13800138000", "email": "a@b.cn"}, {"name": "周晓梅"}),
        remarks=("第 4 行在文件里是隐藏的",),
    ),
    # encodings and separators
    "UTF-8": Expected(lambda: making.csv(files.PLAIN, "utf-8"), PLAIN),
    "UTF-8 with its mark": Expected(lambda: making.csv(files.PLAIN, "utf-8-sig"), PLAIN),
    "UTF-16 with tabs": Expected(lambda: making.csv(files.PLAIN, "utf-16", "\t"), PLAIN),
    "UTF-16 little end first, unmarked": Expected(
        makes.latin_names,
        (
            {"name": "Lee Anna", "nationality": "GB", "region": "XX"},
            {"name": "José Núñez", "nationality": "ES"},
        ),
    ),
    "UTF-16 big end first, unmarked": Expected(lambda: making.csv(files.PLAIN, "utf-16-be"), PLAIN),
    "GB18030": Expected(lambda: making.csv(files.PLAIN, "gb18030"), PLAIN, remarks=(GB,)),
    "traditional characters in GB18030": Expected(lambda: makes.traditional("gb18030"), CHEN, remarks=(GB,)),
    "Big5": Expected(lambda: makes.traditional("big5"), CHEN, remarks=(BIG5,)),
    "semicolons": Expected(lambda: making.csv(files.PLAIN, "utf-8", ";"), PLAIN),
    "bars": Expected(lambda: making.csv(files.PLAIN, "utf-8", "|"), PLAIN),
    "a separator that is named": Expected(
        lambda: b"sep=;\r\n" + making.csv(files.PLAIN, "utf-8", ";"), PLAIN
    ),
}
"""By what is wrong with the file."""
