"""The dashboard: what it counts, for whom, and how it follows the roster's address."""

from __future__ import annotations

import re
from datetime import date

import pytest

from registry.confirmations.services import confirm
from registry.memberships.models import EndReason
from registry.memberships.services import Admit, Change, End, admit, change, end
from registry.people.services import enter_person
from tests.databases import TODAY

PAGE = "/societies/bjcs/figures/"
TITLES = (
    "历年会员",
    "入会与离会",
    "地区",
    "类别",
    "分支机构",
    "年龄",
    "性别",
    "基层一线",
    "职称级别",
    "单位类型",
    "学科",
    "资料完整度",
    "本人确认",
)


def titles(answer):
    return re.findall(r'<h2 id="plot-[a-z_]+">([^<]+)</h2>', answer.text)


def table(answer, key):
    """The numbers beside a plot, by the first word of each line."""
    part = answer.text.split(f'<h2 id="plot-{key}"', 1)[1].split("</figure>", 1)[0]
    lines = re.findall(r"<tr>(.*?)</tr>", part.split("<tbody>")[1], re.DOTALL)
    cells = [[word.strip() for word in re.findall(r">([^<>]*\S[^<>]*)<", line)] for line in lines]
    return {first: rest for first, *rest in cells}


def test_staff_see_every_plot_with_its_numbers(sign_in):
    answer = sign_in("staff").get(PAGE)
    assert sorted(titles(answer)) == sorted(TITLES)
    assert table(answer, "region") == {
        "内地": ["2", "50%"],
        "中国香港": ["1", "25%"],
        "中国澳门": ["0", "0%"],
        "中国台湾": ["0", "0%"],
        "外籍": ["1", "25%"],
    }
    assert table(answer, "categories")["普通会员"] == ["2", "50%"]
    assert table(answer, "branches")["未归入分支"] == ["2", "50%"]
    assert table(answer, "ages")["46–55 岁"] == ["1", "1", "0", "50%"]


def test_how_fresh_the_entries_are_is_told_apart(sign_in, session, cast):
    for person, on in ((cast.wang, date(2026, 3, 1)), (cast.chen, date(2025, 3, 1)), (cast.li, TODAY)):
        confirm(session, person, on)
        session.commit()
    told = table(sign_in("staff").get(PAGE), "confirmed")
    assert {word: cells[0] for word, cells in told.items()} == {"一年以内": "1", "一年以前": "1", "从未": "2"}
    assert table(sign_in("staff").get(f"{PAGE}?on=2025-06-01"), "confirmed")["一年以内"][0] == "3"


def test_every_plot_says_in_words_what_it_shows(sign_in):
    answer = sign_in("staff").get(PAGE)
    assert len(re.findall(r'role="img" aria-label="[^"]+：[^"]+"', answer.text)) == len(TITLES)
    assert "45 岁及以下占 25%" in answer.text


def test_shares_are_of_the_known_and_the_unknown_are_named(sign_in, read):
    answer = sign_in("staff").get(PAGE)
    assert table(answer, "title_level") == {
        "正高": ["1", "100%"],
        "副高": ["0", "0%"],
        "中级": ["0", "0%"],
        "初级": ["0", "0%"],
        "不详": ["3"],
    }
    assert "已知 1 人，不详 3 人" in read(answer)


def test_figures_follow_the_roster(sign_in):
    answer = sign_in("staff").get(f"{PAGE}?region=HK")
    assert "地区" not in titles(answer)
    assert table(answer, "ages")["46–55 岁"] == ["1", "0", "0", "100%"]
    assert "陳大文" not in answer.text


def test_the_roster_leads_to_its_figures_and_back(sign_in):
    staff = sign_in("staff")
    roster = staff.get("/societies/bjcs/members/?region=HK&on=2024-01-31").text
    way = re.search(r'href="(/societies/bjcs/figures/[^"]*)"[^>]*><svg[^>]*>.*?</svg>看图', roster)[1]
    assert "region=HK" in way
    assert "on=2024-01-31" in way
    back = staff.get(way.replace("&amp;", "&")).text
    assert 'href="/societies/bjcs/members/?' in back


def test_figures_follow_the_day(sign_in):
    answer = sign_in("staff").get(f"{PAGE}?on=2012-06-01")
    assert table(answer, "members") == {"2012": ["2", "+1"], "2011": ["1", "0"], "2010": ["1"]}
    assert "2010 年末 1 人，这一天 2 人" in answer.text
    assert table(answer, "flow")["2012"] == ["1", "0"]


def test_who_left_is_counted_by_reason(sign_in):
    answer = sign_in("staff").get(PAGE)
    assert table(answer, "flow")["2025"] == ["0", "1", "1"]
    assert '<th scope="col" class="num">退会</th>' in answer.text


def test_a_change_counts_neither_as_joining_nor_as_leaving(session, cast, sign_in):
    change(session, cast.ouyang_member, Change(date(2026, 3, 1), cast.category["senior"].id, cast.branch2.id))
    session.commit()
    staff = sign_in("staff")
    assert table(staff.get(PAGE), "flow")["2026"] == ["0", "0", "0"]
    seniors = table(staff.get(f"{PAGE}?category=senior"), "flow")
    assert seniors["2026"] == ["0", "0", "+1"]
    assert table(staff.get(f"{PAGE}?category=senior"), "members")["2026"] == ["2", "+1"]


def test_what_is_to_come_stands_apart(session, cast, sign_in, read):
    person = enter_person(session, cast.society.id, {"name": "林未来", "region": "CN"})
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, date(2027, 1, 1)))
    end(session, cast.chen_member, End(date(2026, 12, 31), EndReason.RESIGNED))
    session.commit()
    answer = sign_in("staff").get(PAGE)
    assert "斜线：已登记、未生效的 1 人入会、1 人离会" in read(answer)
    assert table(answer, "members")["2026"][0] == "4"
    assert table(answer, "flow")["2027"][-2:] == ["1", "0"]
    assert table(answer, "flow")["2026"][-2:] == ["0", "1"]
    for coming in ("joining", "leaving"):
        bars = rf'class="series {coming}"><g class="bars">(?:<g class="bar" ?/>)*<g class="bar"><rect'
        assert re.search(bars, answer.text)
    earlier = sign_in("staff").get(f"{PAGE}?on=2026-06-01")
    assert "未生效" not in read(earlier)


def test_other_states_have_figures_too(sign_in, read):
    answer = sign_in("staff").get(f"{PAGE}?state=resigned")
    assert "1 符合条件" in read(answer).replace("符合条件 1", "1 符合条件")
    assert table(answer, "members")["2026"][0] == "4"


def test_nobody_found_is_said(sign_in, read):
    assert "没有可画的" in read(sign_in("staff").get(f"{PAGE}?q=不存在的人"))


def test_branch_staff_count_their_own_branch_alone(sign_in, read):
    branch = sign_in("branch")
    for address in (PAGE, f"{PAGE}?branch=b02", f"{PAGE}?branch=b01"):
        answer = branch.get(address)
        assert "人数只算您所在分支机构的会员" in read(answer)
        assert "青年工作委员会" not in answer.text
        assert table(answer, "members")["2026"][0] == "1"
        assert "分支机构" not in titles(answer)


def test_what_a_branch_has_to_see_to_is_its_own(sign_in, read):
    page = read(sign_in("staff").get(f"{PAGE}?branch=b01"))
    assert "这个分支机构没有负责人" in page
    assert "理事会空缺" not in page
    assert "理事会空缺" in read(sign_in("staff").get(PAGE))


def test_facts_that_the_reader_may_not_see_are_left_out(sign_in):
    staff, auditor = (table(sign_in(name).get(PAGE), "completeness") for name in ("staff", "auditor"))
    assert staff["电话"] == ["75%", "1"]
    assert staff.keys() - auditor.keys() == {"电话", "邮箱", "证件"}


def test_every_number_leads_to_whom_it_counts(sign_in, read):
    staff = sign_in("staff")
    ways = re.findall(r'<th scope="row"><a href="([^"]+)">', staff.get(f"{PAGE}?region=CN").text)
    for word in ("sex=M", "title_level=unknown", "lack=discipline", "branch=b01", "grassroots=yes"):
        assert [
            way
            for way in ways
            if way.endswith(f"&amp;{word}") or f"&amp;{word}&amp;" in way or f"?{word}&amp;" in way
        ], word
    unknown = next(way for way in ways if "title_level=unknown" in way).replace("&amp;", "&")
    assert "共 1 人" in read(staff.get(unknown))


@pytest.mark.parametrize("username", ["member", "supervisor", "staff2"])
def test_others_are_refused(sign_in, username):
    assert sign_in(username).get(PAGE).status_code == 403


def test_the_branch_page_leads_to_its_figures(sign_in):
    assert f'href="{PAGE}?branch=b01"' in sign_in("staff").get("/societies/bjcs/branches/b01").text


def test_of_too_many_the_facts_of_persons_are_not_read(sign_in, read, monkeypatch, count_queries):
    monkeypatch.setattr("registry.figures.queries.MOST", 3)
    staff = sign_in("staff")
    with count_queries() as statements:
        answer = staff.get(PAGE)
    assert titles(answer) == ["历年会员", "入会与离会", "地区", "类别", "分支机构"]
    assert not [statement for statement in statements if "title_level" in str(statement)]
    assert "超过 3 人" in read(answer)
    assert "在会会员 4" in read(answer)


def test_what_was_counted_stands_until_the_next_act(session, cast, sign_in, read, count_queries):
    staff = sign_in("staff")
    staff.get(PAGE)
    with count_queries() as statements:
        staff.get(PAGE)
    assert not [statement for statement in statements if "title_level" in str(statement)]
    end(session, cast.chen_member, End(date(2026, 1, 1), EndReason.RESIGNED))
    session.commit()
    assert "在会会员 3" in read(staff.get(PAGE))


def test_the_number_of_questions_is_fixed(sign_in, count_queries):
    staff = sign_in("staff")
    staff.get(PAGE)
    with count_queries() as statements:
        staff.get(PAGE)
    assert len(statements) <= 24
