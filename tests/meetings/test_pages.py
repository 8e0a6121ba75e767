"""The pages of meetings: who sees them, what they show, how their forms answer."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from registry.bodies.models import Decision, Meeting
from registry.meetings.models import MeetingPaper
from registry.meetings.services import Hold, hold

ROOT = "/societies/bjcs/meetings/"


@pytest.fixture
def url(cast):
    """The address of the meeting that elected the council."""
    return f"{ROOT}{cast.decision.meeting_id}"


def text(answer):
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["admin", "staff", "branch", "auditor", "supervisor"])
def test_readers_see_meetings_with_what_they_decided(sign_in, cast, url, name):
    client = sign_in(name)
    assert "第八次会员代表大会" in text(client.get(ROOT))
    page = text(client.get(url))
    assert "选举第八届理事会" in page
    assert "达到法定人数" in page
    assert "欧阳晓月" in page


@pytest.mark.parametrize("name", ["member", "staff2"])
def test_others_see_none(sign_in, url, name):
    assert sign_in(name).get(url).status_code in {403, 404}


def test_the_list_is_cut_to_one_body(session, sign_in, cast):
    hold(session, cast.society, Hold("第八届理事会第三次会议", date(2025, 1, 8), cast.council.id))
    page = text(sign_in("staff").get(ROOT, query_string={"body": cast.council.id}))
    assert "第三次会议" in page
    assert "第八次会员代表大会" not in page


def test_staff_record_a_meeting_and_its_decision(session, sign_in, cast):
    client = sign_in("staff")
    typed = {"name": "第三次会议", "held_on": "2025-01-08", "body_id": cast.council.id, "entitled": 15}
    answer = client.post(f"{ROOT}new", data={**typed, "present": 12})
    assert answer.status_code == 303
    meeting = session.query(Meeting).filter_by(name="第三次会议").one()
    assert (meeting.entitled, meeting.present, meeting.quorate) == (15, 12, True)
    votes = {"text": "增补理事", "votes_for": 11, "votes_against": 1}
    assert client.post(f"{ROOT}{meeting.id}/decisions/new", data=votes).status_code == 303
    page = text(client.get(f"{ROOT}{meeting.id}"))
    assert "增补理事" in page
    assert "<b>11</b>" in page
    assert client.post(f"{ROOT}new", data={**typed, "present": 12}).status_code == 422


def test_a_decision_is_annulled_with_a_reason(session, sign_in, cast, url):
    client, here = sign_in("staff"), f"{url}/decisions/{cast.decision.id}"
    assert "2 项" in text(client.get(f"{here}/annul"))
    assert client.post(f"{here}/annul", data={"on": "2025-06-01"}).status_code == 422
    assert client.post(f"{here}/annul", data={"on": "2025-06-01", "why": "到会不足"}).status_code == 303
    page = text(client.get(url))
    assert "到会不足" in page
    assert page.count("依据已撤销") == 2


def test_meeting_and_decision_are_set_right(session, sign_in, cast, url):
    client = sign_in("staff")
    typed = {"name": "第八次会员代表大会", "held_on": "2023-05-01", "body_id": 0, "entitled": 120}
    assert client.post(f"{url}/edit", data={**typed, "present": 70, "why": "重数"}).status_code == 303
    assert "未达法定人数" in text(client.get(url))
    reworded = {"text": "选举第八届理事会、监事会", "votes_for": 70, "why": "补记"}
    assert client.post(f"{url}/decisions/{cast.decision.id}/edit", data=reworded).status_code == 303
    session.expire_all()
    assert session.get(Decision, cast.decision.id).votes_for == 70
    assert "选举第八届理事会" in text(client.get(f"{url}/decisions/{cast.decision.id}/edit"))


def test_a_paper_is_kept_and_given_back(session, sign_in, url):
    client = sign_in("staff")
    sent = {"file": (BytesIO(b"%PDF-1.7 minutes"), "纪要.pdf")}
    assert client.post(f"{url}/papers/new", data=sent).status_code == 303
    paper = session.query(MeetingPaper).one()
    answer = client.get(f"{url}/papers/{paper.id}")
    assert answer.get_data() == b"%PDF-1.7 minutes"
    assert "attachment" in answer.headers["Content-Disposition"]
    wrong = {"file": (BytesIO(b"MZ"), "纪要.exe")}
    assert "只收 PDF" in text(client.post(f"{url}/papers/new", data=wrong))


def test_older_meetings_are_on_a_further_page(session, sign_in, cast):
    for number in range(70):
        hold(session, cast.society, Hold(f"会议{number}", date(2024, 1, 1)))
    client = sign_in("staff")
    first = text(client.get(ROOT))
    assert "会议69" in first
    assert "会议0<" not in first
    assert 'rel="next"' in first
    assert client.get(ROOT, query_string={"before": "x,y"}).status_code == 200
