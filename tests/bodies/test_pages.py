"""The pages of bodies and terms: who sees them, what they show, how forms answer."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies import founding, services
from registry.bodies.deciding import Annul, annul
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, EndTenure

ROOT = "/societies/bjcs/bodies/"
READERS = ["admin", "staff", "branch", "auditor", "supervisor"]
OTHERS = ["branch", "member", "auditor", "supervisor", "staff2"]


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


def test_an_office_whose_decision_is_annulled_says_so_and_stays(session, sign_in, cast, council):
    annul(session, cast.decision, Annul(date(2025, 6, 1), "到会人数不足"))
    for day, marks in (("2025-05-31", 0), ("2025-06-01", 2)):
        page = text(sign_in("staff").get(council, query_string={"on": day}))
        assert page.count("依据已撤销") == marks
        assert "欧阳晓月" in page


def test_a_seat_left_says_since_when(session, sign_in, cast, council):
    services.end(session, cast.chair, EndTenure(date(2025, 3, 1), "resigned"))
    assert "2025-03-01 起" in text(sign_in("staff").get(council))


def test_the_line_of_a_body_shows_terms_officers_and_meetings(sign_in, cast):
    page = text(sign_in("auditor").get(f"{ROOT}{cast.council.id}/line"))
    assert "第八届" in page
    assert "欧阳晓月：2023-05-01 至 今" in page


def test_a_body_without_terms_has_no_line(session, sign_in, cast):
    body = founding.establish(
        session, cast.society, founding.Establish(BodyKind.SUPERVISORS, "监事会", date(2020, 1, 1))
    )
    assert "还没有届次" in text(sign_in("staff").get(f"{ROOT}{body.id}/line"))


def test_two_days_are_compared_with_shares_and_names(session, sign_in, cast):
    services.end(session, cast.chair, EndTenure(date(2025, 3, 1), "resigned"))
    query = {"from": "2024-01-01", "to": "2026-01-01"}
    page = text(sign_in("auditor").get(f"{ROOT}{cast.council.id}/difference", query_string=query))
    assert "50.0%" in page
    assert "欧阳晓月" in page
    assert "离任" in page


def test_what_cannot_be_compared_is_said(sign_in, cast):
    client = sign_in("staff")
    for query in ({}, {"from": "x", "to": "9"}, {"from": "1990-01-01", "to": "1991-01-01"}):
        page = client.get(f"{ROOT}{cast.council.id}/difference", query_string=query)
        assert "没有可以对照的两届" in text(page)
