"""A society at a glance, for each reader."""

from __future__ import annotations

from datetime import date

import pytest

from registry.journal.services import act
from registry.memberships.models import EndReason
from registry.memberships.services import Change, End, change, end

PAGE = "/societies/bjcs/"


def test_staff_see_how_many_members_there_are(sign_in, read):
    page = read(sign_in("staff").get(PAGE))
    assert "在会会员 4" in page
    assert "单位会员 1" in page
    assert "一年内本人确认 0" in page


def test_figures_follow_the_day(sign_in, read):
    page = read(sign_in("staff").get(PAGE + "?on=2012-06-01"))
    assert "在会会员 2" in page
    assert "今年入会 1" in page


def test_who_left_is_counted_in_the_year_of_leaving(sign_in, read):
    page = read(sign_in("staff").get(PAGE + "?on=2025-12-31"))
    assert "今年离会 1" in page


def test_a_change_of_category_counts_neither_as_joining_nor_as_leaving(session, cast, sign_in, read):
    change(session, cast.ouyang_member, Change(date(2026, 3, 1), cast.category["senior"].id, None))
    page = read(sign_in("staff").get(PAGE))
    assert "今年入会 0" in page
    assert "今年离会 0" in page


def test_branch_staff_count_their_own_branch_alone(sign_in, read):
    page = read(sign_in("branch").get(PAGE))
    assert "在会会员 1" in page
    assert "人数只算您所在分支机构的会员" in page


@pytest.mark.parametrize("username", ["member", "supervisor"])
def test_who_may_see_no_roster_sees_public_facts_and_no_figures(sign_in, read, username):
    page = read(sign_in(username).get(PAGE))
    assert "理事长 欧阳晓月" in page
    assert "人工智能专业委员会" in page
    assert "在会会员" not in page
    assert "没有出生日期" not in page


def test_a_member_is_linked_to_nothing_out_of_reach(sign_in):
    page = sign_in("member").get(PAGE).get_data(as_text=True)
    for place in ("members/", "bodies/", "branches/", "journal/", "imports/"):
        assert f"{PAGE}{place}" not in page


def test_what_is_missing_is_linked_to_the_roster_narrowed_to_it(sign_in, read):
    staff = sign_in("staff")
    page = staff.get(PAGE)
    assert "2 名会员没有登记证件" in read(page)
    assert f"{PAGE}members/?lack=document" in page.get_data(as_text=True)
    roster = read(staff.get(f"{PAGE}members/?lack=document"))
    assert "欧阳晓月" in roster
    assert "王富" not in roster


def test_auditors_are_told_nothing_of_documents(sign_in, read):
    auditor = sign_in("auditor")
    assert "登记证件" not in read(auditor.get(PAGE))
    assert "王富" in read(auditor.get(f"{PAGE}members/?lack=document"))


def test_empty_seats_and_branches_without_head_need_attention(sign_in, read):
    page = read(sign_in("staff").get(PAGE))
    assert "理事会空缺：理事 14 席" in page
    assert "2 个分支机构没有负责人：人工智能专业委员会、青年工作委员会" in page


def test_a_term_overdue_and_those_holding_over_come_first(sign_in, read):
    page = read(sign_in("staff").get(PAGE + "?on=2028-05-31"))
    assert "理事会第八届届满 30 天，尚未换届，2 人超期在任" in page
    assert page.index("尚未换届") < page.index("没有登记证件")


def test_an_extension_moves_the_day_by_which_a_term_must_end(session, cast, sign_in, read):
    with_extension = cast.term
    act(session, "term:open", cast.society.id)
    with_extension.extended_until = date(2029, 5, 1)
    session.flush()
    page = read(sign_in("staff").get(PAGE + "?on=2028-05-31"))
    assert "应于 2029年5月1日 换届" in page
    assert "尚未换届" not in page


def test_an_empty_roster_says_what_to_do_next(session, cast, sign_in, read):
    page = sign_in("admin").get("/societies/bjst/")
    assert "名册还是空的" in read(page)
    assert 'href="/societies/bjst/imports/"' in page.get_data(as_text=True)


def test_a_roster_whose_members_all_left_is_not_called_empty(session, cast, sign_in, read):
    end(session, cast.zhao_member, End(date(2026, 1, 1), EndReason.RESIGNED))
    page = read(sign_in("staff2").get("/societies/bjme/"))
    assert "名册还是空的" not in page
    assert "在会会员 0" in page


def test_another_society_is_refused(sign_in):
    assert sign_in("staff").get("/societies/bjme/").status_code == 403
    assert sign_in("staff").get("/societies/none/").status_code == 404


def test_the_page_asks_as_much_for_many_members_as_for_few(session, cast, sign_in, count_queries):
    staff = sign_in("staff")
    staff.get(PAGE)
    with count_queries() as statements:
        staff.get(PAGE)
    assert len(statements) <= 23


def test_who_holds_over_in_a_term_extended_is_named_as_such(session, cast, sign_in, read):
    act(session, "term:open", cast.society.id)
    cast.term.extended_until = date(2029, 5, 1)
    session.flush()
    assert "理事会：2 人超期在任" in read(sign_in("staff").get(PAGE + "?on=2028-05-31"))
