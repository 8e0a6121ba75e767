"""Tags: words of the society, hung on people and taken off, by whom and how."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from registry.core.errors import RuleBroken
from registry.journal.models import Act, Entry
from registry.journal.queries import first_broken
from registry.tags import queries, services
from registry.tags.models import Tag, Tagging

PAGE = "/societies/bjcs/members/B00001"


@pytest.fixture
def expert(session, cast):
    tag = services.add(session, cast.society.id, "专家库", [cast.wang.id, cast.chen.id])
    session.commit()
    return tag


def words(session, cast, person):
    return [tag.name for tag in queries.of_person(session, cast.society.id, person.id)]


def test_a_tag_hangs_on_many_people_in_one_act(session, cast, expert):
    assert words(session, cast, cast.wang) == words(session, cast, cast.chen) == ["专家库"]
    act = session.scalars(select(Act).order_by(Act.id.desc())).first()
    held = [entry.person_id for entry in act.entries if entry.table_name == "tagging"]
    assert (act.deed, held) == ("tag:add", [cast.wang.id, cast.chen.id])
    assert first_broken(session, cast.society.id) is None


def test_a_tag_taken_off_can_be_hung_again_and_nothing_is_deleted(session, cast, expert):
    services.remove(session, expert, [cast.wang.id])
    session.commit()
    assert words(session, cast, cast.wang) == []
    services.add(session, cast.society.id, "专家库", [cast.wang.id])
    session.commit()
    assert words(session, cast, cast.wang) == ["专家库"]
    assert session.scalar(select(func.count(Tagging.id))) == 2


def test_a_tag_that_is_borne_already_is_not_journalled_again(session, cast, expert):
    before = session.scalar(select(func.count(Entry.id)))
    services.add(session, cast.society.id, " 专家库 ", [cast.wang.id])
    session.commit()
    assert session.scalar(select(func.count(Entry.id))) == before


def test_people_of_another_society_are_passed_over(session, cast):
    services.add(session, cast.society.id, "专家库", [cast.wang.id, cast.zhao.id])
    session.commit()
    assert session.scalars(select(Tagging.person_id)).all() == [cast.wang.id]


def test_a_tag_that_nobody_bears_is_not_offered(session, cast, expert):
    assert [tag.name for tag in queries.tags(session, cast.society.id)] == ["专家库"]
    services.remove(session, expert, [cast.wang.id, cast.chen.id])
    session.commit()
    assert queries.tags(session, cast.society.id) == []


@pytest.mark.parametrize("typed", ["", "  ", "一" * 21, "甲，乙", "甲、乙", "甲;乙", "\u200b"])
def test_what_is_no_word_is_refused(session, cast, typed):
    with pytest.raises(RuleBroken):
        services.add(session, cast.society.id, typed, [cast.wang.id])


def test_wide_letters_make_the_same_tag(session, cast):
    services.add(session, cast.society.id, "ＡＩ 组", [cast.wang.id])
    services.add(session, cast.society.id, "AI 组", [cast.chen.id])
    session.commit()
    assert session.scalars(select(Tag.name)).all() == ["AI 组"]


def test_the_page_of_a_member_shows_adds_and_removes(sign_in, session, cast, expert):
    client = sign_in("staff")
    assert "专家库" in client.get(PAGE).text
    assert client.post(f"{PAGE}/tags/", data={"tag": "评审"}).status_code == 303
    part = client.post_part(f"{PAGE}/tags/{expert.id}/remove")
    assert part.status_code == 200
    assert "评审" in part.text
    assert words(session, cast, cast.wang) == ["评审"]


def test_an_error_stands_at_the_input(sign_in, session, cast):
    answer = sign_in("staff").post(f"{PAGE}/tags/", data={"tag": "甲、乙"})
    assert answer.status_code == 422
    assert "一次一个标签" in answer.text


def test_branch_staff_use_the_words_of_the_society_and_make_none(sign_in, session, cast, expert):
    client = sign_in("branch")
    assert client.post(f"{PAGE}/tags/", data={"tag": "新词"}).status_code == 422
    assert client.post(f"{PAGE}/tags/{expert.id}/remove").status_code == 303
    assert client.post(f"{PAGE}/tags/", data={"tag": "专家库"}).status_code == 303
    assert client.post("/societies/bjcs/members/B00002/tags/", data={"tag": "专家库"}).status_code == 403


def test_the_auditor_reads_tags_and_the_member_does_not(sign_in, session, cast, expert):
    auditor = sign_in("auditor").get(PAGE).text
    assert "专家库" in auditor
    assert "tag-add" not in auditor
    assert "专家库" not in sign_in("member").get("/me").text
