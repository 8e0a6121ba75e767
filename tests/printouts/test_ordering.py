"""The orders of lists, their groups, and what of them is not certain."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from registry.printouts.columns import Beside, Office
from registry.printouts.kinds import KINDS
from registry.printouts.layouts import ORDERS
from registry.printouts.ordering import grouped, only_counted, ordered

DAY = date(2026, 11, 24)


def person(key, name, employer="", number=""):
    return SimpleNamespace(person_id=key, name=name, employer=employer, number=number)


def office(post, rank):
    return Office(post, (0, rank), full_time=None, legal=False, nominated_by="")


PEOPLE = [
    person(1, "王大利", "燕山计算研究所", "B10"),
    person(2, "王富", "", "B2"),
    person(3, "Mary Shelton", "Northfield University", "B1"),
    person(4, "丁一", "北京星河大学", "B3"),
    person(5, "单田", "燕山计算研究所", "B4"),
]
BESIDE = Beside(DAY, {1: [office("理事", 3)], 5: [office("理事长", 0), office("理事", 3)]})


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("surname", "丁一 王富 王大利 单田 Mary Shelton"),
        ("name", "丁一 王大利 王富 单田 Mary Shelton"),
        ("pinyin", "丁一 单田 王大利 王富 Mary Shelton"),
        ("rank", "单田 王大利 丁一 王富 Mary Shelton"),
        ("number", "Mary Shelton 王富 丁一 单田 王大利"),
        ("unit", "丁一 Mary Shelton 王大利 单田 王富"),
    ],
)
def test_each_order_is_that_of_printed_lists(order, names):
    found = ordered(PEOPLE, order, BESIDE)
    # Pinyin of a unit written in letters comes before none in characters.
    if order == "unit":
        assert [row.name for row in found if row.employer.startswith("燕")] == ["王大利", "单田"]
        assert found[-1].name == "王富"
    else:
        assert " ".join(row.name for row in found) == names


def test_units_and_offices_make_groups():
    units = [(word, len(rows)) for word, rows in grouped(ordered(PEOPLE, "unit", BESIDE), "unit", BESIDE)]
    assert ("燕山计算研究所", 2) in units
    assert units[-1] == ("未登记工作单位", 1)
    posts = [word for word, _rows in grouped(ordered(PEOPLE, "rank", BESIDE), "rank", BESIDE)]
    assert posts == ["理事长", "理事", ""]


def test_characters_whose_strokes_are_only_counted_are_named():
    people = [*PEOPLE, person(6, "王㛃")]
    assert only_counted(people, "surname") == {"㛃": "王㛃"}
    assert only_counted(people, "pinyin") == {}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_usual_of_each_kind_can_be_chosen(kind):
    assert set(kind.usual.columns) <= set(kind.columns)
    assert kind.usual.order in kind.orders
    assert set(kind.orders) <= set(ORDERS)
