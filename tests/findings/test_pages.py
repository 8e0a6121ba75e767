"""The pages of findings: who sees, raises, answers and judges them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from registry.findings import services
from registry.findings.models import StepKind
from registry.findings.services import Day, Say

FINDINGS, AUDIT, ALL = "/societies/bjcs/findings/", "/societies/bjcs/audit/", "/supervision/-/findings"
DAY = date(2026, 11, 24)
KEY = "council_of_members-{}"


@pytest.fixture
def key(cast):
    return KEY.format(cast.council.id)


@pytest.fixture
def page(raised):
    return f"{FINDINGS}{raised.id}"


@pytest.fixture
def settled(session, cast, raised, verdict):
    """The finding, waived until next summer."""
    said = Say("过渡期", raised.version, date(2027, 6, 30), "京科协函〔2026〕8号")
    services.waive(session, raised, said, Day(DAY, verdict()), own=False)
    session.commit()
    return raised


def test_at_a_verdict_raising_is_offered_to_those_who_may(sign_in, key, cast):
    link = f"{FINDINGS}new?about={key}"
    assert link in sign_in("supervisor").get(AUDIT).text
    assert link not in sign_in("staff").get(AUDIT).text
    assert "理事 2 人，会员 5 人" in sign_in("supervisor").get(link).text


def test_at_a_verdict_stands_what_was_raised_about_it(sign_in, key, page):
    for who in ("supervisor", "staff"):
        shown = sign_in(who).get(AUDIT).text
        assert page in shown
        assert "整改：待答复" in shown
        assert f"about={key}" not in shown


def test_nothing_is_raised_at_the_verdicts_of_another_day(sign_in, key, cast):
    assert "findings/new" not in sign_in("supervisor").get(f"{AUDIT}?on=2025-01-01").text


def test_the_matrix_marks_what_is_raised(sign_in, session, raised, verdict):
    assert "不符合，整改：待答复" in sign_in("supervisor").get("/supervision/").text
    assert "整改：" not in sign_in("supervisor").get("/supervision/?on=2025-01-01").text


def test_what_is_settled_has_a_list_of_its_own(sign_in, settled):
    for who, where in (("staff", FINDINGS), ("supervisor", ALL)):
        client = sign_in(who)
        assert settled.title not in client.get(where).text
        assert settled.title in client.get(f"{where}?settled=1").text


def test_a_waiver_that_ran_out_is_open_again_on_every_list(sign_in, settled, session, today):
    today(date(2027, 7, 1))
    assert "问题又出现" in sign_in("supervisor").get(ALL).text
    staff = sign_in("staff")
    assert "问题又出现" in staff.get(FINDINGS).text
    assert "1 项整改要答复" in staff.get("/societies/bjcs/").text


def test_an_answer_that_waits_is_counted_on_the_supervisors_tab(sign_in, session, raised, verdict):
    tab = '整改 <span class="num">1</span>'
    assert tab not in sign_in("supervisor").get(ALL).text
    services.answer(session, raised, Say("已调整", raised.version), Day(DAY, verdict()))
    session.commit()
    assert tab in sign_in("supervisor").get(ALL).text


def test_a_finding_is_raised(sign_in, key, cast):
    client = sign_in("supervisor")
    typed = {"title": "理事偏多", "words": "请调整", "until": "2027-03-01"}
    answer = client.post(f"{FINDINGS}new?about={key}", data=typed, follow_redirects=True)
    assert "请在 2027年3月1日 以前答复" in answer.text
    assert "理事偏多" in client.get(ALL).text


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
    assert (
        "1 项整改要答复，最近的期限是 2027年1月31日，还有 68 天"
        in sign_in("staff").get("/societies/bjcs/").text
    )


def test_in_english_the_day_and_the_numbers_are_english_too(sign_in, raised):
    page = sign_in("staff").get("/societies/bjcs/", headers={"Accept-Language": "en"}).text
    assert "1 finding to answer, next due 31 January 2027, 68 days left" in page


def test_deeds_are_offered_to_those_who_may_do_them(sign_in, page, raised):
    staff, above, own = (sign_in(who).get(page).text for who in ("staff", "supervisor", "auditor"))
    assert "/answer" in staff
    assert "/send-back" not in staff
    assert "/answer" not in above
    assert "/extend" in above
    assert "/send-back" not in above
    assert "/extend" not in own


def test_accepting_is_not_offered_while_the_register_speaks_against_it(sign_in, page, raised):
    assert "/accept" not in sign_in("supervisor").get(page).text


def test_two_who_judge_at_once_are_told(sign_in, page, raised):
    client = sign_in("supervisor")
    typed = {"words": "仍不足", "until": "2027-06-01", "version": "1"}
    assert client.post(f"{page}/extend", data=typed).status_code == 303
    answer = client.post(f"{page}/extend", data=typed)
    assert answer.status_code == 409
    assert "别人改过" in answer.text


def test_what_came_back_is_put_on_record_by_the_command(app, session, settled, today):
    today(date(2027, 7, 1))
    run = app.test_cli_runner()
    assert "1 项整改" in run.invoke(args=["review"]).output
    assert "0 项整改" in run.invoke(args=["review"]).output
    session.rollback()
    assert [step.kind for step in settled.steps][-1] == StepKind.REOPENED
