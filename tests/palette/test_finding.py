"""The palette: what it finds, in which groups, for whom."""

from __future__ import annotations

import re

import pytest

from registry.memberships.services import Admit, admit
from registry.palette.matching import found
from registry.people.services import enter_person
from registry.societies.branching import RenameBranch, rename_branch
from tests.databases import TODAY

PALETTE = "/palette?in=bjcs&q="


def labels(client, words, **more):
    """What is found, by the title of its group."""
    text = client.part(f"{PALETTE}{words}", **more).text
    sections = re.findall(r"<h2[^>]*>(.*?)</h2>(.*?)</section>", text, re.DOTALL)
    return {title: re.findall(r'palette-label">(.*?)</span>', rows) for title, rows in sections}


@pytest.mark.parametrize("words", ["王富", "wangfu", "wf", "B00001", "13800000001", "星河大学"])
def test_a_member_is_found_by_name_pinyin_initials_number_telephone_and_employer(sign_in, words):
    assert labels(sign_in("staff"), words)["会员"][0] == "王富"


def test_who_has_left_is_found_and_said_to_have_left(sign_in):
    text = sign_in("staff").part(f"{PALETTE}李明远").text
    assert "李明远" in text
    assert "退会" in text


@pytest.mark.parametrize("words", ["人工智能", "rengong", "rgzn", "智能专委"])
def test_a_branch_is_found_by_name_pinyin_initials_or_its_short_form(sign_in, words):
    assert labels(sign_in("staff"), words)["分支机构"] == ["人工智能专业委员会"]


def test_a_body_is_found_with_its_terms(sign_in):
    assert labels(sign_in("staff"), "理事会")["机构与届次"] == ["理事会", "理事会第八届"]
    assert labels(sign_in("staff"), "第八届")["机构与届次"] == ["理事会第八届"]


@pytest.mark.parametrize("words", ["lishihui", "lsh", "LSH", "li shi hui"])
def test_a_body_is_found_by_pinyin_and_initials(sign_in, words):
    assert labels(sign_in("staff"), words)["机构与届次"] == ["理事会", "理事会第八届"]


@pytest.mark.parametrize("words", ["人工智能", "rengong", "rgzn", "zhineng"])
def test_a_branch_is_found_by_a_name_that_it_bore(sign_in, session, cast, words):
    rename_branch(session, cast.branch, RenameBranch("群体计算专业委员会", TODAY, "", TODAY))
    session.commit()
    text = sign_in("staff").part(f"{PALETTE}{words}").text
    assert text.count("群体计算专业委员会") == 1
    assert "曾称“人工智能专业委员会”" in text


@pytest.mark.parametrize("words", ["新增会员", "xzhy", "登记新会员"])
def test_a_deed_is_found_by_what_people_call_it(sign_in, words):
    assert "登记新会员" in labels(sign_in("staff"), words)["操作"]


def test_pages_and_deeds_are_those_of_the_reader(sign_in):
    staff, auditor = labels(sign_in("staff"), ""), labels(sign_in("auditor"), "")
    assert "导入" in staff["页面"]
    assert "登记新会员" in staff["操作"]
    assert "导入" not in auditor["页面"]
    assert "登记新会员" not in auditor.get("操作", [])
    assert labels(sign_in("staff"), "mrcy") == {}
    assert labels(sign_in("staff"), "djxhy")["操作"] == ["登记新会员"]


def test_an_auditor_finds_nobody_by_telephone(sign_in):
    assert labels(sign_in("auditor"), "13800000001") == {}


def test_branch_staff_find_their_own_people_and_branch(sign_in):
    branch = sign_in("branch")
    assert labels(branch, "王富")["会员"] == ["王富"]
    assert labels(branch, "陳大文") == {}
    assert "分支机构" not in labels(branch, "青年")


def test_a_member_finds_pages_and_nobody(sign_in):
    found_ = labels(sign_in("member"), "陳")
    assert "会员" not in found_
    assert "我的会籍" in labels(sign_in("member"), "")["页面"]


def test_other_societies_come_after_the_own(sign_in):
    everything = labels(sign_in("admin"), "赵敏行")
    assert everything == {"其他学会的会员": ["赵敏行"]}
    assert labels(sign_in("admin"), "机床")["其他学会"] == ["机床分会"]
    assert labels(sign_in("admin"), "jichuang")["其他学会"] == ["机床分会"]
    assert "北京长城机械学会" in labels(sign_in("admin"), "机械")["其他学会"]
    assert labels(sign_in("staff"), "赵敏行") == {}


def test_a_telephone_of_another_society_is_not_looked_for(sign_in):
    assert labels(sign_in("admin"), "13900000009") == {}


def test_a_supervisor_finds_bodies_and_nobody_in_the_rosters(sign_in):
    assert "会员" not in labels(sign_in("supervisor"), "王富")
    assert labels(sign_in("supervisor"), "理事会")["机构与届次"][0] == "理事会"


def test_what_is_found_keeps_the_day(sign_in):
    text = sign_in("staff").part(f"{PALETTE}王富&on=2020-01-01").text
    assert "/members/B00001?on=2020-01-01" in text


def test_a_society_that_one_does_not_reach_is_none(sign_in):
    answer = sign_in("staff").get("/palette?in=bjme&q=赵")
    assert answer.status_code == 200
    assert "赵敏行" not in answer.text


def test_more_than_a_handful_leads_to_the_roster(sign_in, session, cast):
    for n in range(12):
        person = enter_person(session, cast.society.id, {"name": f"林小{chr(0x4E00 + n)}", "region": "CN"})
        admit(session, cast.society, person, Admit(cast.category["ordinary"].id, cast.wang_member.starts_on))
    session.commit()
    people = labels(sign_in("staff"), "林小")["会员"]
    assert len(people) == 9
    assert people[-1] == "在名册中查看全部“林小”"


@pytest.mark.parametrize("words", ["%", "_", '"', "'", "社1", "NOT", "a" * 300, "王 OR 李", "\\"])
def test_odd_words_find_nothing_and_break_nothing(sign_in, words):
    for role in ("admin", "staff", "member"):
        assert sign_in(role).get("/palette", query_string={"q": words, "in": "bjcs"}).status_code == 200


def test_the_page_stands_by_itself(sign_in):
    text = sign_in("staff").get(f"{PALETTE}王富").text
    assert 'value="王富"' in text
    assert "/societies/bjcs/members/B00001" in text
    assert '<dialog class="palette"' not in text


def test_names_that_begin_so_stand_first():
    names = ["青年理事会", "理事会", "监事会"]
    assert among(names, "理事") == ["理事会", "青年理事会"]
    assert among(names, "jsh") == ["监事会"]
    assert among(names, "lishi") == among(names, "lsh") == ["理事会", "青年理事会"]
    assert among(names, "s") == []
    assert among(names, "", 2) == names[:2]


def among(names, words, limit=8):
    return found(names, words, lambda name: (name,), limit)
