"""Unit members (单位会员) and branch units (分支机构) as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import Session

from registry.bodies.queries import branch_heads
from registry.branches.queries import member_counts
from registry.core.codetables import TABLES
from registry.exports.tables import Heading, Line, Table
from registry.memberships.models import STATES, state_on
from registry.societies import queries as societies
from registry.societies.models import BRANCH_KINDS, Branch, Society
from registry.units import queries
from registry.units.queries import Sought

_UNIT = (
    Heading("number", "会员号"),
    Heading("name", "单位名称"),
    Heading("credit_code", "统一社会信用代码"),
    Heading("kind", "单位类型", choices=tuple(name for _code, name in TABLES["employer_kind"].choices())),
    Heading("region", "地区", choices=tuple(name for _code, name in TABLES["region"].choices())),
    Heading("representative", "代表"),
    Heading("category", "会员类别"),
    Heading("joined", "入会日期", "date"),
    Heading("state", "会籍状态"),
    Heading("ends", "会籍终止", "date"),
    Heading("address", "通信地址"),
)
_BRANCH = (
    Heading("name", "名称"),
    Heading("kind", "类型", choices=tuple(BRANCH_KINDS.values())),
    Heading("founded", "成立日期", "date"),
    Heading("founding", "成立决定"),
    Heading("head", "负责人"),
    Heading("post", "负责人职务"),
    Heading("host", "挂靠单位"),
    Heading("members", "会员人数", "number"),
    Heading("ended", "终止日期", "date"),
    Heading("ending", "终止决定"),
)


def units(
    session: Session,
    society: Society,
    allowed: ColumnElement[bool],
    day: date,
    title: str,
    *,
    past: bool = False,
) -> Table:
    """The unit members of the day by number, perhaps then those that left; each with who acts for it."""
    offered = tuple(row.name for row in societies.categories(session, society.id) if row.for_units)
    headings = [replace(head, choices=offered) if head.key == "category" else head for head in _UNIT]
    asked = (Sought(day), *((Sought(day, ended=True),) if past else ()))
    lines = (line for sought in asked for line in _unit_lines(session, society, allowed, sought))
    return Table(title, society.id, society.name, day, headings, lines, fixed=2)


def _unit_lines(
    session: Session, society: Society, allowed: ColumnElement[bool], sought: Sought
) -> Iterator[Line]:
    while True:
        rows = queries.rows(session, allowed, society.id, sought)
        shown = rows[: queries.PAGE]
        yield from ((None, _unit(row, sought.day)) for row in shown)
        if len(rows) == len(shown):
            return
        sought = replace(sought, after=shown[-1].id)


def _unit(row: Row[Any], day: date) -> list[str]:
    state = STATES[state_on(day, row.starts_on, row.ends_on, row.end_reason)]
    place = (TABLES["employer_kind"].name(row.kind), TABLES["region"].name(row.region))
    words = (row.number, row.name, row.credit_code or "", *place, row.representative or "", row.category)
    return [*words, str(row.starts_on), state, str(row.ends_on or ""), row.address]


def branches(
    session: Session,
    society: Society,
    allowed: ColumnElement[bool],
    day: date,
    title: str,
    *,
    elsewhen: bool = False,
) -> Table:
    """The branches (分支机构一览) of the day, perhaps also those of other days, with heads and members."""
    rows = societies.branches(session, society.id, allowed)
    shown = rows if elsewhen else societies.branches_on(rows, day)
    heads, counts = branch_heads(session, society.id, day), member_counts(session, society.id, day)
    headings = _BRANCH if elsewhen else [head for head in _BRANCH if not head.key.startswith("end")]
    lines = ((None, _branch(row, day, heads, counts)[: len(headings)]) for row in shown)
    return Table(title, society.id, society.name, day, headings, lines)


def _branch(
    row: Branch, day: date, heads: dict[int, list[tuple[str, str]]], counts: dict[int | None, int]
) -> list[str]:
    name, post = next(iter(heads.get(row.id, [])), ("", ""))
    begun = (row.name_on(day), BRANCH_KINDS[row.kind], str(row.starts_on), row.founding_decision)
    ended = (str(row.ends_on or ""), row.ending_decision)
    return [*begun, name, post, row.host, str(counts.get(row.id, 0)), *ended]
