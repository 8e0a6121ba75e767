"""The pages of branches: who sees which, what they show, how forms answer."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies import founding
from registry.bodies import services as bodies
from registry.bodies.founding import AddPost, Establish, OpenTerm
from registry.bodies.services import Appoint
from registry.societies import branching
from registry.societies.branching import FoundBranch
from registry.societies.models import Branch, BranchKind

ROOT = "/societies/bjcs/branches/"
DAY = date(2026, 11, 24)


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def committee(session, cast):
    """The branch's committee, which Wang heads."""
    body = founding.establish(
        session, cast.society, Establish("committee", "人工智能委员会", DAY, cast.branch.id)
    )
    post = founding.add_post(session, body, AddPost("head", "主任委员", 1, 1, principal=True))
    term = founding.open_term(session, body, OpenTerm(2, DAY, date(2030, 1, 1)))
    bodies.appoint(session, cast.society, Appoint(cast.wang.id, post.id, term.id, DAY))
    session.commit()
    return body


@pytest.mark.parametrize("name", ["admin", "staff", "auditor", "supervisor"])
def test_readers_see_every_branch(sign_in, name):
    client = sign_in(name)
    page = text(client.get(ROOT))
    assert "人工智能专业委员会" in page
    assert "青年工作委员会" in page
    assert client.get(f"{ROOT}b02").status_code == 200


def test_branch_staff_see_their_own_branch_only(sign_in):
    client = sign_in("branch")
    page = text(client.get(ROOT))
    assert "人工智能专业委员会" in page
    assert "青年工作委员会" not in page
    assert client.get(f"{ROOT}b01").status_code == 200
    assert client.get(f"{ROOT}b02").status_code == 403


@pytest.mark.parametrize("name", ["member", "staff2"])
def test_others_see_none(sign_in, name):
    client = sign_in(name)
    assert client.get(ROOT).status_code == 403
    assert client.get(f"{ROOT}b01").status_code in ({403, 404} if name == "staff2" else {403})


def test_a_branch_of_another_society_is_not_there(sign_in):
    assert sign_in("supervisor").get("/societies/bjme/branches/b02").status_code == 404
    assert sign_in("staff").get(f"{ROOT}b99").status_code == 404


@pytest.mark.parametrize("name", ["branch", "member", "auditor", "supervisor", "staff2"])
def test_only_staff_change_branches(sign_in, name):
    client = sign_in(name)
    for path in ("new", "b01/edit", "b01/end"):
        assert client.get(ROOT + path).status_code in ({403, 404} if name == "staff2" else {403})
        assert client.post(ROOT + path, data={"name": "x"}).status_code in (
            {403, 404} if name == "staff2" else {403}
        )


def test_the_list_shows_head_and_members_of_the_day(sign_in, committee):
    client = sign_in("staff")
    row = text(client.get(ROOT)).split('branches/b01"')[1].split("</tr>")[0]
    assert "王\u3000富" in row
    assert "主任委员" in row
    assert '?branch=b01">1</a>' in row
    assert "?on=2026-11-23" in text(client.get(f"{ROOT}?on=2026-11-23"))
    assert "主任委员" not in text(client.get(f"{ROOT}?on=2026-11-23"))


def test_the_ended_stand_under_a_fold(session, sign_in, cast):
    branching.end_branch(session, cast.branch2, date(2026, 5, 1), "理事会决议")
    client = sign_in("staff")
    fold = text(client.get(ROOT)).split("<details")
    assert "青年工作委员会" in "".join(fold[2:])
    assert "不存在的分支机构（1）" not in text(client.get(f"{ROOT}?on=2026-04-30"))
    page = text(client.get(f"{ROOT}b02"))
    assert "理事会决议" in page
    assert "/b02/end" not in page


def test_a_branch_shows_its_committee_and_members(sign_in, committee):
    page = text(sign_in("branch").get(f"{ROOT}b01"))
    assert "人工智能委员会" in page
    assert "王富" in page
    assert "/members/?branch=b01" in page
    assert "/edit" not in page


def test_htmx_gets_the_facts_alone(sign_in):
    part = text(sign_in("staff").part(f"{ROOT}b01"))
    assert part.strip().startswith('<section id="facts">')


@pytest.fixture
def typed():
    """A branch as it is typed."""
    return {"kind": "section", "name": "图学分会", "host": "星河大学", "starts_on": "2026年1月5日"}


def test_staff_found_a_branch(session, sign_in, typed):
    answer = sign_in("staff").post(f"{ROOT}new", data=typed)
    assert (answer.status_code, answer.location) == (303, f"{ROOT}b03")
    branch = session.query(Branch).filter_by(name="图学分会").one()
    assert (branch.kind, branch.starts_on) == (BranchKind.SECTION, date(2026, 1, 5))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "青年工作委员会"}, "已有分支机构叫“青年工作委员会”"),
        ({"name": ""}, "这一项必须填写"),
        ({"starts_on": "2026年1月"}, "请写到日"),
        ({"starts_on": "2026-02-30"}, "不存在"),
    ],
)
def test_what_is_refused_is_said_and_stays_as_typed(sign_in, typed, changes, words):
    for post in (sign_in("staff").post, sign_in("staff").post_part):
        answer = post(f"{ROOT}new", data={**typed, **changes})
        assert answer.status_code == 422
        assert words in text(answer)
        assert 'value="星河大学"' in text(answer)
        assert all(f'value="{kept}"' in text(answer) for kept in changes.values() if kept)


def test_facts_are_edited_in_their_place(session, sign_in, cast, typed):
    client = sign_in("staff")
    form = text(client.part(f"{ROOT}b01/edit"))
    assert form.strip().startswith("<form")
    assert 'value="人工智能专业委员会"' in form
    answer = client.post_part(f"{ROOT}b01/edit", data={**typed, "version": 1})
    assert answer.status_code == 200
    assert text(answer).strip().startswith('<section id="facts">')
    assert "图学分会" in text(answer)
    assert client.post(f"{ROOT}b01/edit", data={**typed, "version": 2}).location == f"{ROOT}b01"
    session.refresh(cast.branch)
    assert cast.branch.host == "星河大学"


@pytest.mark.parametrize("part", [True, False])
def test_a_stale_edit_shows_both_values_and_can_be_sent_again(sign_in, typed, part):
    client = sign_in("staff")
    client.post(f"{ROOT}b01/edit", data={**typed, "version": 1})
    post = client.post_part if part else client.post
    late = {**typed, "host": "燕山计算研究所"}
    answer = post(f"{ROOT}b01/edit", data={**late, "version": 1})
    assert answer.status_code == 409
    assert "燕山计算研究所" in text(answer)
    assert "星河大学" in text(answer)
    assert 'value="2"' in text(answer)
    assert post(f"{ROOT}b01/edit", data={**late, "version": 2}).status_code in (200, 303)


def test_staff_end_a_branch(session, sign_in, cast):
    client = sign_in("staff")
    url = f"{ROOT}b02/end"
    assert client.post(url, data={"on": "2026-11-01", "to": "none", "version": 1}).status_code == 422
    answer = client.post(
        url, data={"on": "2026-11-01", "to": "none", "decision": "八届五次理事会", "version": 1}
    )
    assert answer.location == f"{ROOT}b02"
    session.refresh(cast.branch2)
    assert cast.branch2.ends_on == date(2026, 11, 1)
    assert "八届五次理事会" in text(client.get(f"{ROOT}b02"))
    assert "终止日期" in text(client.get(f"{ROOT}b02/edit"))


def test_the_form_says_that_a_branch_has_no_branches(sign_in):
    assert "分支机构不再下设分支机构" in text(sign_in("staff").get(f"{ROOT}new"))


def test_a_society_without_branches_says_what_to_do_next(sign_in):
    assert "会员可以归属其中" in text(sign_in("admin").get("/societies/bjst/branches/"))
    assert "秘书处登记分支机构之后" not in text(sign_in("admin").get("/societies/bjst/branches/"))


def test_the_number_of_branches_costs_no_further_queries(session, sign_in, cast, committee, count_queries):
    client = sign_in("staff")
    client.get(ROOT)
    with count_queries() as few:
        client.get(ROOT)
    for number in range(5):
        branching.found_branch(session, cast.society, FoundBranch(BranchKind.SECTION, f"第{number}分会", DAY))
    session.commit()
    with count_queries() as many:
        client.get(ROOT)
    assert len(many) == len(few) <= 9
