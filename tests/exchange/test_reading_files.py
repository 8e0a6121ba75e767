"""Messy and hostile files, each read right or refused with its reason, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from registry.core.errors import RuleBroken
from registry.exchange.finishing import Outcome, import_file
from registry.exchange.services import Receive
from tests.exchange import files, hostile

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def judged(session, cast, content: bytes, filename: str = "名册.xlsx", *, dry_run: bool = True) -> Outcome:
    return import_file(session, cast.society, Receive(filename, content), TODAY, NOW, dry_run=dry_run)


@dataclass
class Expected:
    """Rows of each state, and a part of the reason at (row, column)."""

    build: Callable[[], bytes]
    new: int = 0
    unchanged: int = 0
    doubtful: int = 0
    refused: int = 0
    filename: str = "名册.xlsx"
    reasons: dict[tuple[int, str], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


READ = {
    "titles, two-row header, total and notes": Expected(
        files.titled,
        new=2,
        refused=1,
        reasons={(6, "证件号码"): "身份证号末位校验不符（应为 "},
        notes=("没有导入的列：序号", "第 9 行没有导入：合计行", "第 10 行没有导入", "第 11 行没有导入"),
    ),
    "headings spread in a CSV": Expected(
        files.spread_headings, new=2, refused=1, filename="名单.csv", reasons={(6, "姓 名*"): "移到备注"}
    ),
    "no headings": Expected(files.headless, new=2),
    "a header on every page": Expected(
        files.repeated_header,
        new=2,
        notes=("重复的表头", "合计行（小计： 1）", "没有导入的列：序号", "共 2 人"),
    ),
    "numbers that lost digits": Expected(
        files.lost_digits,
        refused=3,
        reasons={
            (2, "身份证号"): "末几位已经丢失",
            (3, "身份证号"): "末几位已经丢失",
            (4, "身份证号"): "丢失",
        },
    ),
    "merged-down employers": Expected(files.merged_employers, new=4),
    "several sheets and hidden rows": Expected(
        files.several_sheets, new=3, notes=("工作表“2025年会员”没有导入（1 行）",)
    ),
    "every way to write a date": Expected(
        files.every_date,
        new=13,
        refused=3,
        reasons={
            (11, "出生年月"): "年份请写四位",
            (12, "出生年月"): "看不出是哪一天",
            (17, "出生年月"): "可能是 1 月",
        },
    ),
    "errors and formulas": Expected(
        files.errors_and_formulas,
        refused=2,
        reasons={(2, "工作单位"): "错误值", (3, "工作单位"): "公式还没有算出结果"},
    ),
    "documents of every kind": Expected(
        files.documents,
        new=5,
        refused=3,
        reasons={
            (5, "地区"): "与港澳居民通行证所证明的“中国香港”不符",
            (6, "证件号码"): "看不出是哪种证件",
            (7, "证件号码"): "护照须注明签发国家",
        },
    ),
    "the same person twice": Expected(
        files.twice,
        new=3,
        doubtful=2,
        refused=1,
        reasons={
            (3, "姓名"): "与第 2 行是同一人",
            (4, "身份证号"): "与第 2 行相同，而姓名不同",
            (7, "姓名"): "与第 5 行同名",
        },
    ),
    "categories and branches": Expected(
        files.categories,
        new=3,
        doubtful=1,
        refused=2,
        reasons={
            (5, "会员类别"): "本会没有这个会员类别",
            (6, "所属专委会"): "没有叫这个名称的分支机构",
            (7, "会员类别"): "单位会员",
        },
        notes=("没有导入的列：本会职务",),
    ),
    "GB18030": Expected(lambda: files.csv(files.PLAIN, "gb18030"), new=2, filename="名册.csv"),
    "UTF-8": Expected(lambda: files.csv(files.PLAIN, "utf-8"), new=2, filename="名册.csv"),
    "UTF-8 with its mark": Expected(lambda: files.csv(files.PLAIN, "utf-8-sig"), new=2, filename="a.csv"),
    "UTF-16 with tabs": Expected(lambda: files.csv(files.PLAIN, "utf-16", "\t"), new=2, filename="a.txt"),
    "semicolons": Expected(lambda: files.csv(files.PLAIN, "utf-8", ";"), new=2, filename="a.csv"),
    "the old binary form": Expected(
        lambda: files.xls([*files.PLAIN, ["吴天明", "1", date(1980, 5, 6)]]), new=3, filename="a.xls"
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_messy_file_is_read_as_a_person_would(session, cast, name):
    expected = READ[name]
    outcome = judged(session, cast, expected.build(), expected.filename)
    reasons = {(row["row"], row["column"]): row["reason"] for row in outcome.problems}
    counts = {key: getattr(expected, key) for key in ("new", "unchanged", "doubtful", "refused")}
    assert outcome.counts == {**counts, "changed": 0}, reasons
    for place, words in expected.reasons.items():
        assert words in reasons.get(place, ""), (place, reasons)
    for words in expected.notes:
        assert any(words in note for note in outcome.notes), outcome.notes


REFUSED = {
    "nothing": (lambda: b"", "a.xlsx", "空的"),
    "an empty sheet": (lambda: files.xlsx([]), "a.xlsx", "没有内容"),
    "a web page called xls": (lambda: b"<html><table>", "a.xls", "网页"),
    "an archive": (hostile.archive, "a.xlsx", "压缩包"),
    "a broken workbook": (lambda: files.xlsx(files.PLAIN)[:900], "a.xlsx", "损坏"),
    "a broken binary workbook": (lambda: files.xls(files.PLAIN)[:600], "a.xls", "损坏"),
    "macros": (hostile.macros, "a.xlsm", "宏"),
    "a password": (hostile.locked, "a.xlsx", "密码"),
    "a bomb": (hostile.bomb, "a.xlsx", "太大"),
    "a cell at the far end": (hostile.far_cell, "a.xlsx", "超过"),
    "multiplying entities": (hostile.doctype, "a.xlsx", "损坏"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.csv", "看不出"),
    "an endless cell": (("姓名\n" + "王" * 40_000).encode, "a.csv", "超过"),
    "an open quote": (('姓名\n"' + "王,\n" * 90_000).encode, "a.csv", "引号"),
    "no header": (lambda: b"1,2\n3,4", "a.csv", "没有“姓名”列"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_words(session, cast, name):
    build, filename, words = REFUSED[name]
    with pytest.raises(RuleBroken, match=words):
        judged(session, cast, build(), filename)


def test_the_outcome_has_the_agreed_form(session, cast):
    told = judged(session, cast, files.twice()).as_json()
    assert list(told) == ["rows", "new", "changed", "unchanged", "doubtful", "refused", "problems"]
    assert told["rows"] == 6
    assert [sorted(problem) for problem in told["problems"]] == [["column", "reason", "row"]] * 3
