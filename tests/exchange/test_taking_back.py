"""An import is taken back as one act; what came after it stands in the way, and is named."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.bodies.services import Appoint, appoint
from registry.core.errors import RuleBroken
from registry.exchange.models import UploadState
from registry.journal.models import Act
from registry.memberships.queries import by_number
from registry.memberships.services import edit_member
from registry.people.models import Person
from registry.people.services import EditPerson
from registry.undoing.services import undo
from tests.exchange import files
from tests.exchange.steps import TODAY, applied, uploaded

ROWS = [
    ["会员号", "姓名", "工作单位", "会员类别", "证件号码"],
    ["B00001", "王富", "甲单位", "高级会员", ""],
    ["", "孙志远", "乙单位", "", files.resident_id("19650312")],
]


@pytest.fixture
def upload(session, cast):
    return applied(session, uploaded(session, cast, files.xlsx(ROWS)))


def taken_back(session, upload):
    undo(session, session.get(Act, upload.act_id))
    session.commit()


def newcomer(session) -> Person:
    return session.scalars(select(Person).where(Person.name == "孙志远")).one()


def test_everything_stands_as_before(session, cast, upload):
    assert cast.wang.employer == "甲单位"
    taken_back(session, upload)
    session.expire_all()
    assert cast.wang.employer == "北京星河大学"
    assert by_number(session, "bjcs", "B00001").category.code == "ordinary"
    assert by_number(session, "bjcs", "B00006") is None or by_number(session, "bjcs", "B00006").ends_on
    assert upload.state == UploadState.APPLIED


def test_the_same_file_may_come_again(session, cast, upload):
    taken_back(session, upload)
    again = uploaded(session, cast, files.xlsx(ROWS))
    assert again.counts["changed"] == 2
    applied(session, again)
    assert len(session.scalars(select(Person).where(Person.name == "孙志远")).all()) == 1


def test_an_edit_since_is_named_with_who_and_when(session, cast, upload):
    edit_member(session, newcomer(session), EditPerson({"employer": "丙单位"}))
    session.commit()
    with pytest.raises(RuleBroken, match=r"孙志远的工作单位已由测试于 \d{4}-\d\d-\d\d \d\d:\d\d 改过"):
        taken_back(session, upload)


def test_an_office_since_stands_in_the_way_until_it_is_taken_back(session, cast, upload):
    command = Appoint(newcomer(session).id, cast.director_post.id, cast.term.id, TODAY)
    appoint(session, cast.society, command)
    session.commit()
    with pytest.raises(RuleBroken, match=r"孙志远 之后已由测试于.*登记了任职"):
        taken_back(session, upload)
