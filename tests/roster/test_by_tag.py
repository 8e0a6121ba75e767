"""The roster narrowed by tags: by id or word, read back, offered where there are some, by an index."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from registry.journal.services import act
from registry.tags import queries, services

ROSTER = "/societies/bjcs/members/"


@pytest.fixture
def tagged(session, cast):
    """Two tags, by word."""
    wang, chen, ouyang = cast.wang.id, cast.chen.id, cast.ouyang.id
    worn = {"专家库": [wang, chen], "评审组": [ouyang]}
    made = {word: services.add(session, cast.society.id, word, people).id for word, people in worn.items()}
    session.commit()
    return made


def names(page):
    return {name for name in ("王富", "陳大文", "欧阳晓月") if name in page.text}


@pytest.fixture
def look(sign_in):
    """The rows of the roster at an address."""
    client = sign_in("staff")
    return lambda address: client.part(f"{ROSTER}?{address}")


def test_one_tag_finds_those_who_bear_it(look, tagged):
    assert names(look(f"tag={tagged['专家库']}")) == {"王富", "陳大文"}
    assert names(look("tag=评审组")) == {"欧阳晓月"}


def test_of_several_tags_one_is_enough_and_other_criteria_narrow_on(look, tagged):
    both = "&".join(f"tag={key}" for key in tagged.values())
    assert names(look(both)) == {"王富", "陳大文", "欧阳晓月"}
    assert names(look(f"{both}&region=HK")) == {"陳大文"}
    assert names(look(f"tag={tagged['评审组']}&region=HK&match=any")) == {"陳大文", "欧阳晓月"}


def test_it_is_read_back_in_words_that_a_renaming_does_not_break(look, session, cast, tagged):
    address = f"tag={tagged['专家库']}"
    assert "标签是专家库" in look(address).text
    act(session, "tag:add", cast.society.id)
    queries.tag_of(session, cast.society.id, tagged["专家库"]).name = "专家"
    assert "标签是专家" in look(address).text
    assert names(look(address)) == {"王富", "陳大文"}


def test_a_word_that_nobody_bears_narrows_nothing(look, session, cast, tagged):
    services.remove(session, queries.tag_of(session, cast.society.id, tagged["评审组"]), [cast.ouyang.id])
    assert names(look(f"tag={tagged['评审组']}")) == {"王富", "陳大文", "欧阳晓月"}


def test_the_criterion_is_offered_where_there_are_tags(sign_in, session, cast):
    assert "find-tag" not in sign_in("staff").get(ROSTER).text
    services.add(session, cast.society.id, "专家库", [cast.wang.id])
    assert "find-tag" in sign_in("staff").get(ROSTER).text
    assert "find-tag" not in sign_in("staff2").get("/societies/bjme/members/").text


@pytest.mark.only("sqlite")
def test_the_bearers_are_found_by_the_index_of_the_tag(session, cast, tagged):
    asked = queries.bearing(cast.society.id, list(tagged.values())).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    plan = session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    assert "ix_tagging_tag" in plan[0][3]
