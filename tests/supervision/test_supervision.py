"""What a supervisor sees of the societies covered, and what not."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies.services import Appoint, appoint
from registry.people.services import EditPerson, edit_person

INDEX, PAGE = "/supervision/-/figures", "/supervision/bjcs"
READERS = ["supervisor", "admin"]


@pytest.fixture
def council(session, cast):
    """A council of five: one is 基层一线, two are not, of two it is unknown; of one the birth is unknown."""
    for person in (cast.chen, cast.ouyang):
        edit_person(session, person, EditPerson({"grassroots": "否"}), [])
    for person in (cast.chen, cast.mary, cast.li):
        post, term = cast.director_post.id, cast.term.id
        appoint(session, cast.society, Appoint(person.id, post, term, date(2024, 1, 1)))
    session.commit()


@pytest.mark.parametrize("username", READERS)
def test_the_societies_covered_stand_side_by_side(council, sign_in, read, username):
    page = read(sign_in(username).get(INDEX))
    assert "北京星河计算机学会 第八届 · 2028-05-01 还有 524 天 5 人 空缺 11 席" in page
    assert "33% 2 人不详 4 2 1 0 0 1" in page
    assert "北京长城机械学会 没有在任的一届" in page


def test_a_society_not_covered_is_not_named(sign_in, read):
    supervisor = sign_in("supervisor")
    assert "北京云上统计学会" not in read(supervisor.get(INDEX))
    assert supervisor.get("/supervision/bjst").status_code == 403


def test_ages_of_the_council_are_banded_and_the_unknown_shown(council, sign_in, read):
    page = read(sign_in("supervisor").get(INDEX))
    assert "36–45 岁 1，46–55 岁 2，56–65 岁 1，不详 1" in page
    assert "45 岁及以下 25%" in page


def test_the_page_of_a_society_shows_bodies_with_officers_and_their_dates(council, sign_in, read):
    page = read(sign_in("supervisor").get(PAGE))
    assert "第八届 2023年5月1日 起 应于 2028年5月1日 换届" in page
    assert "理事长 欧阳晓月 选举 2023-05-01 2028-05-01" in page
    assert "在任 5 人；理事空缺 11 席" in page
    assert "基层一线 1 人 其他 2 人 不详 2 人" in page


def test_who_holds_two_posts_counts_once(council, session, cast, sign_in, read):
    begun = date(2025, 1, 1)
    appoint(session, cast.society, Appoint(cast.ouyang.id, cast.director_post.id, cast.term.id, begun))
    assert "在任 5 人；理事空缺 10 席" in read(sign_in("supervisor").get(PAGE))


def test_no_birth_document_or_contact_is_shown(council, sign_in):
    for address in (INDEX, PAGE):
        page = sign_in("supervisor").get(address).get_data(as_text=True)
        for secret in ("1965", "1972-10", "0014", "13800000001", "wang@example.cn", "B00001"):
            assert secret not in page


def test_of_few_people_no_composition_is_told(sign_in, read):
    supervisor = sign_in("supervisor")
    page = read(supervisor.get(PAGE))
    assert "在任 2 人" in page
    assert "基层一线" not in page
    assert "%" not in read(supervisor.get(INDEX))


def test_the_worst_stands_first(council, sign_in, read):
    page = read(sign_in("supervisor").get(INDEX + "?on=2028-06-10"))
    assert "届满 40 天未换届" in page
    assert page.index("北京星河计算机学会") < page.index("北京长城机械学会")


def test_everything_is_as_of_the_day(council, sign_in, read):
    supervisor = sign_in("supervisor")
    assert "在任 2 人" in read(supervisor.get(PAGE + "?on=2023-12-31"))
    assert "在会会员 2 人" in read(supervisor.get(PAGE + "?on=2012-06-01"))
    assert "还没有登记机构" in read(supervisor.get(PAGE + "?on=2012-06-01"))


@pytest.mark.parametrize("address", [INDEX, PAGE])
def test_nothing_can_be_written(sign_in, address):
    page = sign_in("supervisor").get(address).get_data(as_text=True)
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    assert "<form" not in main
    assert sign_in("supervisor").post(address).status_code == 405


@pytest.mark.parametrize("username", ["staff", "branch", "member", "auditor"])
def test_others_are_refused(sign_in, username):
    assert sign_in(username).get(INDEX).status_code == 403
    assert sign_in(username).get(PAGE).status_code == 403


@pytest.mark.parametrize(("address", "most"), [(INDEX, 8), (PAGE, 9)])
def test_few_questions_are_asked(council, sign_in, count_queries, address, most):
    supervisor = sign_in("supervisor")
    supervisor.get(address)
    with count_queries() as statements:
        supervisor.get(address)
    assert len(statements) <= most
