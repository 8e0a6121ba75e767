"""Asking whether all is still true, and answering by link, by code and signed in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.confirmations import queries, services
from registry.confirmations.masking import masked
from registry.confirmations.services import Begin
from registry.core.errors import RuleBroken
from registry.journal.models import Act
from registry.mail.models import Mail

DAY = date(2026, 11, 24)
NOW = datetime.now(UTC)
NEW = "/societies/bjcs/confirmations/new"


@pytest.fixture
def begin(session, cast):
    def begun(post=None, **whom):
        found = services.begin(session, cast.society, Begin(**whom), DAY, NOW, post)
        session.commit()
        return found

    return begun


def test_who_has_an_address_is_mailed_and_the_others_get_a_letter(begin, session):
    links = []
    row, letters = begin(lambda secret: links.append(secret) or f"https://x.cn/confirm/{secret}")
    assert (row.asked, len(links), len(letters)) == (4, 2, 2)
    assert len(session.scalars(select(Mail)).all()) == 2
    assert {letter.name for letter in letters} == {"陳大文", "欧阳晓月"}


def test_a_branch_and_a_day_narrow_whom_to_ask(begin, session, cast):
    assert begin(branch_id=cast.branch.id)[0].asked == 1
    services.confirm(session, cast.wang, DAY)
    session.commit()
    with pytest.raises(RuleBroken, match="没有要问的会员"):
        begin(branch_id=cast.branch.id, since=DAY)


def test_a_code_is_good_once_and_for_its_time(begin, session, cast):
    letter = next(one for one in begin()[1] if one.name == "王富")
    assert services.behind(session, letter.code, NOW + timedelta(days=61)) is None
    link, person = services.behind(session, letter.code.lower(), NOW)
    services.answer(session, link, DAY, NOW)
    session.commit()
    assert (person.id, cast.wang.confirmed_on) == (cast.wang.id, DAY)
    assert services.behind(session, letter.code, NOW) is None
    assert queries.fresh(session, cast.society.id, DAY, DAY) == (1, 4)


def test_what_is_shown_unsigned_names_nobody(cast):
    told = dict(masked(cast.wang))
    assert told["姓名"] == "王○"
    assert told["电话"] == "••••0001"
    assert told["邮箱"] == "w•••@example.cn"
    assert "北京星河大学" not in told.values()


def test_looking_confirms_nothing_and_pressing_does(begin, client, cast, session):
    letter = next(one for one in begin()[1] if one.name == "王富")
    page = client.get(f"/confirm/{letter.code}").text
    assert "王○" in page
    assert "13800000001" not in page
    session.rollback()
    assert cast.wang.confirmed_on is None
    assert "谢谢，已确认" in client.post(f"/confirm/{letter.code}").text
    session.expire_all()
    assert cast.wang.confirmed_on == DAY
    act = session.scalars(select(Act).order_by(Act.id.desc())).first()
    assert (act.deed, act.actor_name) == ("confirmation:give", "本人（确认链接）")
    assert client.post(f"/confirm/{letter.code}").status_code == 422


def test_a_wrong_code_says_the_same_as_a_used_one(client):
    answer = client.get("/confirm?code=0000-0000-0000")
    assert (answer.status_code, "不对、已经用过，或已过期" in answer.text) == (200, True)


def test_letters_are_shown_once_and_freshness_to_the_office(sign_in, client):
    staff = sign_in("staff")
    text = staff.post(NEW, data={"branch_id": "", "since": ""}).text
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert len(codes) == 4
    client.post(f"/confirm/{codes[0]}")
    assert "<dd>1 <small>/ 4</small></dd>" in staff.get("/societies/bjcs/confirmations/").text
    assert "2026年11月24日本人确认" in staff.get("/societies/bjcs/members/B00001").text


def test_the_member_confirms_signed_in(sign_in, cast):
    member = sign_in("member")
    assert "请您确认" in member.get("/me").text
    assert member.post("/me/bjcs/confirm").status_code == 303
    assert "您在2026年11月24日确认过" in member.get("/me").text
