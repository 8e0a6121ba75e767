"""The words of a society: renamed, merged, deleted, each one act that can be taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.journal import queries as journal
from registry.tags import queries, services
from registry.tags.models import Tag
from registry.undoing.services import undo

HOME = "/societies/bjcs/tags/"


@pytest.fixture
def worn(session, cast):
    """Two tags by word: one of Wang and Chen, one of Chen and Ouyang."""

    def tag(word, *people):
        return services.add(session, cast.society.id, word, [person.id for person in people])

    made = {"专家库": tag("专家库", cast.wang, cast.chen), "评审": tag("评审", cast.chen, cast.ouyang)}
    session.commit()
    return made


@pytest.fixture
def bearers(session, cast):
    """Who bears what: the people's ids by word."""

    def bearers():
        session.commit()
        session.expire_all()
        tags = queries.tags(session, cast.society.id)
        return {tag.name: set(queries.all_bearers(session, cast.society.id, tag.id)) for tag in tags}

    return bearers


def newest(session, cast):
    session.commit()
    return journal.acts(session, cast.society.id, limit=1)[0]


def test_another_word_for_the_same_people(session, cast, worn, bearers):
    services.rename(session, worn["专家库"], " 专家 ")
    assert bearers() == {"专家": {cast.wang.id, cast.chen.id}, "评审": {cast.chen.id, cast.ouyang.id}}
    done = newest(session, cast)
    assert (done.deed, done.reason) == ("tag:rename", "“专家库”改名为“专家”")
    undo(session, done)
    assert "专家库" in bearers()


def test_a_word_in_use_is_merged_with_and_not_taken(session, worn, bearers):
    with pytest.raises(RuleBroken, match="请用“并入”"):
        services.rename(session, worn["专家库"], "评审")
    with pytest.raises(RuleBroken, match="没有变"):
        services.rename(session, worn["专家库"], "专家库")
    with pytest.raises(RuleBroken, match="请填写"):
        services.rename(session, worn["专家库"], "  ")


def test_a_word_that_nobody_bears_any_more_can_be_had(session, cast, worn, bearers):
    services.delete(session, worn["评审"])
    session.commit()
    services.rename(session, worn["专家库"], "评审")
    assert bearers() == {"评审": {cast.wang.id, cast.chen.id}}
    undo(session, newest(session, cast))
    assert bearers() == {"专家库": {cast.wang.id, cast.chen.id}}


def test_two_are_made_one_and_again_two(session, cast, worn, bearers):
    before = bearers()
    services.merge(session, worn["专家库"], worn["评审"])
    assert bearers() == {"评审": {cast.wang.id, cast.chen.id, cast.ouyang.id}}
    assert newest(session, cast).reason == "“专家库”并入“评审”，2 人"
    undo(session, newest(session, cast))
    assert bearers() == before


def test_a_tag_is_not_merged_with_itself_or_with_anothers(session, cast, worn):
    other = services.add(session, cast.other.id, "专家库", [])
    for into in (worn["专家库"], other):
        with pytest.raises(RuleBroken, match="另一个"):
            services.merge(session, worn["专家库"], into)


def test_one_is_taken_off_everybody(session, cast, worn, bearers):
    services.delete(session, worn["专家库"])
    assert set(bearers()) == {"评审"}
    undo(session, newest(session, cast))
    assert bearers()["专家库"] == {cast.wang.id, cast.chen.id}


def test_a_renaming_is_not_taken_back_where_the_old_word_is_anothers(session, cast, worn):
    services.rename(session, worn["专家库"], "专家")
    done = newest(session, cast)
    services.add(session, cast.society.id, "专家库", [cast.ouyang.id])
    session.commit()
    with pytest.raises(RuleBroken, match="“专家库”现在另有所用"):
        undo(session, done)


def test_the_page_counts_and_leads_to_the_people(sign_in, cast, worn):
    text = sign_in("staff").get(HOME).text
    key = worn["专家库"].id
    assert f'href="/societies/bjcs/members/?tag={key}&amp;state=all">2<' in text
    assert f'href="{HOME}{key}"' in text


def test_the_deeds_are_done_from_the_page_and_offered_back(sign_in, session, cast, worn, bearers):
    staff, page = sign_in("staff"), f"{HOME}{worn['专家库'].id}"
    assert "2 人带有这个标签" in staff.get(page).text
    answer = staff.post(f"{page}/rename", data={"name": "专家"})
    assert (answer.status_code, answer.location) == (303, HOME)
    text = staff.get(HOME).text
    assert "“专家库”已改名" in text
    assert "/undo" in text
    staff.post(f"{page}/merge", data={"into": worn["评审"].id})
    assert set(bearers()) == {"评审"}
    staff.post(f"{HOME}{worn['评审'].id}/delete")
    assert "还没有标签" in staff.get(HOME).text


def test_what_is_refused_stands_where_it_was_typed(sign_in, worn):
    staff, page = sign_in("staff"), f"{HOME}{worn['专家库'].id}"
    answer = staff.post(f"{page}/rename", data={"name": "评审"})
    assert answer.status_code == 422
    assert "请用“并入”" in answer.text
    assert 'value="评审"' in answer.text
    assert staff.post(f"{page}/merge", data={"into": "999"}).status_code == 422


def test_branch_staff_tag_their_people_but_keep_no_words(sign_in, session, worn):
    key = session.scalars(select(Tag.id)).first()
    for role, status in {"branch": 403, "auditor": 403, "staff2": 404}.items():
        assert sign_in(role).get(f"{HOME}{key}").status_code == status, role
        assert sign_in(role).post(f"{HOME}{key}/delete").status_code == status, role
    assert "整理标签" not in sign_in("branch").get("/societies/bjcs/members/").text
    assert "整理标签" in sign_in("staff").get("/societies/bjcs/members/").text
