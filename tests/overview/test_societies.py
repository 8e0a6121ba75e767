"""The list of societies."""

from __future__ import annotations


def test_a_reader_finds_the_societies_within_reach_and_no_others(sign_in, read):
    page = read(sign_in("supervisor").get("/societies/"))
    assert "北京星河计算机学会" in page
    assert "北京长城机械学会" in page
    assert "北京云上统计学会" not in page


def test_members_and_units_in_force_are_counted_for_those_who_see_numbers(sign_in, read):
    page = read(sign_in("admin").get("/societies/"))
    assert "北京星河计算机学会 4 1 第八届 2028-05-01" in page


def test_members_are_counted_on_the_day_looked_at(sign_in, read):
    page = read(sign_in("admin").get("/societies/?on=2011-01-01"))
    assert "北京星河计算机学会 1 0" in page


def test_a_member_sees_the_term_but_no_number_of_members(sign_in, read):
    page = read(sign_in("member").get("/societies/"))
    assert "北京星河计算机学会 第八届 2028-05-01" in page
    assert "单位会员" not in page


def test_a_term_past_its_end_is_marked(sign_in, read):
    page = read(sign_in("admin").get("/societies/?on=2028-05-11"))
    assert "届满 10 天未换届" in page


def test_the_list_asks_few_questions_however_many_societies(sign_in, count_queries):
    admin = sign_in("admin")
    admin.get("/societies/")
    with count_queries() as statements:
        admin.get("/societies/")
    assert len(statements) <= 6
