"""The forms of bodies, terms and offices: how they are answered, as pages and in their place."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies import founding
from registry.bodies.models import Body, Post, Tenure, Term
from registry.core.errors import RuleBroken, Stale
from registry.memberships.services import Admit, admit
from registry.people.services import enter_person, read_facts

ROOT = "/societies/bjcs/bodies/"


def text(answer):
    return answer.get_data(as_text=True)


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


@pytest.mark.parametrize("asked", ["王", "wang", "wf", "B00001"])
def test_candidates_follow_what_is_typed(sign_in, cast, council, asked):
    part = text(sign_in("staff").part(f"{council}/appoint", query_string={"person": asked}))
    assert f'value="{cast.wang.id}" checked' in part
    assert "B00001" in part
    assert "北京星河大学" in part
    assert "理事" in part
    assert "<form" not in part


def test_nobody_by_that_name_is_said(sign_in, council):
    assert "没有这样的会员" in text(
        sign_in("staff").part(f"{council}/appoint", query_string={"person": "赵"})
    )


@pytest.fixture
def namesake(session, cast):
    """Another 王富."""
    facts = read_facts({"name": "王富", "region": "内地", "employer": "燕山计算研究所"})
    person = enter_person(session, cast.society.id, facts.values)
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, date(2020, 1, 1), "B00777"))
    session.commit()
    return person


def test_of_two_namesakes_one_is_picked_without_script(session, sign_in, cast, council, typed, namesake):
    client = sign_in("staff")
    again = client.post(f"{council}/appoint", data=typed | {"person": "王富"})
    assert again.status_code == 422
    assert text(again).count('name="person_id"') == 2
    picked = typed | {"person": "王富", "person_id": namesake.id}
    assert client.post(f"{council}/appoint", data=picked).status_code == 303
    assert session.query(Tenure).filter_by(person_id=namesake.id).one().post.name == "理事"


def test_a_pick_that_no_longer_fits_what_is_typed_is_not_taken(
    session, sign_in, cast, council, typed, namesake
):
    picked = typed | {"person": "陳大文", "person_id": namesake.id}
    assert sign_in("staff").post(f"{council}/appoint", data=picked).status_code == 303
    assert session.query(Tenure).filter_by(person_id=namesake.id).count() == 0


def test_a_body_ends_with_its_term_and_offices(session, sign_in, cast):
    url = f"{ROOT}{cast.council.id}/end"
    assert sign_in("staff").post(url, data={"on": "2026-10-01"}).status_code == 303
    session.expire_all()
    assert cast.council.ends_on == cast.term.ends_on == cast.chair.ends_on == date(2026, 10, 1)
    assert cast.chair.ended_by == "term"
    again = sign_in("staff").post(url, data={"on": "2026-10-01"})
    assert again.status_code == 422
    assert "已于 2026-10-01 终止" in text(again)


def test_a_body_does_not_end_before_what_it_holds(session, cast):
    with pytest.raises(RuleBroken, match="超出这一天"):
        founding.end_body(session, cast.council, date(2022, 1, 1))
    with pytest.raises(RuleBroken, match="须晚于成立日期"):
        founding.end_body(session, cast.council, date(1999, 5, 1))
    with pytest.raises(Stale):
        founding.end_body(session, cast.council, date(2026, 1, 1), version=99)
