"""Text made comparable."""

import pytest

from registry.core.text import (
    fold,
    initials_of,
    is_chinese_name,
    pinyin_of,
    query_terms,
    search_tokens,
    simplify,
    sort_key,
    squeeze_name,
    traditional,
)


def found(query, *texts):
    """As the index answers: every phrase in order, every word by its beginning."""
    words = search_tokens(*texts).split()
    return all(_holds(words, term) for term in query_terms(query))


def _holds(words, term):
    if isinstance(term, str):
        return any(word.startswith(term) for word in words)
    return any(tuple(words[at : at + len(term)]) == term for at in range(len(words)))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＡＢＣ　１２３", "abc 123"),
        ("  Zhang \t San\n", "zhang san"),
        ("张\u200b三\ufeff", "张三"),
        ("张\u00a0三", "张 三"),
        ("（女）", "(女)"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_what_looks_the_same_folds_to_the_same(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王　富", "王富"),
        (" 姓 名 ", "姓名"),
        ("欧 阳 修", "欧阳修"),
        ("John  Smith", "John Smith"),
        ("李 Anna", "李 Anna"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("王富（女）", "王富(女)"),
        ("", ""),
    ],
)
def test_a_name_loses_the_spaces_of_print(typed, kept):
    assert squeeze_name(typed) == kept


def test_scripts_are_converted_both_ways():
    assert simplify("陳龍應") == "陈龙应"
    assert simplify("乾隆") == "乾隆"
    assert traditional("陈龙应") == "陳龍應"


def test_surnames_that_are_not_simplified_stay():
    assert [traditional(name)[0] for name in ("范小明", "于丽", "余云", "叶小松", "钟英")] == list(
        "范于余葉鍾"
    )
    assert traditional("") == ""


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("王小明", "wang xiaoming"),
        ("王　富", "wang fu"),
        ("单晓梅", "shan xiaomei"),
        ("仇英杰", "qiu yingjie"),
        ("曾文", "zeng wen"),
        ("解冰", "xie bing"),
        ("查小雨", "zha xiaoyu"),
        ("区丽", "ou li"),
        ("朴春花", "piao chunhua"),
        ("任远", "ren yuan"),
        ("华北辰", "hua beichen"),
        ("盖宇", "ge yu"),
        ("乐天明", "yue tianming"),
        ("尉迟雪", "yuchi xue"),
        ("万俟松", "moqi song"),
        ("长孙月", "zhangsun yue"),
        ("歐陽雪松", "ouyang xuesong"),
        ("單小梅", "shan xiaomei"),
        ("东方", "dong fang"),
        ("吕绿", "lü lü"),
        ("阿依努尔·买买提", "ayinuer maimaiti"),
        ("王", "wang"),
        ("John Smith", ""),
        ("", ""),
    ],
)
def test_pinyin_reads_surnames_as_surnames(name, latin):
    assert pinyin_of(name) == latin


def test_initials():
    assert [initials_of(name) for name in ("王小明", "单晓梅", "欧阳雪", "Mary Ann", "")] == [
        "wxm", "sxm", "oyx", "ma", "",
    ]  # fmt: skip


def test_names_sort_by_syllable_tone_and_character_with_latin_between():
    first = ["Abel Stone", "陈龙", "李富", "李娜", "梁静", "陆一", "吕一", "栾一"]
    ordered = [*first, "Wang Li", "汪海", "王海", "张英", "章伟"]
    assert [sort_key(name) for name in ordered] == sorted(map(sort_key, ordered))


def test_one_surname_stays_together():
    assert sorted(["章伟", "张英", "张安"], key=sort_key) == ["张安", "张英", "章伟"]


def test_a_short_name_stands_before_a_longer_one():
    assert sort_key("王富") < sort_key("王富明")
    assert sort_key("歐陽雪") == sort_key("歐 陽 雪")


@pytest.mark.parametrize(
    "query",
    [
        "王", "王小", "小明", "王小明", "王　小明", "wang", "wangxiaoming", "wang xiaoming", "Wang Xiao Ming",
        "xiaoming", "wxm", "WXM", "ｗｘｍ", "ming", "物理", "北京 物理", "王小明 北京", "BJ-0007", "bj0007",
        "0007", "6275",
    ],
)  # fmt: skip
def test_a_member_is_found_by(query):
    assert found(query, "王小明", "北京理学大学物理学院", "BJ-0007 bj0007", "010-6275 0000")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("陈龙", "陳龍"),
        ("陳龍", "陈龙"),
        ("乾", "李乾坤"),
        ("干坤", "李乾坤"),
        ("dan", "单晓梅"),
        ("shan", "单晓梅"),
        ("lvmei", "吕梅"),
        ("lümei", "吕梅"),
        ("lyu mei", "吕梅"),
        ("王 富", "王富"),
        ("müller", "Muller"),
        ("Muller", "Müller"),
        ("obrien", "O’Brien"),
        ("O'Brien", "OBrien"),
        ("김", "김철수"),
        ("さくら", "さくら"),
        ("soren", "Søren"),
    ],
)
def test_scripts_readings_and_accents_do_not_matter(query, name):
    assert found(query, name)


@pytest.mark.parametrize("query", ["明小", "王明", "李", "xiaowang", "wxh", "6276"])
def test_a_member_is_not_found_by(query):
    assert not found(query, "王小明", "北京理学大学物理学院", "010-6275 0000")


def test_a_phrase_does_not_run_from_one_text_into_the_next_after_a_name():
    assert not found("明北", "王小明", "北京理学大学物理学院")


def test_the_same_name_in_two_scripts_is_indexed_once():
    assert search_tokens("陈龙", "陈龙", "") == search_tokens("陈龙")


def test_a_query_of_signs_asks_for_nothing():
    assert query_terms(" -*\"'() ") == []
    assert len(query_terms("a b c d e f g h i j k")) == 8


def test_what_counts_as_a_chinese_name():
    names = ("王富", "阿依努尔·买买提", "王", "北京理学大学", "Li", "")
    assert [is_chinese_name(text) for text in names] == [True, True, False, False, False, False]


def test_a_character_nobody_can_read_is_kept():
    assert pinyin_of("王𠮷") == "wang 𠮷"
    assert found("𠮷", "王𠮷")
