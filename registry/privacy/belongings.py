"""What hangs on a person, and what becomes of it when the person is erased; every table must stand here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, or_, select, update
from sqlalchemy.orm import Session

from registry.core.db import Base


@dataclass(frozen=True)
class Goes:
    """Rows that are deleted; of an officer some stay, for they belong to the record of the office."""

    word: str
    columns: tuple[str, ...] = ("person_id",)
    of_officers: bool = True


@dataclass(frozen=True)
class Stays:
    """Rows that stay, without what is free text in them; why they stay is said to both sides."""

    word: str
    why: str
    emptied: Mapping[str, Any]
    columns: tuple[str, ...] = ("person_id",)


GOES: Mapping[str, Goes] = {
    "identity_document": Goes("身份证件"),
    "confirmation_asked": Goes("年度确认"),
    "proposed_fact": Goes("申请更正的内容"),
    "proposal": Goes("更正申请和所附的材料"),
    "recommendation": Goes("给别人的入会推荐"),
    "certificate": Goes("会员证明和任职证明"),
    "integrity_record": Goes("诚信记录"),
    "tagging": Goes("标签"),
    "invitation": Goes("开账号的邀请"),
    "twin_mark": Goes("查重用的标记"),
    "settled": Goes("导入时的认定", ("taken_for_id",)),
    "apart": Goes("“不是同一个人”的判断", ("person_id", "other_id")),
    "candidate": Goes("拟任名单上的名字", of_officers=False),
    "official_status": Goes("领导干部身份", of_officers=False),
}
STAYS: Mapping[str, Stays] = {
    "membership": Stays("会籍", "只留类别和起止日期：历年会员数由此算出", {"remark": ""}),
    "application": Stays("入会申请", "只留办理的经过", {"name": "", "typed": b""}),
    "representative": Stays("单位代表", "单位会员的记录", {}),
    "tenure": Stays("任职", "理事会等的名单是本会的档案，依法备案并公开", {}),
    "consent": Stays("同意和撤回", "证明当时的处理有依据", {"evidence": ""}),
    "person_merge": Stays(
        "合并的记录", "只留哪两条合成了一条", {"undoing": {}, "reason": ""}, ("person_id", "survivor_id")
    ),
    "erasure": Stays("删除的申请", "证明已经依法办理", {"words": ""}),
    "role_grant": Stays("账号的角色", "只留起止日期", {}),
    "person": Stays("名册上的一行", "只留性别、地区、出生年份：各年的人数由此算出", {}, ("id",)),
}


_NOT_THE_HOLDERS = frozenset({"role_grant", "saved_view", "invitation"})


def of_accounts() -> Iterator[Table]:
    """What hangs on an account alone: sessions, columns remembered, second factors; it ends with it."""
    account = Base.metadata.tables["account"]
    for table in Base.metadata.sorted_tables:
        key = table.c.get("account_id")
        if key is not None and key.references(account.c.id) and table.name not in _NOT_THE_HOLDERS:
            yield table


def rows_of_accounts(session: Session, ids: Collection[int]) -> list[tuple[str, int]]:
    """Table and key of what will end with these accounts, by which the journal tells of it."""
    return [
        (table.name, key)
        for table in of_accounts()
        if "id" in table.c
        for key in session.scalars(select(table.c.id).where(table.c.account_id.in_(ids)))
    ]


def going(session: Session, society_id: int, ids: Collection[int], *, officer: bool) -> dict[str, int]:
    """How many rows of each table would be deleted."""
    wanted = {name: spec for name, spec in GOES.items() if spec.of_officers or not officer}
    return _count(session, society_id, ids, wanted)


def staying(session: Session, society_id: int, ids: Collection[int]) -> dict[str, int]:
    """How many rows of each table would stay."""
    return _count(session, society_id, ids, STAYS)


def _count(
    session: Session, society_id: int, ids: Collection[int], wanted: Mapping[str, Goes] | Mapping[str, Stays]
) -> dict[str, int]:
    found = {}
    for name, spec in wanted.items():
        table = Base.metadata.tables[name]
        query = select(func.count()).select_from(table)
        found[name] = session.scalar(query.where(*_mine(table, spec.columns, society_id, ids))) or 0
    return {name: many for name, many in found.items() if many}


def remove(session: Session, society_id: int, ids: Collection[int], *, officer: bool) -> None:
    """Delete what goes and empty what stays; below the journal, which must not hold what was there."""
    for name, gone in GOES.items():
        if gone.of_officers or not officer:
            table = Base.metadata.tables[name]
            session.execute(delete(table).where(*_mine(table, gone.columns, society_id, ids)))
    for name, kept in STAYS.items():
        if kept.emptied:
            table = Base.metadata.tables[name]
            mine = _mine(table, kept.columns, society_id, ids)
            session.execute(update(table).where(*mine).values(**kept.emptied))


def _mine(
    table: Table, columns: Collection[str], society_id: int, ids: Collection[int]
) -> tuple[ColumnElement[bool], ...]:
    return table.c.society_id == society_id, or_(*(table.c[key].in_(ids) for key in columns))
