"""How lists on paper say what the register knows."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from registry.people.facts import read_facts
from registry.people.fields import FIELDS
from registry.printouts.columns import PEOPLE, Beside, Office, annotation

DAY = date(2026, 11, 24)


def row(**typed):
    return SimpleNamespace(person_id=1, **{**dict.fromkeys(FIELDS, None), **read_facts(typed).values})


def said(key, beside=None, **typed):
    return PEOPLE[key].text(row(**{"employer": "", "position": "", **typed}), beside or Beside(DAY))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ({"region": "香港"}, "中国香港"),
        ({"region": "澳门"}, "中国澳门"),
        ({"region": "台湾"}, "中国台湾"),
        ({"region": "香港", "nationality": "英国"}, "中国香港"),
        ({"region": "外籍", "nationality": "英国"}, "外籍（英国）"),
        ({"region": "外籍"}, "外籍"),
        ({"region": "内地", "nationality": "中国"}, "内地"),
        ({}, ""),
    ],
)
def test_regions_are_worded_as_they_must(typed, printed):
    assert said("region", **typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"), [("1965-03-08", "1965.03"), ("1972-10", "1972.10"), ("1985", "1985"), ("", "")]
)
def test_a_birth_is_said_to_the_month(typed, printed):
    assert said("birth", birth=typed) == printed


def test_two_characters_stand_apart():
    assert [said("name", name=name) for name in ("王富", "欧阳晓月", "Mary Shelton")] == [
        "王　富",
        "欧阳晓月",
        "Mary Shelton",
    ]


def test_unit_and_position_are_one_column():
    assert said("work", employer="燕山计算研究所", position="副所长") == "燕山计算研究所副所长"
    assert said("work", employer="燕山计算研究所", position="燕山计算研究所副所长") == "燕山计算研究所副所长"
    assert said("work", employer="Rideau Polytechnic", position="系主任") == "Rideau Polytechnic 系主任"
    assert said("work", position="退休") == "退休"


def test_what_is_not_known_of_an_office_stays_empty():
    def held(*full_time):
        offices = [Office("理事", (0, 1), value, legal=False, nominated_by="") for value in full_time]
        return Beside(DAY, {1: offices}, {1: None})

    assert [said("full_time", held(*values)) for values in ((None,), (False, None), (False, True))] == [
        "",
        "否",
        "是",
    ]
    assert said("again", held(None)) == ""


def test_lists_of_names_tell_women_and_peoples():
    woman, man = row(sex="女", ethnic="满族"), row(sex="男", ethnic="汉族")
    assert annotation(woman, sex=True, ethnic=True) == "（女，满族）"
    assert annotation(woman, sex=True, ethnic=False) == "（女）"
    assert annotation(woman, sex=False, ethnic=False) == ""
    assert annotation(man, sex=True, ethnic=True) == ""
