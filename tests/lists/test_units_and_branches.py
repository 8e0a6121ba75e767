"""Lists of unit members and of branches, with their dates, judged and applied as the others."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.bodies.founding import AddPost, Establish, OpenTerm, add_post, establish, open_term
from registry.bodies.models import BodyKind, Tenure
from registry.core.errors import RuleBroken
from registry.journal.models import Act
from registry.lists.kinds.units import UnitList
from registry.lists.models import ListKind
from registry.memberships.models import Membership, Unit
from registry.societies.models import Branch
from registry.undoing.services import undo

UNITS = [
    "单位名称\t会员号\t统一社会信用代码\t入会时间\t退会时间\t代表",
    "北京星河芯片有限公司\t\t\t\t\t",
    "北京云上数据有限公司\tU100\t\t2015年6月\t2020-03-31\t",
    "北京燕山机床厂\t\t\t2018\t\t王富",
    "北京燕山机床厂\t\t\t2018\t\t",
    "坏码公司\t\t123\t2018\t\t",
]
BRANCHES = [
    "名称\t成立时间\t终止时间\t挂靠单位\t负责人\t备注",
    "人工智能专业委员会\t2015-06-01\t\t\t\t",
    "青年工作委员会\t2015-06-01\t2024-12-31\t\t\t合并",
    "网络专业委员会\t2019年3月\t\t北京星河大学\t\t",
    "单板机分会\t1986-03-02\t2004-12-18\t\t\t业务终止",
    "某某中心\t2019\t\t\t\t",
    "算法分会\t\t\t\t\t",
]


@pytest.fixture
def units(cast, send):
    whole = UnitList(cast.category["unit"].id, date(2019, 1, 1))
    return lambda rows=UNITS: send("\n".join(rows), ListKind.UNITS, whole)


@pytest.fixture
def branches(send):
    return lambda rows=BRANCHES: send("\n".join(rows), ListKind.BRANCHES, None)


def states(judgement):
    return [row.state.value for row in judgement.rows]


def test_units_are_known_new_or_wrong(units, judge):
    assert states(judge(units())) == ["same", "new", "new", "refused", "refused"]


def test_units_come_with_their_spells_and_representatives(session, cast, units, apply):
    assert apply(units()) == 2
    spells = dict(session.execute(select(Unit.name, Membership).join(Membership.unit)).all())
    cloud, tools = spells["北京云上数据有限公司"], spells["北京燕山机床厂"]
    assert (cloud.number, cloud.starts_on, cloud.starts_known) == ("U100", date(2015, 6, 1), "M")
    assert (cloud.ends_on, cloud.end_reason) == (date(2020, 3, 31), "resigned")
    assert (tools.starts_on, tools.starts_known, tools.ends_on) == (date(2018, 1, 1), "Y", None)
    assert [row.person_id for row in tools.unit.representatives] == [cast.wang.id]


def test_the_end_of_a_known_unit_is_news(session, cast, units, judge, apply):
    row = units([UNITS[0], "北京星河芯片有限公司\t\t\t2019-01-01\t2025-06-30\t"])
    assert judge(row).rows[0].told == f"终止会籍 {cast.unit_member.number}"
    apply(row)
    assert cast.unit_member.ends_on == date(2025, 6, 30)
    assert states(judge(units([UNITS[0], "北京星河芯片有限公司\t\t\t2019-01-01\t2025-06-30\t"]))) == ["same"]


def test_branches_are_known_news_or_wrong(branches, judge):
    rows = judge(branches()).rows
    assert [row.state.value for row in rows] == ["same", "ready", "new", "new", "refused", "refused"]
    assert "看不出" in rows[4].told
    assert rows[5].told == "没有写成立时间"


def test_branches_are_founded_and_ended(session, cast, branches, judge, apply):
    assert apply(branches()) == 3
    found = {
        row.name: row for row in session.scalars(select(Branch).where(Branch.society_id == cast.society.id))
    }
    assert cast.branch2.ends_on == date(2024, 12, 31)
    assert (found["网络专业委员会"].starts_on, found["网络专业委员会"].host) == (
        date(2019, 3, 1),
        "北京星河大学",
    )
    assert found["单板机分会"].ends_on == date(2004, 12, 18)
    assert found["单板机分会"].kind == "section"
    assert states(judge(branches()))[:4] == ["same"] * 4


def test_units_and_branches_are_taken_back_as_one(session, cast, units, branches, apply):
    for row in (units(), branches()):
        session.commit()
        apply(row)
        session.commit()
        undo(session, session.get_one(Act, row.act_id))
        session.commit()
    assert cast.branch2.ends_on is None
    spells = session.scalars(select(Membership).join(Membership.unit).where(Unit.name == "北京燕山机床厂"))
    assert [(spell.ends_on, spell.end_reason) for spell in spells] == [(date(2018, 1, 1), "voided")]


@pytest.fixture
def committee(session, cast):
    """The committee of a branch in its first 届, without a head."""
    command = Establish(BodyKind.COMMITTEE, "人工智能专业委员会委员会", date(2015, 6, 1), cast.branch.id)
    body = establish(session, cast.society, command)
    add_post(session, body, AddPost("head", "主任委员", 1, 1, principal=True))
    open_term(session, body, OpenTerm(1, date(2024, 1, 1), date(2028, 1, 1)))
    return body


def test_whoever_heads_a_branch_is_appointed_in_its_committee(
    session, cast, committee, branches, judge, apply
):
    told = [BRANCHES[0] + "\t任职时间", "人工智能专业委员会\t2015-06-01\t\t\t王富\t\t2024-02-01"]
    row = branches(told)
    assert judge(row).rows[0].told == "主任委员 王富（2024-02-01 起）"
    apply(row)
    tenure = session.scalars(select(Tenure).join(Tenure.post).where(Tenure.person_id == cast.wang.id))
    assert ("主任委员", date(2024, 2, 1)) in {(one.post.name, one.starts_on) for one in tenure}
    assert states(judge(branches(told))) == ["same"]


@pytest.mark.parametrize(
    ("head", "why"),
    [("查无此人", "有 0 位"), ("王富", "没有这一届")],
)
def test_a_head_who_cannot_be_is_told(request, branches, judge, head, why):
    if "没有这一届" not in why:
        request.getfixturevalue("committee")
    row = judge(branches([BRANCHES[0], f"人工智能专业委员会\t2015-06-01\t\t\t{head}\t"])).rows[0]
    assert (row.state.value, why in row.told) == ("same", True)


def test_a_table_without_names_is_no_list(branches):
    with pytest.raises(RuleBroken, match="没有读出任何一行"):
        branches(["甲\t乙", "丙\t丁"])
