"""The pages: a stranger applies and learns nothing, the staff work the queue."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from registry.joining import queries, services
from registry.joining.models import Application, StepKind, Track
from registry.joining.services import Settle, Take
from tests.databases import TODAY
from tests.joining.conftest import TYPED
from tests.mail.server import MailServer, text, using

JOIN, QUEUE = "/join/bjcs/", "/societies/bjcs/applications/"


def form_of(track):
    typed = TYPED[track]
    papers = {f"document_{key}": value for key, value in typed.document.items()}
    return {**typed.facts, **papers}


@pytest.fixture
def begun(client, joining):
    """The address of a new application of a track."""

    def begun(track="mainland"):
        return client.post(f"{JOIN}begin", data={"track": track}).location.split("localhost")[-1]

    return begun


def test_where_nothing_is_open_there_is_no_page(client, cast):
    assert client.get(JOIN).status_code == 404


def test_the_open_tracks_are_offered(client, session, cast, joining):
    services.settle(session, cast.society.id, Settle(["foreign"], 0, "欢迎"))
    session.commit()
    page = client.get(JOIN).text
    assert "外籍" in page
    assert "持居民身份证" not in page
    assert client.post(f"{JOIN}begin", data={"track": "mainland"}).status_code == 422


@pytest.mark.parametrize("track", Track)
def test_an_application_of_each_track_is_handed_in(client, session, cast, begun, track):
    where = begun(track)
    answer = client.post(where, data={**form_of(track), "deed": "submit"})
    assert answer.status_code == 303
    assert "待初审" in client.get(where).text


def test_a_mailbox_is_not_flooded_with_a_strangers_words(app, client, session, cast, begun):
    app.extensions.pop("reset_asked", None)
    typed = {**form_of("mainland"), "email": "victim@example.cn", "deed": "submit"}
    with MailServer() as server, using(app, server):
        for _ in range(7):
            assert client.post(begun(), data=typed).status_code == 303
        mails = server.wait(5)
    assert len(mails) == 5
    assert typed["name"] not in text(mails[0])


def test_what_lacks_is_said_at_its_field_and_what_was_typed_is_kept(client, begun):
    where = begun()
    answer = client.post(where, data={"name": "夏荷", "phone": "没有电话", "deed": "submit"})
    assert answer.status_code == 422
    for key in ("sex", "birth", "employer", "phone", "document_number"):
        assert f'id="{key}-error"' in answer.text
    assert 'value="夏荷"' in answer.text
    assert 'value="没有电话"' in answer.text


def test_it_is_kept_half_done_and_found_again_by_the_link_alone(client, session, cast, begun):
    where = begun()
    client.post(where, data={"name": "夏荷", "phone": "没有电话", "deed": "keep"})
    page = client.get(where)
    assert 'value="夏荷"' in page.text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "这个链接打不开" in client.get(f"{JOIN}mine/nothing").text
    services.settle(session, cast.other.id, Settle(["mainland"], 0, ""))
    session.commit()
    assert "这个链接打不开" in client.get(where.replace("bjcs", "bjme")).text


def test_a_stranger_cannot_tell_whether_somebody_is_known(client, session, cast, begun, count_queries):
    """王富 is a member and his document is known; 夏荷 is not: the same answers, the same work."""
    known = {**form_of(Track.MAINLAND), "name": "王富", "birth": "1965-03-08", "sex": "M"}
    known |= {"document_number": "110108196503080014", "phone": "13800000001"}
    answers = []
    for data in (known, form_of(Track.MAINLAND)):
        where = begun()
        with count_queries() as asked:
            answer = client.post(where, data={**data, "deed": "submit"})
        status = re.sub(r"王富|夏荷", "X", client.get(where).text)
        answers.append((answer.status_code, len(asked), re.sub(r'(mine/|value=")[^"/]*', "", status)))
    assert answers[0] == answers[1]


def test_a_file_is_attached_sealed_and_fetched_by_the_staff(client, sign_in, session, begun):
    where = begun()
    client.post(f"{where}/papers", data={"file": (BytesIO(b"%PDF-1.7 proof"), "学历.pdf")})
    refused = client.post(f"{where}/papers", data={"file": (BytesIO(b"MZ"), "坏.exe")})
    assert refused.status_code == 422
    assert "只收 PDF" in refused.text
    client.post(where, data={**form_of(Track.MAINLAND), "deed": "submit"})
    row = session.scalars(select(Application)).one()
    assert b"proof" not in row.papers[0].content
    place = f"{QUEUE}{row.id}/papers/{row.papers[0].id}"
    assert sign_in("staff").get(place).data == b"%PDF-1.7 proof"
    assert sign_in("staff2").get(place).status_code == 404


def test_the_staff_see_who_it_may_be_and_the_number_masked(sign_in, applied, session, cast):
    typed = services.Typed(
        {**TYPED[Track.MAINLAND].facts, "name": "王富", "birth": "1965-03-08", "sex": "M"},
        {"kind": "resident_id", "number": "110108196503080014"},
    )
    row, _secret = applied(typed=typed)
    page = sign_in("staff").get(f"{QUEUE}{row.id}").text
    assert "名册里可能已有这个人" in page
    assert "B00001" in page
    assert "110108196503080014" not in page
    done = sign_in("staff").post(f"{QUEUE}{row.id}/person", data={"person": "B00001"}, follow_redirects=True)
    assert "已认定是名册里原有的人" in done.text


def test_the_staff_see_who_may_act_for_a_unit(sign_in, applied, session, cast):
    facts = {**TYPED[Track.UNIT].facts, "representative_number": ""}
    row, _secret = applied(Track.UNIT, services.Typed(facts))
    staff, where = sign_in("staff"), f"{QUEUE}{row.id}"
    assert "单位代表可能是这位会员" in staff.get(where).text
    done = staff.post(f"{where}/person", data={"person": "B00001"}, follow_redirects=True)
    assert "已认定单位代表是名册里的会员" in done.text
    session.rollback()
    assert queries.one(session, cast.society.id, row.id).person_id == cast.wang.id


def test_a_unit_names_who_acts_for_it(client, begun):
    answer = client.post(begun("unit"), data={**form_of(Track.UNIT), "representative": "", "deed": "submit"})
    assert answer.status_code == 422
    assert 'id="representative-error"' in answer.text


def test_a_queue_by_stages_a_notice_and_a_decision(sign_in, client, applied, session, cast):
    row, secret = applied()
    staff = sign_in("staff")
    assert "待初审" in staff.get(QUEUE).text
    staff.post(f"{QUEUE}{row.id}/checked", data={"words": ""})
    staff.post(f"{QUEUE}{row.id}/noticed", data={"until": str(TODAY + timedelta(7))})
    assert "夏" in staff.get(f"{QUEUE}notice").text
    notice = queries.one(session, cast.society.id, row.id).last(StepKind.NOTICED)
    assert notice.until == TODAY + timedelta(7)
    typed = {"meeting": "八届五次常务理事会", "decided_on": "2026-12-01"}
    assert staff.post(f"{QUEUE}decide", data=typed).status_code == 422
    assert "公示中" in client.get(f"{JOIN}mine/{secret}").text


def test_a_decision_makes_members(sign_in, client, applied, session, cast):
    row, secret = applied()
    services.take(session, [row], Take(StepKind.CHECKED), date(2026, 11, 1))
    services.take(session, [row], Take(StepKind.NOTICED, until=date(2026, 11, 10)), date(2026, 11, 1))
    session.commit()
    typed = {"meeting": "八届五次常务理事会", "decided_on": "2026-11-20", "id": str(row.id)}
    done = sign_in("staff").post(f"{QUEUE}decide", data=typed, follow_redirects=True)
    assert "1 名申请人已入会" in done.text
    assert "夏荷" in sign_in("staff").get("/societies/bjcs/members/?q=夏荷").text.replace("\u3000", "")
    assert "欢迎入会" in client.get(f"{JOIN}mine/{secret}").text


def test_a_member_is_asked_to_recommend(sign_in, applied, session, cast):
    services.settle(session, cast.society.id, Settle(["mainland"], 1, ""))
    typed = services.Typed(TYPED[Track.MAINLAND].facts, TYPED[Track.MAINLAND].document, ["B00001"])
    row, _secret = applied(typed=typed)
    member = sign_in("member")
    assert "夏荷" in member.get("/societies/bjcs/recommendations").text
    key = row.recommendations[0].id
    told = {"id": key, "deed": "yes"}
    assert (
        "您已答复：推荐"
        in member.post("/societies/bjcs/recommendations", data=told, follow_redirects=True).text
    )


def test_the_applicant_withdraws(client, applied):
    _row, secret = applied()
    client.post(f"{JOIN}mine/{secret}/withdraw")
    assert "已办结" in client.get(f"{JOIN}mine/{secret}").text
