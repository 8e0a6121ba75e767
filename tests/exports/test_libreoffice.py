"""Whatever is exported, LibreOffice opens it, and what it reads is what the register holds."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from registry.core.codetables import TABLES
from registry.exports.writing import KINDS, guarded
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.people.services import EditPerson, edit_person

FILE = "/societies/bjcs/exports/"
HEADS = {
    "units": [
        "会员号",
        "单位名称",
        "统一社会信用代码",
        "单位类型",
        "地区",
        "代表",
        "会员类别",
        "入会日期",
        "会籍状态",
    ],
    "branches": ["名称", "类型", "成立日期", "成立决定", "负责人", "负责人职务", "挂靠单位", "会员人数"],
    "offices": ["机构", "届次", "职务", "姓名", "会员号", "性别", "民族", "出生日期", "政治面貌"],
}
HELD = {
    "units": [["U001", "北京星河芯片有限公司", "", "企业", "", "陳大文", "单位会员", "2019-01-01", "在会"]],
    "branches": [
        ["人工智能专业委员会", "专业委员会", "2015-06-01", "", "", "", "", "1"],
        ["青年工作委员会", "工作委员会", "2015-06-01", "", "", "", "", "1"],
    ],
    "offices": [
        ["理事会", "第八届", "理事长", "欧阳晓月", "B00003", "女", "满族", "1985", ""],
        ["理事会", "第八届", "理事", "王富", "B00001", "男", "汉族", "1965-03-08", "中共党员"],
    ],
}
ODD = {
    "employer": '𠮷野<家> & "兄弟"，公司',
    "position": "=HYPERLINK(1)",
    "address": "+1 é Ž ﷼ 一二三 |  两端",
    "former_names": "_x0041_",
    "postcode": "000123",
    "birth": "1920-02-29",
}
"""What files and spreadsheets are known to spoil."""
FACTS = (
    "sex",
    "region",
    "nationality",
    "phone",
    "employer",
    "position",
    "address",
    "former_names",
    "postcode",
)


@pytest.fixture
def read(sign_in, soffice, tmp_path):
    """Export each of the lists, and open all of them at once."""
    staff = sign_in("staff")

    def read(kind, *asked):
        files = [tmp_path / f"{number}.{kind}" for number, _query in enumerate(asked)]
        for file, query in zip(files, asked, strict=True):
            answer = staff.get(f"{FILE}{query.format(kind)}")
            assert answer.status_code == 200, query
            file.write_bytes(answer.data)
        return soffice.tables(*files)

    return read


def expected(session, kind):
    """Of every member number, name, birth and other facts, straight from the tables."""
    rows = session.execute(
        select(Membership.number, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.society_id == 1, Membership.ends_on.is_(None))
    )
    tables = {"sex": TABLES["sex"], "region": TABLES["region"], "nationality": TABLES["country"]}
    safe = guarded if kind == "csv" else str
    return {
        number: {"name": person.name, "birth": str(person.birth or "")}
        | {
            key: safe(tables[key].name(value) if key in tables else value or "")
            for key in FACTS
            for value in [getattr(person, key)]
        }
        for number, person in rows
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_reads_as_the_register(read, cast, session, kind):
    edit_person(session, cast.chen, EditPerson(ODD), ["B00002"])
    session.commit()
    members, *others = read(kind, "members.{}?columns=all", *(f"{what}.{{}}" for what in HEADS))
    held = expected(session, kind)
    heads = {key: members[0].index(label) for key, label in LABELS.items()}
    told = {row[0]: {key: row[place] for key, place in heads.items()} for row in members[1:]}
    assert told == held
    for what, table in zip(HEADS, others, strict=True):
        width = len(HEADS[what])
        assert [row[:width] for row in table] == [HEADS[what], *HELD[what]]


LABELS = {
    "name": "姓名",
    "birth": "出生日期",
    "sex": "性别",
    "region": "地区",
    "nationality": "国籍",
    "phone": "电话",
    "employer": "工作单位",
    "position": "职务",
    "address": "通信地址",
    "former_names": "曾用名",
    "postcode": "邮政编码",
}
