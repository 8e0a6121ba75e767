"""The journal as its readers see it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import text

from registry.bodies.services import Appoint, EndTenure, appoint, end
from registry.journal.chain import entry
from registry.journal.services import act, record
from registry.people.services import EditPerson, edit_person, reveal

PAGE = "/societies/bjcs/journal/"


@pytest.fixture
def edited(session, cast):
    """Wang moved and has another telephone."""
    facts = {"employer": "北京长风大学", "phone": "13911112222"}
    edit_person(session, cast.wang, EditPerson(facts, reason="本人来函"), ["B00001"])
    session.commit()


def test_a_change_is_told_with_who_why_before_and_after(edited, sign_in, read):
    page = read(sign_in("staff").get(PAGE))
    assert "修改人员资料" in page
    assert "事由：本人来函" in page
    assert re.search("工作单位 北京星河大学 → 改为 北京长风大学", page)
    assert re.search("电话 13800000001 → 改为 13911112222", page)


def test_it_is_said_whom_a_change_is_about(edited, sign_in):
    page = sign_in("staff").get(PAGE).get_data(as_text=True)
    assert '<a href="/societies/bjcs/members/B00001">王富</a>' in page


def test_what_an_auditor_may_not_see_elsewhere_is_not_seen_here(edited, sign_in, read):
    page = read(sign_in("auditor").get(PAGE))
    assert "北京长风大学" in page
    assert "13911112222" not in page
    assert "13800000001" not in page
    assert "电话 〔无权查看〕" in page


def test_documents_are_never_told_in_clear(sign_in, read):
    staff = read(sign_in("staff").get(PAGE + "?group=document"))
    assert "证件号码 ••••••" in staff
    assert "110108196503080014" not in staff
    auditor = read(sign_in("auditor").get(PAGE + "?group=document"))
    assert "0014" not in auditor
    assert "居民身份证" not in auditor


def test_a_look_at_a_document_is_told_with_its_reason(session, cast, sign_in, read):
    reveal(session, cast.wang_document, "核对换届材料")
    page = read(sign_in("auditor").get(PAGE))
    assert "查看证件号码" in page
    assert "事由：核对换届材料" in page


def test_codes_and_rows_are_told_by_name(sign_in, read):
    page = read(sign_in("staff").get(PAGE + "?group=person"))
    assert "类别 外籍会员" in page
    assert "分支机构 青年工作委员会" in page


def test_offices_are_told_by_post_and_term(session, cast, sign_in, read):
    end(session, cast.chair, EndTenure(date(2026, 6, 1), "resigned"))
    end(session, cast.director, EndTenure(date(2026, 6, 1), "resigned"))
    appoint(
        session, cast.society, Appoint(cast.wang.id, cast.director_post.id, cast.term.id, date(2026, 7, 1))
    )
    page = read(sign_in("staff").get(PAGE + "?group=body"))
    assert "职务 理事" in page
    assert "届次 第八届" in page
    assert "离任原因 （空） → 改为 辞职" in page


def test_moments_are_those_of_the_clock_in_china(session, sign_in, read):
    session.execute(text("UPDATE act SET at = '2026-11-23 18:30:00'"))
    page = read(sign_in("staff").get(PAGE))
    assert "2026-11-24 02:30" in page


def test_the_newest_comes_first_and_older_pages_follow_without_gap(session, cast, sign_in):
    for n in range(60):
        edit_person(session, cast.wang, EditPerson({"position": f"职务 {n}"}), ["B00001"])
        session.commit()
    staff = sign_in("staff")
    seen: list[int] = []
    address = PAGE
    while address:
        page = staff.get(address).get_data(as_text=True)
        seen += [int(key) for key in re.findall(r'id="act-(\d+)"', page)]
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older and older.group(1).replace("&amp;", "&")
    assert len(seen) > 60
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("group=branch", "设立分支机构", "入会"),
        ("member=B00001", "王富", "欧阳晓月"),
        ("member=none", "没有这样的记录", "王富"),
        ("group=unheard-of", "设立分支机构", "没有这样的记录"),
        ("actor=nobody", "没有这样的记录", "设立分支机构"),
    ],
)
def test_the_journal_is_narrowed(sign_in, read, query, shown, hidden):
    lines = read(sign_in("staff").get(f"{PAGE}?{query}")).split("核对全部日志")[-1]
    assert shown in lines
    assert hidden not in lines


def test_an_act_of_many_changes_is_shown_in_part_and_whole_on_its_own_page(session, cast, sign_in):
    act(session, "import:apply", cast.society.id)
    record(session, [entry("person", n, None, "new", {}, {"name": f"某人{n}"}) for n in range(250)])
    session.commit()
    staff = sign_in("staff")
    page = staff.get(PAGE).get_data(as_text=True)
    assert "某人4" in page
    assert "某人5<" not in page
    whole = re.search(r'href="([^"]+act=\d+)"', page).group(1)
    first = staff.get(whole).get_data(as_text=True)
    assert first.count("某人") == 200
    rest = re.search(r'href="([^"]+after=\d+)"', first).group(1).replace("&amp;", "&")
    assert staff.get(rest).get_data(as_text=True).count("某人") == 50


def test_the_chain_is_checked_on_request(edited, sign_in, read):
    staff = sign_in("staff")
    assert "环环相扣，没有改动过" not in read(staff.get(PAGE))
    assert "环环相扣，没有改动过" in read(staff.get(PAGE + "?verify=1"))


def test_an_altered_act_is_reported(edited, session, cast, sign_in, read):
    session.execute(text("UPDATE act SET reason = '' WHERE deed = 'person:edit'"))
    assert "核对不符" in read(sign_in("staff").get(PAGE + "?verify=1"))


@pytest.mark.parametrize("username", ["member", "branch", "supervisor", "staff2"])
def test_the_journal_is_closed_to_others(sign_in, username):
    assert sign_in(username).get(PAGE).status_code == 403


def test_a_page_of_the_journal_asks_few_questions(edited, sign_in, count_queries):
    staff = sign_in("staff")
    staff.get(PAGE)
    with count_queries() as statements:
        staff.get(PAGE)
    assert len(statements) <= 10


def test_the_acts_are_answered_alone_to_htmx(sign_in):
    part = sign_in("staff").part(PAGE).get_data(as_text=True)
    assert part.lstrip().startswith('<div id="acts">')
