"""What others changed comes to pages that stay open, by right and by what was sought."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from registry.bodies.services import Appoint, appoint
from registry.exchange.finishing import import_file
from registry.exchange.services import Receive
from registry.journal.chain import entry
from registry.journal.queries import acts
from registry.journal.services import act, record
from registry.memberships.services import Admit, Change, admit, change, edit_member
from registry.people.services import EditPerson, enter_person
from tests.databases import TODAY

URL = "/societies/bjcs/members/changes"


@pytest.fixture
def head(session, cast):
    """The act that the page knows of."""
    session.commit()
    return acts(session, cast.society.id, limit=1)[0].id


def rows(answer):
    return re.findall(r'<tr data-number="(\w+)"', answer.text)


def numbers(answer):
    return sorted(re.search('data-numbers="([^"]*)"', answer.text)[1].split())


def test_nothing_is_sent_and_little_asked_where_nothing_was_done(sign_in, cast, head, count_queries):
    staff = sign_in("staff")
    staff.part(f"{URL}?since={head}")
    with count_queries() as asked:
        assert staff.part(f"{URL}?since={head}").status_code == 204
    assert len([said for said in asked if "act" in said and "account" not in said]) == 1
    assert not [said for said in asked if "membership" in said or "FROM person" in said]


def test_a_page_that_does_not_say_what_it_knows_is_told_nothing(sign_in, cast, head):
    assert sign_in("staff").part(URL).status_code == 204


def test_the_row_that_was_changed_comes_and_no_other(sign_in, session, cast, head):
    edit_member(session, cast.wang, EditPerson({"phone": "13911112222"}))
    answer = sign_in("staff").part(f"{URL}?since={head}")
    assert answer.status_code == 200
    assert rows(answer) == numbers(answer) == ["B00001"]
    assert "13911112222" in answer.text
    newer = re.search('data-head="([0-9]+)"', answer.text)[1]
    assert int(newer) > head
    assert sign_in("staff").part(f"{URL}?since={newer}").status_code == 204


def test_a_change_of_category_and_an_office_come_too(sign_in, session, cast, head):
    change(session, cast.wang_member, Change(TODAY, cast.category["senior"].id, cast.branch.id))
    session.commit()
    appoint(session, cast.society, Appoint(cast.chen.id, cast.director_post.id, cast.term.id, TODAY))
    answer = sign_in("staff").part(f"{URL}?since={head}")
    assert rows(answer) == ["B00001", "B00002"]
    assert "高级会员" in answer.text


def test_who_is_not_sought_any_more_is_named_without_a_row(sign_in, session, cast, head):
    edit_member(session, cast.wang, EditPerson({"region": "HK"}))
    answer = sign_in("staff").part(f"{URL}?since={head}&region=CN")
    assert (rows(answer), numbers(answer)) == ([], ["B00001"])


def test_branch_staff_hear_nothing_of_others(sign_in, session, cast, head):
    edit_member(session, cast.chen, EditPerson({"phone": "13911112222"}))
    session.commit()
    edit_member(session, cast.wang, EditPerson({"phone": "13933334444"}))
    answer = sign_in("branch").part(f"{URL}?since={head}")
    assert rows(answer) == numbers(answer) == ["B00001"]
    assert "B00002" not in answer.text


def test_an_auditor_is_not_shown_a_telephone(sign_in, session, cast, head):
    edit_member(session, cast.wang, EditPerson({"phone": "13911112222"}))
    answer = sign_in("auditor").part(f"{URL}?since={head}")
    assert rows(answer) == ["B00001"]
    assert "13911112222" not in answer.text


def test_what_was_only_looked_at_is_no_change(sign_in, session, cast, head):
    staff = sign_in("staff")
    staff.get("/societies/bjcs/members/export.csv")
    answer = staff.part(f"{URL}?since={head}")
    assert answer.status_code == 204 or not rows(answer)


def test_what_an_import_changed_comes_too(sign_in, session, cast, head):
    file = "会员号,姓名,电话\nB00003,欧阳晓月,13977778888\n".encode()
    sent = Receive("电话.csv", file)
    import_file(session, cast.society, sent, TODAY, datetime.now(UTC), dry_run=False)
    answer = sign_in("staff").part(f"{URL}?since={head}")
    assert rows(answer) == ["B00003"]
    assert "13977778888" in answer.text


def newcomer(session, cast, name, region):
    person = enter_person(session, cast.society.id, {"name": name, "region": region})
    return admit(session, cast.society, person, Admit(cast.category["ordinary"].id, TODAY)).number


def entered(answer):
    return re.search('data-entered="([^"]*)"', answer.text)[1].split()


def test_who_became_a_member_is_named_where_the_list_seeks_them(sign_in, session, cast, head):
    number = newcomer(session, cast, "林深", "HK")
    staff = sign_in("staff")
    assert entered(staff.part(f"{URL}?since={head}")) == [number]
    assert entered(staff.part(f"{URL}?since={head}&region=HK")) == [number]
    assert entered(staff.part(f"{URL}?since={head}&region=CN")) == []
    assert entered(sign_in("branch").part(f"{URL}?since={head}")) == []


def test_who_was_a_member_before_does_not_enter(sign_in, session, cast, head):
    change(session, cast.wang_member, Change(TODAY, cast.category["senior"].id, cast.branch.id))
    session.commit()
    edit_member(session, cast.chen, EditPerson({"region": "CN"}))
    assert entered(sign_in("staff").part(f"{URL}?since={head}&region=CN")) == []


def test_of_a_load_of_many_only_that_it_was_is_said(sign_in, session, cast, head):
    act(session, "membership:admit", cast.society.id)
    record(session, [entry("membership", None, None, "new", {}, {"rows": 5000})])
    answer = sign_in("staff").part(f"{URL}?since={head}")
    assert entered(answer) == []
    assert "大批变动" in answer.text
