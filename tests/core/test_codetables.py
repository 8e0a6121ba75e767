"""Code tables, read as a person would."""

import pytest

from registry.core.codetables import TABLES, country_of, title_level_of
from registry.core.regions import LABELS, Region


@pytest.mark.parametrize(
    ("table", "size"), [("ethnic", 56), ("political", 13), ("discipline", 62), ("province", 34)]
)
def test_a_national_table_is_complete(table, size):
    assert len(TABLES[table].choices()) == size


@pytest.mark.parametrize("table", TABLES)
def test_every_code_and_every_name_reads_as_its_code(table):
    for code, name in TABLES[table].choices():
        assert TABLES[table].name(code) == name
        assert TABLES[table].read(code) == TABLES[table].read(name) == code
        assert code in TABLES[table]


@pytest.mark.parametrize(
    ("table", "written", "code"),
    [
        ("ethnic", "汉", "01"),
        ("ethnic", "漢族", "01"),
        ("ethnic", "维族", "05"),
        ("ethnic", " 满 族 ", "11"),
        ("political", "党员", "01"),
        ("political", "中共党员（2001年入党）", "01"),
        ("political", "中共预备党员", "02"),
        ("political", "中国民主同盟盟员", "05"),
        ("political", "九三", "10"),
        ("sex", "男 ", "M"),
        ("sex", "Ｍ", "M"),
        ("sex", "1", "M"),
        ("sex", "女", "F"),
        ("sex", "f", "F"),
        ("education", "大本", "20"),
        ("education", "博士研究生", "11"),
        ("education", "研究生/博士", "11"),
        ("education", "大专", "30"),
        ("degree", "研究生/博士", "2"),
        ("degree", "工学硕士", "3"),
        ("degree", "Ph.D.", "2"),
        ("degree", "无", "0"),
        ("title", "教授级高工", "081"),
        ("title", "高级工程师（正高）", "081"),
        ("title", "教授、博导", "011"),
        ("title", "二级教授", "011"),
        ("title", "Professor", "011"),
        ("title_level", "正高级", "senior"),
        ("discipline", "畜牧、兽医科学", "230"),
        ("discipline", "物理", "140"),
        ("province", "北京", "11"),
        ("province", "内蒙古", "15"),
        ("employer_kind", "高校", "university"),
        ("country", "美利坚合众国", "US"),
        ("country", "USA", "US"),
        ("country", "United Kingdom", "GB"),
        ("country", "英國", "GB"),
        ("country", "刚果（金）", "CD"),
        ("region", "臺灣", "TW"),
        ("region", "香港", "HK"),
        ("region", "大陆", "CN"),
    ],
)
def test_what_people_write_is_read(table, written, code):
    assert TABLES[table].read(written) == code


def test_a_title_tells_its_level():
    titles = [
        "教授",
        "副教授、博导",
        "高工",
        "讲师",
        "助教",
        "高级工程师（正高级）",
        "副教授/主任医师",
        "院长",
        "",
    ]
    assert [title_level_of(title) for title in titles] == [
        "senior", "associate", "associate", "intermediate", "junior", "senior", "senior", None, None,
    ]  # fmt: skip


def test_a_level_written_for_a_title_is_that_level():
    written = ["正高", "正高级", "副高级职称", "中级职称", "初级", "高级"]
    assert [title_level_of(title) for title in written] == [
        "senior", "senior", "associate", "intermediate", "junior", None,
    ]  # fmt: skip


def test_every_level_of_a_title_is_in_its_table():
    assert all(title_level_of(name) in TABLES["title_level"] for _, name in TABLES["title"].choices())


def test_the_regions_are_the_same_everywhere():
    assert dict(TABLES["region"].choices()) == LABELS == {region: LABELS[region] for region in Region}


@pytest.mark.parametrize("written", ["香港", "中国香港", "HK", "Macau", "台湾", "臺灣", "TWN", "中華民國"])
def test_a_region_of_china_is_no_nationality(written):
    with pytest.raises(ValueError, match=r"不是国籍，请在“地区”一栏选“中国(香港|澳门|台湾)”"):
        TABLES["country"].read(written)


def test_no_region_and_no_dependent_territory_is_offered_as_a_country():
    codes = {code for code, _ in TABLES["country"].choices()}
    assert not codes & {"HK", "MO", "TW", "GU", "PR", "EU", "ZZ", "XK"}
    assert {"CN", "US", "JP", "PS"} <= codes
    assert TABLES["country"].name("PS") == "巴勒斯坦"


@pytest.mark.parametrize(
    ("table", "written", "words"),
    [
        ("ethnic", "汗族", "民族里没有“汗族”，是不是“汉族”"),
        ("political", "党", "是不是“中共党员”"),
        ("sex", "不详", "性别里没有“不详”"),
        ("education", "本科（在读）", "是不是“大学本科”"),
        ("education", "硕士在读", "学历里没有“硕士在读”"),
        ("title", "教授/主任医师", "里有几个职称：教授、主任医师，请只写一个"),
        ("title", "院长", "职称里没有“院长”"),
        ("country", "火星", "国籍里没有“火星”"),
        ("country", " ", "国籍为空"),
    ],
)
def test_what_is_no_word_of_the_table_is_refused_with_the_nearest(table, written, words):
    with pytest.raises(ValueError, match=words):
        TABLES[table].read(written)


def test_no_code_has_no_name_and_a_lost_code_stands_for_itself():
    assert TABLES["ethnic"].name(None) == ""
    assert TABLES["ethnic"].name("99") == "99"


def test_documents_print_countries_with_three_letters_or_digits():
    assert [country_of(code) for code in ("CAN", "124", "gbr", "HKG", "344", "158", "999")] == [
        "CA", "CA", "GB", None, None, None, None,
    ]  # fmt: skip
