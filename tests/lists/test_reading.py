"""Lists as they stand in papers, on pages and in files → entries with the post that they stand under."""

from __future__ import annotations

import pytest

from registry.exchange.reading.files import read_text
from registry.lists.reading import read, read_lines


def lines(*given):
    return [(entry.group, entry.cells["name"]) for entry in read_lines(given).entries]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["理事长：王富"], [("理事长", "王富")]),
        (["一、理事长（1人）", "王　富"], [("理事长", "王富")]),
        (
            ["副理事长（2人，按姓氏笔画为序）：", "王 富　李明远"],
            [("副理事长", "王富"), ("副理事长", "李明远")],
        ),
        (
            ["（二）常务理事", "王富、李明远，陈大文"],
            [("常务理事", name) for name in ("王富", "李明远", "陈大文")],
        ),
        (["理事", "1. 王富 北京星河大学 教授", "2. 李明远"], [("理事", "王富"), ("理事", "李明远")]),
        (["监事：王富（北京星河大学）、李明远（燕山所）"], [("监事", "王富"), ("监事", "李明远")]),
        (["名誉理事长：王富", "秘书长：李明远"], [("名誉理事长", "王富"), ("秘书长", "李明远")]),
        (["阿卜杜拉·买买提 新疆大学 教授"], [("", "阿卜杜拉·买买提")]),
    ],
)
def test_lines_are_read_under_their_headings(given, expected):
    assert lines(*given) == expected


def test_unit_and_title_stand_beside_the_name():
    listed = read_lines(["理事", "王富 北京星河大学 教授 院长", "李明远（燕山计算研究所）"])
    assert [dict(entry.cells) for entry in listed.entries] == [
        {"name": "王富", "employer": "北京星河大学", "title": "教授、院长"},
        {"name": "李明远", "employer": "燕山计算研究所"},
    ]


def test_headings_tell_the_seats_and_what_is_no_name_is_left_out():
    listed = read_lines(
        ["第五届理事会名单", "副理事长（3人）", "王富", "共 1 人", "（以上排名不分先后，敬请谅解）"]
    )
    assert listed.seats == {"副理事长": 3}
    assert [number for number, _text in listed.left_out] == [1, 4, 5]
    assert len(listed.entries) == 1


def test_a_pasted_table_has_columns():
    rows = ["第八届理事会名单\t\t", "姓 名\t单位\t本会职务\t任期", "王　富\t星河\t理事长\t2018.12-2023.12"]
    table = "\n".join([*rows, "合计\t1\t"])
    listed = read(read_text(table), "council")
    assert [dict(entry.cells) for entry in listed.entries] == [
        {"name": "王富", "employer": "星河", "post": "理事长", "spell": "2018.12-2023.12"}
    ]
    assert [entry.number for entry in listed.entries] == [3]


def test_a_table_may_have_headings_of_groups():
    table = "姓名\t单位\n副理事长（2人）\n王富\t星河\n李明远\t燕山\n理事\n陈大文\t维港\n"
    entries = read(read_text(table), "council").entries
    assert [(entry.group, entry.cells["name"]) for entry in entries] == [
        ("副理事长", "王富"),
        ("副理事长", "李明远"),
        ("理事", "陈大文"),
    ]


def test_a_page_of_the_web_is_read_as_its_table():
    page = "<table><tr><th>姓名<th>工作单位<tr><td>王富<td>星河大学<tr><td>李明远<td>燕山</table>"
    assert [entry.cells["name"] for entry in read(read_text(page), "council").entries] == ["王富", "李明远"]


@pytest.mark.parametrize("kind", ["units", "branches"])
def test_units_and_branches_need_a_table(kind):
    assert read(read_text("北京星河芯片有限公司\n北京燕山机床厂"), kind).entries == []
    table = "序号\t名称\t成立时间\t入会时间\n1\t甲\t2019年3月\t2019年3月\n"
    assert [entry.cells["name"] for entry in read(read_text(table), kind).entries] == ["甲"]
