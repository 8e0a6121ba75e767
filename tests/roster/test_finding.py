"""What the roster is narrowed by: who is found, who is not, who is unknown, in which words and for whom."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import true
from werkzeug.datastructures import MultiDict

from registry.confirmations.services import confirm
from registry.core.policy import Action, Grant, Role, within
from registry.memberships.models import Membership
from registry.memberships.services import edit_member
from registry.people.models import Person
from registry.people.services import AddDocument, EditPerson, add_document
from registry.roster import criteria, question
from registry.roster.criteria import CRITERIA
from registry.roster.forms import in_words, read_filter
from registry.roster.queries import Roster

DAY = date(2026, 11, 24)


ROSTER = "/societies/bjcs/members/"


EVERYONE = {"王富", "陳大文", "欧阳晓月", "Mary Shelton"}


@pytest.fixture
def find(session, cast, choices):
    """Who is found by an address, every way of asking giving the same and the count agreeing."""

    def find(address: str, day: date = DAY, **rights) -> set[str]:
        sought = read_filter(typed(address), choices, day)
        answers = []
        for few in (question.FEW, -1):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(question, "FEW", few)
                if few < 0:
                    patch.setattr(question, "COUNTED", few)
                roster = Roster(session, true(), cast.society.id, sought, phones=True, **rights)
                rows = [row.name for row in roster.page().rows]
            answers.append(rows)
            assert roster.count() == roster.count(whole=True) == (len(rows), False)
        assert answers[0] == answers[1]
        return set(answers[0])

    return find


def typed(address: str) -> MultiDict[str, str]:
    pairs = (pair.split("=") for pair in address.split("&") if pair)
    return MultiDict([(key, value) for key, value in pairs])


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", EVERYONE),
        ("region=HK", {"陳大文"}),
        ("region=香港", {"陳大文"}),
        ("region=MO", set()),
        ("region=&region=HK&region=HK", {"陳大文"}),
        ("region=unknown", set()),
        ("region=HK&region=XX", {"陳大文", "Mary Shelton"}),
        ("category=senior", {"陳大文"}),
        ("category=senior&category=foreign", {"陳大文", "Mary Shelton"}),
        ("branch=b01", {"王富"}),
        ("branch=b01&branch=b02", {"王富", "欧阳晓月"}),
        ("title_level=senior", {"王富"}),
        ("title_level=unknown", EVERYONE - {"王富"}),
        ("title_level=senior&title_level=unknown", EVERYONE),
        ("title_level=junior", set()),
        ("disciplines=520", {"王富"}),
        ("disciplines=计算机", {"王富"}),
        ("disciplines=110", set()),
        ("disciplines=unknown", EVERYONE - {"王富"}),
        ("disciplines=520&disciplines=unknown", EVERYONE),
        ("employer_kind=university", {"王富"}),
        ("employer_kind=unknown", {"陳大文", "Mary Shelton"}),
        ("grassroots=yes", {"王富"}),
        ("grassroots=no", set()),
        ("grassroots=unknown", EVERYONE - {"王富"}),
        ("sex=2", {"欧阳晓月", "Mary Shelton"}),
        ("sex=unknown", set()),
        ("ethnic=满族", {"欧阳晓月"}),
        ("political=中共党员", {"王富"}),
        ("degree=博士", {"王富"}),
        ("education=unknown", EVERYONE),
        ("birth_month=03", {"王富"}),
        ("birth_month=05&birth_month=10", {"Mary Shelton", "陳大文"}),
        ("joined_from=2021-01-01", {"欧阳晓月", "Mary Shelton"}),
        ("joined_from=2018&joined_to=2021-01-01", {"陳大文", "欧阳晓月"}),
        ("joined_to=2010-05-04", {"王富"}),
        ("joined_to=2010-05-03", set()),
        ("lack=birth", set()),
        ("lack=document", {"欧阳晓月", "Mary Shelton"}),
        ("lack=phone", {"Mary Shelton"}),
        ("lack=email", {"陳大文", "欧阳晓月"}),
        ("lack=phone&lack=email", EVERYONE - {"王富"}),
        ("lack=phone&lack=document", {"欧阳晓月", "Mary Shelton"}),
        ("lack=employer", set()),
        ("lack=title", EVERYONE - {"王富"}),
        ("lack=discipline", EVERYONE - {"王富"}),
        ("office=理事长", {"欧阳晓月"}),
        ("office=any", {"王富", "欧阳晓月"}),
        ("office=理事&office=理事长", {"王富", "欧阳晓月"}),
        ("office=理事长&office_from=2000-01-01&office_to=2023-04-30", set()),
        ("office=理事长&office_from=2000-01-01&office_to=2023-05-01", {"欧阳晓月"}),
        ("office_from=2024", {"王富", "欧阳晓月"}),
        ("state=resigned", {"李明远"}),
        ("state=resigned&state=active", {*EVERYONE, "李明远"}),
        ("state=all", {*EVERYONE, "李明远"}),
        ("state=future", set()),
        ("state=resigned&region=CN", {"李明远"}),
        ("q=王富&region=CN", {"王富"}),
        ("q=王富&region=HK", set()),
        ("region=CN&sex=2", {"欧阳晓月"}),
        ("region=HK&sex=2&match=any", {"陳大文", "欧阳晓月", "Mary Shelton"}),
        ("region=HK&office=理事长&lack=phone&match=any", {"陳大文", "欧阳晓月", "Mary Shelton"}),
        ("region=HK&lack=document&match=any", {"陳大文", "欧阳晓月", "Mary Shelton"}),
        ("state=resigned&region=HK&branch=b01&match=any", {"李明远"}),
    ],
)
def test_a_criterion_finds_whom_it_says(find, address, found):
    assert find(address) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("age_from=61&age_to=61", {"王富"}),  # 1965-03-08
        ("age_from=62", set()),
        (f"age_from={'9' * 5000}&region=HK", {"陳大文"}),
        ("age_from=54&age_to=54", {"陳大文"}),  # 1972-10: on the day surely 54
        ("age_from=40&age_to=41", {"欧阳晓月"}),  # 1985: 40 or 41
        ("age_from=41", {"王富", "陳大文", "Mary Shelton"}),
        ("age_to=40", set()),
        ("age_from=41&age=unknown", {"欧阳晓月"}),
        ("age_to=40&age=unknown", {"欧阳晓月"}),
        ("age_from=40&age_to=41&age=unknown", set()),
        ("age=unknown", set()),
        ("age_from=41&age=unknown&state=all", {"欧阳晓月", "李明远"}),
    ],
)
def test_ages_are_counted_where_they_are_certain(find, address, found):
    assert find(address) == found


@pytest.mark.parametrize(
    "day", [date(2026, 10, 1), date(2026, 10, 31), date(2026, 12, 31), date(2024, 2, 29)]
)
@pytest.mark.parametrize("years", [41, 53, 54, 61])
def test_ages_agree_with_partial_dates_on_every_kind_of_day(find, session, cast, day, years):
    ages = {name: session.query(Person).filter_by(name=name).one().birth.age_on(day) for name in EVERYONE}
    sure = {name for name, (fewest, most) in ages.items() if fewest == most == years}
    open_ = {name for name, (fewest, most) in ages.items() if fewest <= years <= most and fewest != most}
    assert find(f"age_from={years}&age_to={years}", day) == sure
    assert find(f"age_from={years}&age_to={years}&age=unknown", day) & EVERYONE == open_


def test_documents_that_run_out_are_found(find, session, cast):
    add_document(session, cast.mary, AddDocument("passport", "E12345678", "GB", date(2026, 12, 24)))
    add_document(session, cast.ouyang, AddDocument("passport", "E87654321", "CN", date(2026, 11, 23)))
    session.commit()
    assert find("expires=30") == {"Mary Shelton"}
    assert find("expires=30", date(2026, 11, 23)) == {"欧阳晓月"}
    assert find("expires=0") == {"欧阳晓月"}
    assert find("expires=0&expires=90") == {"欧阳晓月", "Mary Shelton"}


def test_whose_entry_is_fresh_stale_or_was_never_confirmed(session, cast, find):
    for person, on in ((cast.wang, date(2026, 3, 1)), (cast.chen, date(2025, 3, 1))):
        confirm(session, person, on)
        session.commit()
    assert find("confirmed=year") == {"王富"}
    assert find("confirmed=longer") == {"陳大文"}
    assert find("confirmed=never") == {"欧阳晓月", "Mary Shelton"}
    assert find("confirmed=longer&confirmed=never&region=CN") == {"欧阳晓月"}
    assert find("confirmed=year", date(2025, 6, 1)) >= {"王富", "陳大文"}
    assert find("confirmed=year&region=XX&match=any") == {"王富", "Mary Shelton"}


def test_a_fact_that_changes_changes_who_is_found(find, session, cast):
    edit = {
        "title_level": "中级",
        "disciplines": "数学、力学",
        "birth": "1990-07",
        "phone": "",
        "region": "中国澳门",
    }
    edit_member(session, cast.wang, EditPerson({**edit, "name": "王大利"}))
    session.commit()
    for address in (
        "title_level=intermediate",
        "disciplines=110",
        "disciplines=130",
        "birth_month=07",
        "age_from=36&age_to=36",
        "region=MO",
    ):
        assert find(address) == {"王大利"}
    assert "王大利" in find("lack=phone")
    assert find("disciplines=520") == set()


def test_marks_of_disciplines_cannot_be_typed(find):
    assert find("q=科520") == set()


WORDS = [
    ("region=HK&region=MO&title_level=senior", ["地区是中国香港或中国澳门", "职称级别是正高"]),
    ("state=died&state=expelled", ["会籍是去世或除名"]),
    ("age_from=40&age_to=50", ["年龄 40 至 50 岁"]),
    ("age_from=40", ["年龄 40 岁以上"]),
    ("age_to=40", ["年龄不超过 40 岁"]),
    ("age_to=40&age=unknown", ["年龄不详（是否不超过 40 岁）"]),
    ("office=理事长", ["本会职务是理事长"]),
    ("office=理事&office_from=2010&office_to=2015", ["本会职务是理事（2010-01-01 至 2015-12-31）"]),
    ("joined_from=2020-05", ["入会在 2020-05-01 至 今 之间"]),
    ("lack=phone&lack=email", ["没有电话或邮箱"]),
    ("expires=30", ["证件到期：30 天内"]),
    ("confirmed=longer&confirmed=never", ["本人确认：一年以前或从未"]),
    ("grassroots=unknown", ["基层一线是未知"]),
    ("q=王", ["“王”"]),
    ("region=?&age_from=x&age_to=999&joined_from=x&state=x&sort=x&match=x&disciplines=x&expires=7", []),
]


@pytest.mark.parametrize(("address", "words"), WORDS)
def test_a_filter_reads_back_in_words(app, choices, address, words):
    with app.test_request_context():
        assert [word for _key, word in in_words(read_filter(typed(address), choices, DAY), choices)] == words


def test_the_roster_joins_its_words_and_takes_each_off(sign_in, cast):
    html = sign_in("staff").get(f"{ROSTER}?region=HK&region=MO&sex=1").text
    assert "地区是中国香港或中国澳门" in html
    assert "且" in html
    assert f'href="{ROSTER}?sex=1"' in html
    assert f'href="{ROSTER}?region=HK&amp;region=MO"' in html
    either = sign_in("staff").get(f"{ROSTER}?region=HK&sex=2&match=any").text
    assert "Mary Shelton" in either
    assert "王富" not in either


def test_old_addresses_keep_working(sign_in, cast):
    html = (
        sign_in("staff")
        .get(f"{ROSTER}?q=&region=HK&category=senior&branch=&state=&office=&lack=&sort=-pinyin")
        .text
    )
    assert "陳大文" in html
    assert "王富" not in html


def test_nobody_finds_by_what_they_may_not_see(sign_in, cast):
    auditor = sign_in("auditor")
    for address in ("lack=phone", "lack=document", "expires=30"):
        html = auditor.get(f"{ROSTER}?{address}").text
        assert "共 4 人" in html, address
    assert 'value="phone"' not in auditor.get(ROSTER).text
    assert 'value="phone"' in sign_in("staff").get(ROSTER).text


def test_a_right_to_a_branch_finds_in_that_branch_alone(find, cast):
    """An auditor of the society who also works in a branch learns nothing of telephones elsewhere."""
    grants = [
        Grant(Role.AUDITOR, cast.society.id),
        Grant(Role.BRANCH_STAFF, cast.society.id, branch_id=cast.branch2.id),
    ]
    found = find("lack=email", seen=lambda action: within(grants, action, Membership))
    assert found == {"欧阳晓月"}
    assert find("lack=email&region=MO&match=any", seen=lambda action: within(grants, action, Membership)) == {
        "欧阳晓月"
    }


def test_every_criterion_stands_in_a_group_above_the_roster(sign_in, cast):
    page = sign_in("staff").get(f"{ROSTER}?more=1").text
    offered = [row for row in CRITERIA if row.key != "tag"]  # there is no tag yet
    assert [row.key for row in offered if not any(f'name="{key}"' in page for key in row.keys)] == []


def test_every_criterion_needs_a_right_of_its_own():
    assert {row.see for row in CRITERIA} <= set(Action)
    open_to = criteria.permitted(lambda action: action != Action.CONTACT_SEE)
    assert "phone" not in dict(open_to["lack"].choices)
    assert "disciplines" not in criteria.permitted(lambda action: action != Action.WORK_SEE)
