"""The pages of slates, as a whole and as htmx asks for parts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from registry.bodies import queries as bodies
from registry.integrity.services import Find, record
from registry.slates import queries, services
from tests.databases import TODAY

SLATES = "/societies/bjcs/slates/"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


@pytest.fixture
def slate(session, cast):
    begin = services.Begin(cast.council.id, 9, date(2026, 12, 1), date(2031, 12, 1), from_term=True)
    row = services.begin(session, cast.society, begin, TODAY, datetime(2026, 11, 24, tzinfo=UTC))
    session.commit()
    return row


@pytest.fixture
def here(slate):
    return f"{SLATES}{slate.id}"


def test_a_slate_is_begun_from_the_current_term(staff, cast):
    form = staff.get(f"{SLATES}new?body={cast.council.id}").text
    assert 'value="9"' in form
    typed = {
        "body_id": cast.council.id,
        "ordinal": "9",
        "starts_on": "2026-12-1",
        "planned_end_on": "2031年12月1日",
    }
    begun = staff.post(f"{SLATES}new", data={**typed, "from_term": "y"}, follow_redirects=True)
    assert "第九届拟任名单" in begun.text
    assert "欧阳晓月" in begun.text
    again = staff.post(f"{SLATES}new", data={**typed, "ordinal": "8"})
    assert again.status_code == 422
    assert "已有第 8 届" in again.text


def test_the_page_shows_candidates_verdicts_and_composition(staff, here):
    text = staff.get(here).text
    for words in ("欧阳晓月", "verdict-counts", "席位图", "构成"):
        assert words in text


def test_adding_answers_the_slate_as_it_now_is(staff, here, cast):
    post = max(cast.council.posts, key=lambda row: row.rank).id
    assert "陳大文" in staff.get(f"{here}/candidates?person=chendawen", headers=PART).text
    part = staff.post_part(f"{here}/candidates", data={"person": "陳大文", "post_id": post})
    assert part.status_code == 200
    assert "已加入" in part.text
    assert "<html" not in part.text
    twice = staff.post_part(f"{here}/candidates", data={"person": "陳大文", "post_id": post})
    assert twice.status_code == 422
    assert "陳大文已在这个职务上" in twice.text
    nobody = staff.post(f"{here}/candidates", data={"person": "查无此人", "post_id": post})
    assert nobody.status_code == 422
    assert 'value="查无此人"' in nobody.text


def test_a_candidate_moves_and_goes(staff, here, slate, session, cast):
    row = queries.candidates(session, slate)[-1]
    key = row.id
    head = min(cast.council.posts, key=lambda post: post.rank)
    place, data = f"{here}/candidates/{key}", {"deed": "move", "version": row.version}
    assert staff.post(place, data={**data, "post_id": head.id}).status_code == 303
    assert staff.post(place, data={**data, "post_id": head.id, "version": "0"}).status_code == 409
    gone = staff.post_part(place, data={"deed": "remove"})
    assert f'id="candidate-{key}"' not in gone.text
    assert staff.post(place, data={"deed": "remove"}).status_code == 404


def test_pasted_names_are_added_and_the_unknown_said(staff, here):
    answer = staff.post(
        f"{here}/paste", data={"text": "陳大文\n查无此人", "post_id": "2"}, follow_redirects=True
    )
    assert "已加入 1 人" in answer.text
    assert "查无此人（名册里没有）" in answer.text


def test_a_file_of_names_becomes_candidates(staff, here):
    file = (BytesIO("姓名,职务\n陳大文,理事\n查无此人,理事\n".encode("gb18030")), "拟任.csv")
    typed = {"text": "", "post_id": "2", "file": file}
    answer = staff.post(f"{here}/paste", data=typed, follow_redirects=True)
    assert "已加入 1 人" in answer.text
    assert "查无此人（名册里没有）" in answer.text
    refused = staff.post(f"{here}/paste", data={"post_id": "2", "file": (BytesIO(b"PK no"), "拟任.xlsx")})
    assert refused.status_code == 422


def test_a_record_against_integrity_is_marked_at_the_name(staff, here, session, cast):
    record(
        session, cast.society.id, cast.wang.id, Find(date(2025, 3, 1), "署名不当", "某委〔2025〕3号"), TODAY
    )
    session.commit()
    page = staff.get(here).text
    assert "诚信记录" in page
    assert "署名不当" in page


def test_two_slates_stand_side_by_side(staff, here, session, slate, cast):
    begin = services.Begin(cast.council.id, 9, date(2026, 12, 1), date(2031, 12, 1), "方案二")
    other = services.begin(session, cast.society, begin, TODAY, datetime(2026, 11, 24, tzinfo=UTC))
    session.commit()
    assert f"/beside/{other.id}" in staff.get(here).text
    text = staff.get(f"{here}/beside/{other.id}").text
    assert "只在这一份" in text
    assert staff.get(f"{here}/beside/{slate.id}").status_code == 404


def test_passing_makes_officers_and_can_be_taken_back(staff, here, session, cast, slate):
    day = date(2026, 12, 1)
    assert staff.post(f"{here}/pass", data={"meeting": "", "decided_on": "2026-12-01"}).status_code == 422
    passed = staff.post(f"{here}/pass", data={"meeting": "第九次会员代表大会", "decided_on": "2026-12-01"})
    assert passed.headers["Location"].endswith(f"/bodies/{cast.council.id}/terms/9")
    session.expire_all()
    assert bodies.holding(session, cast.society.id, day, cast.council.id)
    page = staff.get(here).text
    assert "整份撤销" in page
    act = queries.slate(session, cast.society.id, slate.id).act_id
    session.commit()
    staff.post(f"/societies/bjcs/acts/{act}/undo")
    assert "通过之后又撤销了" in staff.get(here).text
    staff.post(f"{here}/state", data={"deed": "reopen"})
    assert "加入名单" in staff.get(here).text


def test_a_slate_is_laid_aside_and_taken_up_again(staff, here):
    assert "已搁置" in staff.post(f"{here}/state", data={"deed": "drop"}, follow_redirects=True).text
    assert "加入名单" not in staff.get(here).text
    assert staff.post(f"{here}/pass", data={"meeting": "会", "decided_on": "2026-12-01"}).status_code == 422
    assert "加入名单" in staff.post(f"{here}/state", data={"deed": "reopen"}, follow_redirects=True).text


def test_the_own_supervisors_look_and_do_not_touch(sign_in, here):
    auditor = sign_in("auditor")
    text = auditor.get(here).text
    assert "欧阳晓月" in text
    assert "加入名单" not in text
    assert auditor.post(f"{here}/state", data={"deed": "drop"}).status_code == 403
    assert sign_in("supervisor").get(here).status_code == 403
