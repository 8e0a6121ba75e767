"""Orders by stroke: the two rules, their ties on every level, and what is only partly known."""

from __future__ import annotations

import random

import pytest

from registry.core.strokes import by_name, by_surname, count_of, explain, strokes_of


def ordered(names, rule):
    shuffled = random.Random(7).sample(names, len(names))
    return sorted(shuffled, key=lambda name: rule(name).text)


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["丁一", "王一", "张一"], "fewer strokes first: 2, 4, 7"),
        (["于一", "万一", "上一"], "equal counts: 横横竖 before 横折撇 before 竖横横"),
        (["王富", "王大利"], "a given name of one character counts as blank first"),
        (["王丁", "王富", "王一鸣", "王大利"], "among those of one character by strokes, then the others"),
        (["欧阳修", "欧阳晓月"], "a compound surname, too"),
        (["王大力", "王大利"], "the same again for the next character: 力 2, 利 7"),
        (["王明明", "王明亮"], "and by the strokes of the second: 明 8, 亮 9"),
        (["陈伟", "陳偉"], "simplified 7 strokes, traditional 11: each as it is written"),
        (["王伟", "阿卜杜拉·买买提", "Anna Weber", "Zoe Adams"], "Latin names after, by letter"),
    ],
)
def test_by_surname(names, why):
    assert ordered(names, by_surname) == names, why


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["王大利", "王富"], "the characters are compared in turn: 大 3, 富 12"),
        (["王一鸣", "王丁", "王大利", "王富"], "whatever the length of the name"),
        (["欧阳修", "欧阳晓月"], "修 9, 晓 10"),
    ],
)
def test_by_name(names, why):
    assert ordered(names, by_name) == names, why


def test_people_of_one_surname_stand_together():
    names = ordered(["田安", "由大", "田一", "由一", "田大", "申一", "甲一"], by_surname)
    surnames = [name[0] for name in names]
    assert surnames == sorted(surnames, key=surnames.index)


@pytest.mark.parametrize(
    ("character", "strokes"),
    [
        ("十", "12"),
        ("王", "1121"),
        ("永", "45534"),
        ("小", "234"),
        ("地", "121525"),
        ("龍", "4143125111515111"),
    ],
)
def test_strokes_are_known(character, strokes):
    assert strokes_of(character) == strokes
    assert count_of(character) == len(strokes)


def test_a_rare_character_goes_by_its_count_and_says_so():
    assert strokes_of("琤") == ""
    assert count_of("琤") == 10
    assert by_surname("王琤").partial == "琤"
    assert by_surname("王富").partial == ""
    assert ordered(["王一", "王琤", "王鑫"], by_name) == ["王一", "王琤", "王鑫"]


def test_a_key_is_explained():
    assert explain("王琤") == "王 4画（1121） 琤 10画（笔顺不详）"


def test_spaces_within_a_name_do_not_count():
    assert by_name("王　富") == by_name("王富")
