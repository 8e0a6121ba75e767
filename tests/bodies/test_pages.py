"""The pages of bodies and terms: who sees them, what they show, how forms answer."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies import founding, services
from registry.bodies.models import Body, Post, Tenure, Term
from registry.bodies.services import Appoint, EndTenure

ROOT = "/societies/bjcs/bodies/"
READERS = ["admin", "staff", "branch", "auditor", "supervisor"]
EDITORS = ["admin", "staff"]
OTHERS = ["branch", "member", "auditor", "supervisor", "staff2"]


@pytest.fixture
def council(cast):
    """The address of the council's term."""
    return f"{ROOT}{cast.council.id}/terms/8"


@pytest.fixture
def tenures(cast):
    """The address below which offices are changed."""
    return f"{ROOT}{cast.council.id}/tenures"


def text(answer):
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("name", READERS)
def test_readers_see_bodies_terms_and_officers(sign_in, cast, council, name):
    client = sign_in(name)
    assert "第八届" in text(client.get(ROOT))
    assert "理事长" in text(client.get(f"{ROOT}{cast.council.id}"))
    page = client.get(council)
    assert page.status_code == 200
    assert "欧阳晓月" in text(page)


@pytest.mark.parametrize("name", ["member", "staff2"])
def test_others_see_none_of_it(sign_in, cast, council, name):
    client = sign_in(name)
    for url in (ROOT, f"{ROOT}{cast.council.id}", council):
        assert client.get(url).status_code in ({403, 404} if name == "staff2" else {403})


@pytest.mark.parametrize("name", OTHERS)
def test_only_staff_change_offices(sign_in, cast, council, tenures, name):
    client = sign_in(name)
    urls = [f"{council}/appoint", f"{council}/close", f"{tenures}/{cast.chair.id}/end"]
    urls += [f"{tenures}/{cast.chair.id}/{deed}" for deed in ("correct", "void")]
    urls += [f"{ROOT}new", f"{ROOT}{cast.council.id}/posts/new", f"{ROOT}{cast.council.id}/terms/new"]
    for url in urls:
        assert client.get(url).status_code in ({403, 404} if name == "staff2" else {403})
        assert client.post(url, data={"why": "x"}).status_code in ({403, 404} if name == "staff2" else {403})


def test_what_is_of_another_society_is_not_there(sign_in, cast):
    client = sign_in("staff2")
    assert client.get(f"/societies/bjme/bodies/{cast.council.id}").status_code == 404
    assert client.get(f"/societies/bjme/bodies/{cast.council.id}/terms/8").status_code == 404
    assert (
        client.get(f"/societies/bjme/bodies/{cast.council.id}/tenures/{cast.chair.id}/end").status_code == 404
    )


def test_nobody_is_sent_to_sign_in(client):
    assert client.get(ROOT).status_code == 303


@pytest.mark.parametrize("path", ["999", "999/terms/8", "{council}/terms/99", "{council}/tenures/999/end"])
def test_what_is_not_there_is_missing(sign_in, cast, path):
    url = ROOT + path.format(council=cast.council.id)
    assert sign_in("staff").get(url).status_code == 404


def test_empty_seats_and_vacancies_are_shown(sign_in, council):
    page = text(sign_in("staff").get(council))
    assert "1 / 15" in page
    assert "另有 6 席空缺" in page
    assert text(sign_in("staff").get(ROOT)).count("空缺 14 席") == 1


def test_the_day_decides_who_sits(session, sign_in, cast, council):
    services.end(session, cast.chair, EndTenure(date(2026, 3, 1), "resigned"))
    services.appoint(
        session, cast.society, Appoint(cast.chen.id, cast.chair_post.id, cast.term.id, date(2026, 3, 1))
    )
    client = sign_in("staff")
    before = text(client.get(f"{council}?on=2026-02-28")).split("rank-head")[1]
    after = text(client.get(council)).split("rank-head")[1]
    assert "欧阳晓月" in before
    assert "待任" in before
    assert "欧阳晓月" not in after
    assert "陳大文" in after


def test_the_ended_stand_under_a_fold(session, sign_in, cast, council):
    services.end(session, cast.director, EndTenure(date(2026, 3, 1), "resigned"))
    services.void(session, cast.chair, "选举无效")
    past = text(sign_in("auditor").get(council)).split('class="more area"')[1]
    assert "王" in past
    assert "辞职" in past
    assert "选举无效" in past
    assert "已作废" in past


def test_a_past_term_shows_its_last_day(session, sign_in, cast, council):
    founding.close_term(session, cast.term, date(2026, 10, 1))
    page = text(sign_in("staff").get(council))
    assert "本届已结束，以下是最后一日（2026年9月30日）的组成" in page
    assert "欧阳晓月" in page


def test_an_overdue_term_is_marked(sign_in, council):
    client = sign_in("staff")
    assert "届满未换届" not in text(client.get(ROOT))
    for url in (f"{ROOT}?on=2028-05-01", f"{council}?on=2028-05-01"):
        assert "届满未换届" in text(client.get(url))


def test_members_are_linked_only_for_those_who_may_see_them(sign_in, council):
    link = "/societies/bjcs/members/"
    assert f'{link}B00001"' in text(sign_in("staff").get(council))
    assert f'{link}B00001"' not in text(sign_in("supervisor").get(council))
    assert f'{link}B00001"' not in text(sign_in("branch").get(council))


def test_deeds_are_offered_only_to_those_who_may(sign_in, council):
    assert "/appoint" in text(sign_in("staff").get(council))
    for name in ("auditor", "supervisor", "branch"):
        assert "/appoint" not in text(sign_in(name).get(council))
        assert "/void" not in text(sign_in(name).get(council))


def test_htmx_gets_the_council_alone(sign_in, council):
    part = text(sign_in("staff").part(council))
    assert part.strip().startswith('<div id="council">')
    assert "<html" not in part


@pytest.fixture
def typed(cast):
    """An appointment as it is typed."""
    return {
        "person": "陳大文",
        "post_id": cast.director_post.id,
        "starts_on": "2024年3月1日",
        "begun_by": "added",
    }


def test_staff_appoint_and_come_back_to_the_council(session, sign_in, cast, council, typed):
    answer = sign_in("staff").post(f"{council}/appoint", data={**typed, "meeting": "八届四次理事会"})
    assert (answer.status_code, answer.location) == (303, council)
    row = session.query(Tenure).filter_by(person_id=cast.chen.id).one()
    assert (row.starts_on, row.begun_by) == (date(2024, 3, 1), "added")
    assert row.decision_id
    page = text(sign_in("staff").get(council))
    assert "八届四次理事会" in page
    assert "增补" in page


def test_htmx_gets_the_new_council_where_the_old_one_stood(sign_in, council, typed):
    answer = sign_in("staff").post_part(f"{council}/appoint", data=typed)
    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == "#council"
    assert "已任命 陳大文" in text(answer)
    assert "2 / 15" in text(answer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person": "无此人"}, "名册里没有“无此人”"),
        ({"person": ""}, "这一项必须填写"),
        ({"starts_on": "2024年3月"}, "请写到日"),
        ({"starts_on": "三月初"}, "看不出是哪一天"),
        ({"starts_on": ""}, "这一项必须填写"),
        ({"starts_on": "2020-01-01"}, "任职日期须在第八届任期"),
        ({"person": "王富"}, "王富 已担任理事"),
        ({"post_id": "999"}, "有效的选择"),
        ({"begun_by": "seized"}, "有效的选择"),
    ],
)
def test_what_is_refused_is_said_at_the_field_and_stays_as_typed(sign_in, council, typed, changes, words):
    filled = {**typed, "meeting": "临时会议甲", **changes}
    for post in (sign_in("staff").post, sign_in("staff").post_part):
        answer = post(f"{council}/appoint", data=filled)
        assert answer.status_code == 422
        page = text(answer)
        assert words in page
        assert "临时会议甲" in page
        kept = next(iter(changes.values()))
        assert f'value="{kept}"' in page or kept in ("", "999", "seized")


def test_the_form_comes_as_page_and_as_part(sign_in, council):
    url = f"{council}/appoint"
    assert "<html" in text(sign_in("staff").get(url))
    part = text(sign_in("staff").part(url))
    assert part.strip().startswith("<form")
    assert f'hx-post="{url}"' in part


def test_a_vacant_seat_offers_its_post(sign_in, cast, council):
    form = text(sign_in("staff").part(f"{council}/appoint?post={cast.director_post.id}"))
    assert f'<option selected value="{cast.director_post.id}">' in form


def test_staff_end_an_office(session, sign_in, cast, tenures, council):
    url = f"{tenures}/{cast.director.id}/end"
    answer = sign_in("staff").post(url, data={"on": "2026-11-01", "ended_by": "resigned", "version": 1})
    assert answer.location == council
    session.refresh(cast.director)
    assert cast.director.ends_on == date(2026, 11, 1)


def test_an_end_needs_its_reason(sign_in, cast, tenures):
    answer = sign_in("staff").post_part(f"{tenures}/{cast.director.id}/end", data={"on": "2026-11-01"})
    assert answer.status_code == 422
    assert "请选离任原因" in text(answer)


def standing(cast, **changes):
    """The director's office as the form of correction sends it."""
    return {
        "post_id": cast.director_post.id,
        "starts_on": "2023-05-01",
        "planned_end_on": "2028-05-01",
        "ends_on": "",
        "ended_by": "",
        "begun_by": "elected",
        "full_time": "",
        "meeting": cast.decision.meeting.name,
        "decided_on": "2023-05-01",
        "why": "查档案更正",
        "version": 1,
        **changes,
    }


def test_the_form_of_correction_is_filled_with_what_stands(sign_in, cast, tenures):
    form = text(sign_in("staff").part(f"{tenures}/{cast.director.id}/correct"))
    for value in ("2023-05-01", "2028-05-01", "第八次会员代表大会"):
        assert f'value="{value}"' in form
    assert f'id="starts_on-{cast.director.id}"' in form


def test_staff_correct_an_office(session, sign_in, cast, tenures):
    url = f"{tenures}/{cast.director.id}/correct"
    answer = sign_in("staff").post(url, data=standing(cast, starts_on="2023-06-01", full_time="no"))
    assert answer.status_code == 303
    session.refresh(cast.director)
    assert (cast.director.starts_on, cast.director.full_time) == (date(2023, 6, 1), False)
    assert cast.director.decision_id == cast.decision.id


@pytest.mark.parametrize("part", [True, False])
def test_a_stale_correction_shows_both_values_and_can_be_sent_again(session, sign_in, cast, tenures, part):
    client = sign_in("staff")
    url = f"{tenures}/{cast.director.id}/correct"
    client.post(url, data=standing(cast, starts_on="2023-06-01"))
    post = client.post_part if part else client.post
    answer = post(url, data=standing(cast, starts_on="2023-07-01"))
    assert answer.status_code == 409
    assert "2023-06-01" in text(answer)
    assert "2023-07-01" in text(answer)
    assert 'name="version" type="hidden" value="2"' in text(answer)
    assert post(url, data=standing(cast, starts_on="2023-07-01", version=2)).status_code in (200, 303)
    session.refresh(cast.director)
    assert cast.director.starts_on == date(2023, 7, 1)


def test_staff_void_an_office_with_a_reason(session, sign_in, cast, tenures):
    url = f"{tenures}/{cast.chair.id}/void"
    assert sign_in("staff").post(url, data={"version": 1}).status_code == 422
    assert sign_in("staff").post(url, data={"version": 1, "why": "选举无效"}).status_code == 303
    session.refresh(cast.chair)
    assert cast.chair.void_reason == "选举无效"
    stale = sign_in("staff").post(url, data={"version": 1, "why": "再来"})
    assert stale.status_code == 409
    assert "已作废" in text(stale)


def test_staff_establish_a_body_with_posts_and_a_term(session, sign_in, cast):
    client = sign_in("staff")
    made = client.post(
        f"{ROOT}new", data={"kind": "supervisors", "name": "监事会", "branch_id": 0, "starts_on": "2020.5.1"}
    )
    assert made.status_code == 303
    body = session.query(Body).filter_by(name="监事会").one()
    client.post(
        f"{ROOT}{body.id}/posts/new", data={"name": "监事长", "rank": "1", "seats": "1", "principal": "y"}
    )
    client.post(
        f"{ROOT}{body.id}/terms/new",
        data={"ordinal": "3", "starts_on": "20240501", "planned_end_on": "20290501"},
    )
    post = session.query(Post).filter_by(body_id=body.id).one()
    assert (post.seats, post.principal) == (1, True)
    assert session.query(Term).filter_by(body_id=body.id).one().starts_on == date(2024, 5, 1)
    assert "监事长" in text(client.get(f"{ROOT}{body.id}/terms/3"))


def test_what_is_refused_of_a_new_body_is_said_and_kept(sign_in, cast):
    filled = {"kind": "council", "name": "理事会", "branch_id": 0, "starts_on": "2020-05-01"}
    answer = sign_in("staff").post_part(f"{ROOT}new", data=filled)
    assert answer.status_code == 422
    assert "已有机构叫“理事会”" in text(answer)
    assert 'value="理事会"' in text(answer)


def test_closing_a_term_leads_back_to_it(sign_in, council):
    client = sign_in("staff")
    answer = client.post_part(f"{council}/close", data={"on": "2026-11-24", "version": 1})
    assert (answer.status_code, answer.headers["HX-Location"]) == (204, council)
    assert "第八届已于" in text(client.post_part(f"{council}/close", data={"on": "2026-11-24", "version": 2}))


def test_staff_change_the_seats_of_a_post(session, sign_in, cast):
    url = f"{ROOT}{cast.council.id}/posts/{cast.director_post.id}/edit"
    client = sign_in("staff")
    assert 'value="15"' in text(client.part(url))
    filled = {"name": "理事", "rank": "40", "seats": "21", "version": 1}
    assert client.post(url, data=filled).location == f"{ROOT}{cast.council.id}"
    session.refresh(cast.director_post)
    assert cast.director_post.seats == 21
    late = client.post_part(url, data={**filled, "seats": "17"})
    assert late.status_code == 409
    assert "理事，21 席" in text(late)
    assert 'value="17"' in text(late)


def test_a_term_is_extended_with_approval(session, sign_in, cast, council):
    client = sign_in("staff")
    refused = client.post_part(f"{council}/extend", data={"until": "2028-01-01", "approval": "京科协函 3 号"})
    assert refused.status_code == 422
    assert "须晚于计划届满日 2028-05-01" in text(refused)
    filled = {"until": "2028年12月31日", "approval": "京科协函 3 号", "version": 1}
    assert client.post(f"{council}/extend", data=filled).location == council
    page = text(client.get(f"{council}?on=2028-06-01"))
    assert "经批准延期至 2028年12月31日" in page
    assert "届满未换届" not in page


def test_a_society_without_bodies_says_what_to_do_next(sign_in):
    assert "先设立理事会" in text(sign_in("admin").get("/societies/bjst/bodies/"))


def test_the_number_of_officers_costs_no_further_queries(session, sign_in, cast, council, count_queries):
    client = sign_in("staff")
    client.get(council)
    with count_queries() as few:
        client.get(council)
    with count_queries() as few_bodies:
        client.get(ROOT)
    for person in (cast.chen, cast.ouyang, cast.mary):
        command = Appoint(person.id, cast.director_post.id, cast.term.id, date(2024, 1, 1))
        services.appoint(session, cast.society, command)
    founding.establish(session, cast.society, founding.Establish("party", "党支部", date(2010, 1, 1)))
    session.commit()
    with count_queries() as many:
        client.get(council)
    with count_queries() as many_bodies:
        client.get(ROOT)
    assert len(many) == len(few) <= 12
    assert len(many_bodies) == len(few_bodies) <= 12
