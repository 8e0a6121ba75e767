"""The list of societies."""

from __future__ import annotations

import re


def text_of(answer) -> str:
    """What is read on a page, without marks."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", "", answer.get_data(as_text=True), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_a_reader_finds_the_societies_within_reach_and_no_others(sign_in):
    read = text_of(sign_in("supervisor").get("/societies/"))
    assert "北京星河计算机学会" in read
    assert "北京长城机械学会" in read
    assert "北京云上统计学会" not in read


def test_members_and_units_in_force_are_counted_for_those_who_see_numbers(sign_in):
    read = text_of(sign_in("admin").get("/societies/"))
    assert re.search("北京星河计算机学会 4 1 第八届 2028-05-01", read)


def test_a_member_sees_the_term_but_no_number_of_members(sign_in):
    read = text_of(sign_in("member").get("/societies/"))
    assert "第八届" in read
    assert "会员" not in read.split("所有学会")[-1].split("我的")[0]
    assert not re.search("计算机学会 4", read)


def test_a_term_past_its_end_is_marked(sign_in):
    read = text_of(sign_in("admin").get("/societies/?on=2028-05-11"))
    assert "届满 10 天未换届" in read


def test_the_list_asks_no_more_where_there_are_more_societies(sign_in, count_queries):
    admin = sign_in("admin")
    admin.get("/societies/")
    with count_queries() as statements:
        admin.get("/societies/")
    assert len(statements) <= 6
