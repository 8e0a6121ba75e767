"""The pages of findings: who sees, raises, answers and judges them."""

from __future__ import annotations

from io import BytesIO

import pytest

FINDINGS = "/societies/bjcs/findings/"
KEY = "council_of_members-{}"


@pytest.fixture
def key(cast):
    return KEY.format(cast.council.id)


@pytest.fixture
def page(raised):
    return f"{FINDINGS}{raised.id}"


def test_from_a_verdict_a_supervisor_comes_to_raising(sign_in, key, cast):
    answer = sign_in("supervisor").get(f"{FINDINGS}about?key={key}", follow_redirects=True)
    assert "提出整改" in answer.text
    assert "理事 2 人，会员 5 人" in answer.text


def test_what_is_raised_already_is_shown_instead(sign_in, key, raised):
    answer = sign_in("supervisor").get(f"{FINDINGS}about?key={key}")
    assert answer.location.endswith(f"/findings/{raised.id}")


def test_where_nothing_was_raised_the_staff_are_told(sign_in, key, cast):
    answer = sign_in("staff").get(f"{FINDINGS}about?key={key}", follow_redirects=True)
    assert "还没有提出整改" in answer.text


def test_a_finding_is_raised(sign_in, key, cast):
    client = sign_in("supervisor")
    typed = {"title": "理事偏多", "words": "请调整", "until": "2027-03-01"}
    answer = client.post(f"{FINDINGS}new?about={key}", data=typed, follow_redirects=True)
    assert "请在 2027年3月1日 以前答复" in answer.text
    assert "理事偏多" in client.get("/supervision/-/findings").text


def test_a_day_that_has_passed_is_refused_at_its_field(sign_in, key, cast):
    typed = {"title": "理事偏多", "words": "请调整", "until": "2026-01-01"}
    answer = sign_in("supervisor").post(f"{FINDINGS}new?about={key}", data=typed)
    assert answer.status_code == 422
    assert "期限要在今天以后" in answer.text
    assert "理事偏多" in answer.text


def test_the_staff_answer_with_a_paper_that_others_fetch(sign_in, page, raised):
    files = [(BytesIO(b"%PDF-1.7 minutes"), "决议.pdf")]
    typed = {"words": "已调整", "version": "1", "files": files}
    answer = sign_in("staff").post(f"{page}/answer", data=typed, follow_redirects=True)
    assert "待审核" in answer.text
    paper = sign_in("supervisor").get(f"{page}/papers/1")
    assert (paper.data, paper.mimetype) == (b"%PDF-1.7 minutes", "application/octet-stream")
    assert sign_in("staff2").get(f"{page}/papers/1").status_code == 404


def test_staff_see_on_their_overview_what_is_to_be_answered(sign_in, raised):
    assert "1 项整改要答复，最近的期限是 2027年1月31日" in sign_in("staff").get("/societies/bjcs/").text


def test_deeds_are_offered_to_those_who_may_do_them(sign_in, page, raised):
    staff, above, own = (sign_in(who).get(page).text for who in ("staff", "supervisor", "auditor"))
    assert "/answer" in staff
    assert "/send-back" not in staff
    assert "/answer" not in above
    assert "/send-back" in above
    assert "/send-back" not in own


def test_accepting_is_not_offered_while_the_register_speaks_against_it(sign_in, page, raised):
    assert "/accept" not in sign_in("supervisor").get(page).text


def test_two_who_judge_at_once_are_told(sign_in, page, raised):
    client = sign_in("supervisor")
    typed = {"words": "仍不足", "until": "2027-06-01", "version": "1"}
    assert client.post(f"{page}/send-back", data=typed).status_code == 303
    answer = client.post(f"{page}/send-back", data=typed)
    assert answer.status_code == 409
    assert "别人改过" in answer.text


def test_what_came_back_is_put_on_record_by_the_command(app, session, raised):
    session.commit()
    assert "0 项整改" in app.test_cli_runner().invoke(args=["review"]).output
