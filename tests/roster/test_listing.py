"""The roster: what it shows, in which order, a page at a time, to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, true

from registry.journal.services import act
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import Admit, End, admit, end
from registry.people.services import enter_person, read_facts
from registry.roster.criteria import Chosen
from registry.roster.queries import SORTS, Roster, RosterFilter

DAY = date(2026, 11, 24)
ALL = RosterFilter(day=DAY, state=("all",))


def narrowed(cast=None, sought=ALL, **values):
    """The whole roster, narrowed by one value of each key."""
    chosen = tuple(Chosen(key, (value,)) for key, value in values.items())
    branches = {row.code: row.id for row in (cast.branch, cast.branch2)} if cast else {}
    return replace(sought, chosen=chosen, known={"branch": branches, "category": {"ordinary": 1}})


def listed(session, cast, sought, *, phones=True):
    roster = Roster(session, true(), cast.society.id, sought, phones=phones)
    rows = list(roster.every())
    if roster.count() is not None:
        assert roster.count() == (len(rows), False)
    return [row.name for row in rows]


@pytest.fixture
def crowd(session, cast):
    """A hundred and thirty members more, of two categories."""
    codes = ("ordinary", "senior")
    for number in range(130):
        name = "王李张刘陈"[number % 5] + "安邦定国泰民"[number % 6] + "康宁"[number % 2]
        person = enter_person(session, cast.society.id, read_facts({"name": name, "region": "内地"}).values)
        category = cast.category[codes[number % 2]]
        starts_on = date(2015, 1, 1) + timedelta(days=number % 40)
        admit(session, cast.society, person, Admit(category.id, starts_on, number=f"K{number}"))
    session.commit()


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{key}" for key in SORTS)])
def test_pages_follow_each_other_both_ways(session, cast, crowd, sort):
    roster = Roster(
        session, true(), cast.society.id, RosterFilter(day=DAY, state=("all",), sort=sort), phones=True
    )
    pages = [roster.page()]
    while pages[-1].after:
        pages.append(roster.page(after=pages[-1].after))
    forwards = [[row.id for row in page.rows] for page in pages]
    assert len(forwards) == 3
    assert len({key for page in forwards for key in page}) == sum(map(len, forwards))
    page, backwards = pages[-1], [forwards[-1]]
    while page.before:
        page = roster.page(before=page.before)
        backwards.insert(0, [row.id for row in page.rows])
    assert backwards == forwards


def test_numbers_stand_in_a_clerks_order(session, cast, crowd):
    roster = Roster(session, true(), cast.society.id, ALL, phones=True)
    numbers = [row.number for row in roster.every() if row.number.startswith("K")]
    assert numbers == [f"K{number}" for number in range(130)]


def test_a_name_sorts_by_pinyin(session, cast):
    names = listed(session, cast, replace(ALL, sort="pinyin"))
    assert names.index("陳大文") < names.index("李明远") < names.index("欧阳晓月") < names.index("王富")


@pytest.mark.parametrize(
    "typed",
    [
        "王富",
        "wangfu",
        "wang fu",
        "wf",
        "富",
        "北京星河",
        "B00001",
        "b00001",
        "13800000001",
        "王 富",
        "WangFu",
    ],
)
def test_a_member_is_found_by_whatever_is_known(session, cast, typed):
    assert "王富" in listed(session, cast, replace(ALL, q=typed))


@pytest.mark.parametrize("typed", ["陈大文", "陳大文", "chan tai", "chendawen", "cdw"])
def test_scripts_are_alike_to_the_search(session, cast, typed):
    assert listed(session, cast, replace(ALL, q=typed)) == ["陳大文"]


def test_what_nobody_is_called_finds_nobody(session, cast):
    assert listed(session, cast, replace(ALL, q="尉迟恭")) == []


@pytest.mark.parametrize(
    "typed", ['"', "'", "*", "AND", "王 OR", "(", "a:b", "\\", "%", "社1", "电138", "NEAR(", "--"]
)
def test_no_typed_sign_upsets_the_search(session, cast, typed):
    listed(session, cast, replace(ALL, q=typed))


def test_marks_of_the_index_cannot_be_typed(session, cast):
    assert listed(session, cast, replace(ALL, q=f"社{cast.society.id}")) == []
    assert listed(session, cast, replace(ALL, q="电13800000001"), phones=False) == []


def test_a_telephone_finds_only_for_those_who_may_see_it(session, cast):
    assert listed(session, cast, replace(ALL, q="13800000001"), phones=False) == []


def test_a_broad_search_walks_and_still_finds_all(session, cast, crowd, monkeypatch):
    sought = replace(ALL, q="wang", sort="number")
    few = listed(session, cast, sought)
    monkeypatch.setattr("registry.roster.question.FEW", 3)
    assert listed(session, cast, sought) == few
    assert len(few) > 20


def test_filters_narrow_together(session, cast):
    assert listed(session, cast, narrowed(region="HK")) == ["陳大文"]
    assert listed(session, cast, replace(narrowed(region="HK"), q="王富")) == []
    assert "王富" in listed(session, cast, narrowed(cast, branch=cast.branch.code))
    assert "王富" not in listed(session, cast, narrowed(cast, branch=cast.branch2.code))


def test_an_office_filter_shows_who_holds_it(session, cast):
    name = cast.chair_post.name
    held = listed(session, cast, narrowed(office=name))
    assert held
    assert set(held) <= set(listed(session, cast, narrowed(office="any")))
    assert listed(session, cast, replace(narrowed(office=name), day=date(1990, 1, 1))) == []


def test_a_day_in_the_past_shows_the_roster_of_that_day(session, cast):
    assert "王富" not in listed(session, cast, RosterFilter(day=date(2010, 5, 3)))
    assert "王富" in listed(session, cast, RosterFilter(day=date(2010, 5, 4)))


def test_states_come_from_the_dates(session, cast):
    spell = cast.wang_member
    end(session, spell, End(date(2026, 12, 1), EndReason.RESIGNED))
    session.commit()
    assert "王富" in listed(session, cast, RosterFilter(day=DAY))
    assert "王富" not in listed(session, cast, RosterFilter(day=DAY, state=("resigned",)))
    assert "王富" in listed(session, cast, RosterFilter(day=date(2026, 12, 1), state=("resigned",)))
    assert "王富" not in listed(session, cast, RosterFilter(day=date(2026, 12, 1)))


def test_branch_staff_see_their_branch_alone(sign_in, cast):
    html = sign_in("branch").get("/societies/bjcs/members/").text
    assert "王富" in html
    assert "陳大文" not in html


def test_the_roster_answers_part_and_whole(sign_in, cast):
    staff = sign_in("staff")
    whole = staff.get("/societies/bjcs/members/?q=wangfu")
    part = staff.part("/societies/bjcs/members/?q=wangfu&region=")
    assert whole.status_code == part.status_code == 200
    assert "王富" in whole.text
    assert "王富" in part.text
    assert "<html" not in part.text
    assert part.headers["HX-Replace-Url"] == "/societies/bjcs/members/?q=wangfu"


def test_an_auditor_sees_no_telephone(sign_in, cast):
    html = sign_in("auditor").get("/societies/bjcs/members/").text
    assert "王富" in html
    assert "13800000001" not in html
    assert "王富" not in sign_in("auditor").get("/societies/bjcs/members/?q=13800000001").text


def test_words_that_are_no_choice_narrow_nothing(sign_in, cast):
    answer = sign_in("staff").get(
        "/societies/bjcs/members/?region=?&category=x&branch=x&state=x&office=x&sort=x&after=x"
    )
    assert answer.status_code == 200
    assert "王富" in answer.text


def test_an_empty_society_says_what_to_do_next(sign_in, cast, session):
    assert act(session, "nothing") is not None
    html = sign_in("admin").get("/societies/bjst/members/").text
    assert "名册还是空的" in html


def test_a_page_asks_the_database_a_fixed_number_of_times(sign_in, cast, crowd, count_queries):
    staff = sign_in("staff")
    staff.get("/societies/bjcs/members/?q=wangfu")
    with count_queries() as one:
        staff.get("/societies/bjcs/members/?q=wangfu")
    with count_queries() as many:
        staff.get("/societies/bjcs/members/")
    assert len(many) <= len(one)


def test_what_is_asked_can_be_counted_by_others_in_any_state(session, cast):
    sought = narrowed(sought=RosterFilter(DAY), region="CN")
    roster = Roster(session, true(), cast.society.id, sought, phones=True)
    counts = [
        session.scalar(select(func.count(Membership.id)).where(*clauses))
        for clauses in (roster.clauses(), roster.clauses(of_state=False))
    ]
    assert counts == [2, 3]
