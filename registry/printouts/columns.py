"""The columns that lists on paper offer: heading, the right to see it, and how a row fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.core.dates import PartialDate
from registry.core.policy import Action
from registry.core.text import spaced
from registry.people.documents import LABELS, masked
from registry.people.facts import shown
from registry.people.fields import FIELDS

INDEX = "index"
WOMAN, HAN = "F", "01"
"""Codes: lists of names say who is a woman, and of which people whoever is not 汉族."""


@dataclass(frozen=True)
class Office:
    """A post that somebody holds on the day; `order` stands across bodies."""

    post: str
    order: tuple[int, int]
    full_time: bool | None
    legal: bool
    nominated_by: str


@dataclass
class Beside:
    """What stands beside the people in other tables."""

    day: date
    offices: Mapping[int, Sequence[Office]] = field(default_factory=dict)
    again: Mapping[int, bool | None] = field(default_factory=dict)
    documents: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def held(self, row: Any) -> Sequence[Office]:
        """The offices of a row's person, the highest first."""
        return self.offices.get(row.person_id, ())


@dataclass(frozen=True)
class Column:
    """`see` is asked for each row; None where whoever sees the row sees it. `flexible`: it may wrap."""

    label: str
    text: Callable[[Any, Beside], str]
    see: Action | None = None
    flexible: bool = False


def _fact(key: str, label: str = "") -> Column:
    spec = FIELDS[key]
    return Column(label or spec.label, lambda row, _beside: shown(key, getattr(row, key)), spec.see)


def _plain(key: str, label: str, see: Action | None = None, *, flexible: bool = False) -> Column:
    return Column(label, lambda row, _beside: str(getattr(row, key) or ""), see, flexible)


def _birth(row: Any, _beside: Beside) -> str:
    """1965.03, as lists have it."""
    birth: PartialDate | None = row.birth
    return "" if birth is None else ".".join(str(birth).split("-")[:2])


def _region(row: Any, _beside: Beside) -> str:
    """中国香港, 中国澳门, 中国台湾; of foreigners their country."""
    region, country = shown("region", row.region), shown("nationality", row.nationality)
    return f"{region}（{country}）" if region == "外籍" and country else region


def _schooling(row: Any, _beside: Beside) -> str:
    known = (shown(key, getattr(row, key)) for key in ("education", "degree"))
    return "/".join(word for word in known if word)


def _work(row: Any, _beside: Beside) -> str:
    """燕山计算研究所副所长; once where the unit is named in the post already."""
    if row.employer and row.position.startswith(row.employer):
        return str(row.position)
    apart = " " if row.employer[-1:].isascii() and row.position else ""
    return f"{row.employer}{apart}{row.position}".strip()


def _offices(row: Any, beside: Beside) -> str:
    return "、".join(dict.fromkeys(office.post for office in beside.held(row)))


def _full_time(row: Any, beside: Beside) -> str:
    said = [office.full_time for office in beside.held(row)]
    return "是" if True in said else "否" if False in said else ""


def _again(row: Any, beside: Beside) -> str:
    return {True: "是", False: "否", None: ""}[beside.again.get(row.person_id)]


def _legal(row: Any, beside: Beside) -> str:
    return "是" if any(office.legal for office in beside.held(row)) else ""


def _nominated(row: Any, beside: Beside) -> str:
    return "、".join(dict.fromkeys(filter(None, (office.nominated_by for office in beside.held(row)))))


def _joined(row: Any, _beside: Beside) -> str:
    if row.starts_on is None:
        return ""
    parts = str(row.starts_on).split("-")
    return ".".join(parts[: {"Y": 1, "M": 2}.get(row.starts_known, 3)])


def _document_kinds(row: Any, beside: Beside) -> str:
    held = beside.documents.get(row.person_id, ())
    return "、".join(LABELS[kind] for kind, _last4 in held)  # type: ignore[index]


def _document_numbers(row: Any, beside: Beside) -> str:
    return "、".join(masked(last4) for _kind, last4 in beside.documents.get(row.person_id, ()))


def annotation(row: Any, *, sex: bool, ethnic: bool) -> str:
    """What lists of names say behind a name: （女，满族）."""
    said = ["女"] if sex and row.sex == WOMAN else []
    if ethnic and row.ethnic not in {None, HAN}:
        said.append(shown("ethnic", row.ethnic))
    return f"（{'，'.join(said)}）" if said else ""


NUMBERED = Column("序号", lambda _row, _beside: "")
PEOPLE: Mapping[str, Column] = {
    INDEX: NUMBERED,
    "number": _plain("number", "会员号", Action.ROSTER_SEE),
    "name": Column("姓名", lambda row, _beside: spaced(row.name)),
    "offices": Column("本会职务", _offices, Action.BODY_SEE),
    "sex": _fact("sex"),
    "ethnic": _fact("ethnic"),
    "birth": Column("出生年月", _birth, FIELDS["birth"].see),
    "region": Column("地区", _region, FIELDS["region"].see),
    "political": _fact("political"),
    "schooling": Column("学历/学位", _schooling, FIELDS["degree"].see),
    "work": Column("工作单位及职务", _work, FIELDS["employer"].see, flexible=True),
    "title": _fact("title"),
    "full_time": Column("是否专职", _full_time, Action.BODY_SEE),
    "again": Column("是否连任", _again, Action.BODY_SEE),
    "legal": Column("法定代表人", _legal, Action.BODY_SEE),
    "nominated": Column("推荐单位", _nominated, Action.BODY_SEE, flexible=True),
    "category": _plain("category", "会员类别", Action.MEMBERSHIP_SEE),
    "branch": _plain("branch", "分支机构", Action.MEMBERSHIP_SEE, flexible=True),
    "joined": Column("入会日期", _joined, Action.MEMBERSHIP_SEE),
    "document_kinds": Column("证件类型", _document_kinds, Action.DOCUMENT_SEE),
    "document_numbers": Column("证件号码", _document_numbers, Action.DOCUMENT_SEE),
    "phone": _fact("phone", "联系电话"),
    "email": _fact("email"),
    "name_latin": _fact("name_latin"),
    "remark": _plain("remark", "备注", Action.MEMBERSHIP_SEE, flexible=True),
}
BRANCHES: Mapping[str, Column] = {
    INDEX: NUMBERED,
    "code": _plain("code", "编号"),
    "name": _plain("name", "名称", flexible=True),
    "kind": _plain("kind", "类型"),
    "founded": Column("成立日期", lambda row, _beside: str(row.starts_on).replace("-", ".")),
    "host": _plain("host", "挂靠单位", flexible=True),
    "head": _plain("head", "负责人"),
    "members": Column("会员数", lambda row, _beside: str(row.members)),
    "decision": _plain("decision", "成立决定", flexible=True),
}
UNITS: Mapping[str, Column] = {
    INDEX: NUMBERED,
    "number": _plain("number", "会员号"),
    "name": _plain("name", "单位名称", flexible=True),
    "credit_code": _plain("credit_code", "统一社会信用代码"),
    "category": _plain("category", "会员类别"),
    "representative": Column("单位代表", lambda row, _beside: spaced(row.representative or "")),
    "joined": Column("入会日期", _joined),
}
