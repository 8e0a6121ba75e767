"""The small cast that every test shares, entered through the services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import SignIn
from registry.accounts.services import GiveRole, give_role, open_account
from registry.accounts.sessions import digest
from registry.bodies.deciding import Decide, decide
from registry.bodies.founding import (
    AddPost,
    Establish,
    OpenTerm,
    add_post,
    establish,
    open_term,
)
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, appoint
from registry.core.policy import Role
from registry.memberships.models import EndReason
from registry.memberships.services import Admit, admit, admit_unit
from registry.memberships.units import EnterUnit, enter_unit, represent
from registry.people.facts import read_facts
from registry.people.models import Person
from registry.people.services import AddDocument, add_document, enter_person
from registry.societies.branching import FoundBranch, found_branch
from registry.societies.models import BranchKind, Society
from registry.societies.queries import categories
from registry.societies.services import found_society

PASSWORD = "a password of the tests"
SECRETS = "secret of {}"
"""By user name: what the cookie of a session holds that each account has begun."""
SINCE = date(2020, 1, 1)

WANG = {
    "name": "王富",
    "sex": "男",
    "birth": "1965-03-08",
    "region": "内地",
    "ethnic": "汉族",
    "political": "中共党员",
    "employer": "北京星河大学",
    "employer_kind": "高校",
    "position": "教授",
    "title": "教授",
    "title_level": "正高级",
    "degree": "博士",
    "disciplines": "计算机科学技术",
    "grassroots": "是",
    "phone": "13800000001",
    "email": "wang@example.cn",
}
CHEN = {
    "name": "陳大文",
    "name_latin": "Chan Tai Man",
    "sex": "男",
    "birth": "1972-10",
    "region": "中国香港",
    "employer": "维港理工学院",
    "phone": "+852 2345 6789",
}
OUYANG = {
    "name": "欧阳晓月",
    "sex": "女",
    "birth": "1985",
    "region": "内地",
    "ethnic": "满族",
    "employer": "燕山计算研究所",
    "employer_kind": "科研院所",
    "phone": "13800000003",
}
MARY = {
    "name": "Mary Shelton",
    "name_latin": "Mary Shelton",
    "sex": "女",
    "birth": "1979-05-20",
    "region": "外籍",
    "nationality": "英国",
    "employer": "Northfield University",
    "email": "mary@example.org",
}
LI = {"name": "李明远", "sex": "男", "region": "内地", "employer": "燕山计算研究所"}
ZHAO = {"name": "赵敏行", "sex": "女", "region": "内地", "employer": "北京长城机床厂", "phone": "13900000009"}

WANG_ID = "110108196503080014"
CHEN_PERMIT = "H12345678"


class Cast:
    """Rows by name, loaded into a session when they are first asked for."""

    def __init__(self, session: Session, keys: Mapping[str, tuple[type, int]]) -> None:
        self._session, self._keys = session, keys
        self._held: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        """The row of that name."""
        if name.startswith("_") or name not in self._keys:
            raise AttributeError(name)
        return self._held.setdefault(name, self._session.get(*self._keys[name]))

    @property
    def category(self) -> dict[str, Any]:
        """The categories of the first society by code."""
        return {row.code: row for row in categories(self._session, self.society.id)}


def enter(session: Session) -> dict[str, tuple[type, int]]:
    """Enter everybody, one act after the other; the table and key of each by name."""
    rows: dict[str, Any] = {}
    _found(session, rows)
    _admit_all(session, rows)
    _govern(session, rows)
    _open_accounts(session, rows)
    session.commit()
    return {name: (type(row), row.id) for name, row in rows.items()}


def _found(session: Session, rows: dict[str, Any]) -> None:
    rows["society"] = found_society(session, "bjcs", "北京星河计算机学会", "计算机学会", "B")
    rows["other"] = found_society(session, "bjme", "北京长城机械学会", "机械学会", "M")
    rows["third"] = found_society(session, "bjst", "北京云上统计学会", "统计学会", "T")
    session.commit()
    rows["branch"] = _branch(session, rows["society"], BranchKind.SPECIAL, "人工智能专业委员会")
    rows["branch2"] = _branch(session, rows["society"], BranchKind.WORKING, "青年工作委员会")
    rows["other_branch"] = _branch(session, rows["other"], BranchKind.SECTION, "机床分会")


def _branch(session: Session, society: Society, kind: BranchKind, name: str) -> Any:
    branch = found_branch(session, society, FoundBranch(kind, name, date(2015, 6, 1)))
    session.commit()
    return branch


def _admit_all(session: Session, rows: dict[str, Any]) -> None:
    b01, b02, other_b01 = (rows[key].id for key in ("branch", "branch2", "other_branch"))
    _member(session, rows, "wang", WANG, "ordinary", date(2010, 5, 4), b01)
    _member(session, rows, "chen", CHEN, "senior", date(2018, 9, 1), None)
    _member(session, rows, "ouyang", OUYANG, "ordinary", date(2021, 1, 1), b02)
    _member(session, rows, "mary", MARY, "foreign", date(2023, 3, 15), None)
    ended = {"ends_on": date(2025, 7, 1), "end_reason": EndReason.RESIGNED}
    _member(session, rows, "li", LI, "ordinary", date(2012, 1, 1), b01, **ended)
    _member(session, rows, "zhao", ZHAO, "ordinary", date(2016, 4, 1), other_b01, where="other")
    _unit(session, rows)
    wang, chen = rows["wang"], rows["chen"]
    rows["wang_document"] = add_document(session, wang, AddDocument("resident_id", WANG_ID))
    rows["chen_document"] = add_document(session, chen, AddDocument("hkmo_permit", CHEN_PERMIT))
    session.commit()


def _member(
    session: Session,
    rows: dict[str, Any],
    name: str,
    typed: Mapping[str, str],
    category: str,
    starts_on: date,
    branch_id: int | None,
    *,
    where: str = "society",
    **more: Any,
) -> None:
    society = rows[where]
    facts = read_facts(typed)
    if facts.errors:
        raise ValueError(facts.errors)
    person: Person = enter_person(session, society.id, facts.values)
    command = Admit(_category(session, society, category), starts_on, branch_id=branch_id, **more)
    rows[name], rows[f"{name}_member"] = person, admit(session, society, person, command)
    session.commit()


def _category(session: Session, society: Society, code: str) -> int:
    return next(row.id for row in categories(session, society.id) if row.code == code)


def _unit(session: Session, rows: dict[str, Any]) -> None:
    society = rows["society"]
    rows["unit"] = unit = enter_unit(session, society, EnterUnit("北京星河芯片有限公司", kind="enterprise"))
    command = Admit(_category(session, society, "unit"), date(2019, 1, 1), "U001")
    rows["unit_member"] = admit_unit(session, society, unit, command)
    rows["representative"] = represent(session, unit, rows["chen"], date(2019, 1, 1))
    session.commit()


def _govern(session: Session, rows: dict[str, Any]) -> None:
    """A council in its eighth term: Ouyang presides, Wang sits in it."""
    society, begun, planned = rows["society"], date(2023, 5, 1), date(2028, 5, 1)
    rows["council"] = council = establish(
        session, society, Establish(BodyKind.COUNCIL, "理事会", date(1999, 5, 1))
    )
    rows["chair_post"] = chair = add_post(session, council, AddPost("chair", "理事长", 1, 1, principal=True))
    rows["director_post"] = director = add_post(session, council, AddPost("director", "理事", 40, 15))
    rows["term"] = term = open_term(session, council, OpenTerm(8, begun, planned))
    meeting = Decide("第八次会员代表大会", begun, "选举第八届理事会", 120, 96)
    rows["decision"] = decision = decide(session, society, meeting)
    common = {"term_id": term.id, "starts_on": begun, "planned_end_on": planned, "decision_id": decision.id}
    rows["chair"] = appoint(session, society, Appoint(rows["ouyang"].id, chair.id, **common))
    rows["director"] = appoint(session, society, Appoint(rows["wang"].id, director.id, **common))
    session.commit()


def _open_accounts(session: Session, rows: dict[str, Any]) -> None:
    first, second = {"society_id": rows["society"].id}, {"society_id": rows["other"].id}
    own_branch, own_record = {"branch_id": rows["branch"].id}, {"person_id": rows["wang"].id}
    _account(session, rows, "admin", "系统管理员", Role.ADMIN, {})
    _account(session, rows, "staff", "秘书处刘老师", Role.STAFF, first)
    _account(session, rows, "staff2", "机械学会秘书处", Role.STAFF, second)
    _account(
        session,
        rows,
        "branch",
        "分会秘书周老师",
        Role.BRANCH_STAFF,
        first | own_branch,
    )
    _account(session, rows, "member", "王富", Role.MEMBER, first | own_record)
    _account(session, rows, "auditor", "监事孙老师", Role.AUDITOR, first)
    _account(session, rows, "supervisor", "科协学会部", Role.SUPERVISOR, first, second)


def _account(
    session: Session, rows: dict[str, Any], username: str, name: str, role: Role, *places: Mapping[str, int]
) -> None:
    account = open_account(session, username, name, PASSWORD)
    secret, began = digest(SECRETS.format(username)), datetime.now(UTC)
    session.add(SignIn(account_id=account.id, digest=secret, began_at=began, browser="Firefox · Linux"))
    for place in places:
        give_role(session, account, GiveRole(role, SINCE, **place))
    rows[f"{username}_account"] = account
