"""Who governs: the offices of a society's bodies (任职名单), on a day or through all terms (届)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.bodies.models import BEGUN, ENDED
from registry.core.numerals import han_number
from registry.core.subjects import Place
from registry.exports.lists.roster import May
from registry.exports.queries import FACTS, offices
from registry.exports.tables import Heading, Line, Table
from registry.people.facts import teller
from registry.people.fields import FIELDS
from registry.societies.models import Society

_FLAGS = {None: "", True: "是", False: "否"}
_OFFICE = (
    Heading("body", "机构"),
    Heading("term", "届次"),
    Heading("post", "职务"),
    Heading("name", "姓名"),
    Heading("number", "会员号"),
)
_SPELL = (
    Heading("from", "任职日期", "date"),
    Heading("planned", "任期至", "date"),
    Heading("begun", "产生方式", choices=tuple(BEGUN.values())),
    Heading("full_time", "专职", choices=("是", "否")),
    Heading("legal", "法定代表人", choices=("是", "否")),
    Heading("nominated", "推荐单位"),
    Heading("filing", "备案"),
    Heading("approval", "审批"),
)
_END = (Heading("until", "离任日期", "date"), Heading("ended", "离任方式", choices=tuple(ENDED.values())))
_TELL = {key: teller(key) for key in FACTS}


def officers(
    session: Session,
    society: Society,
    day: date,
    may: May,
    title: str,
    *,
    past: bool = False,
    body_id: int | None = None,
) -> Table:
    """The offices of the day, or all since the beginning; of the persons what the reader may see of each."""
    rows = offices(session, society.id, day, past=past, body_id=body_id)
    facts = [key for key in FACTS if any(may(FIELDS[key].see, _member(row)) for row in rows)]
    headings = [*_OFFICE, *(_fact(key) for key in facts), *_SPELL, *(_END if past else ())]
    return Table(title, society.id, society.name, day, headings, _lines(rows, facts, may, past), fixed=4)


def _fact(key: str) -> Heading:
    return Heading(key, FIELDS[key].label, "date" if FIELDS[key].kind == "date" else "text")


def _member(row: Any) -> Place:
    """Where the person belongs; who is no member of the day belongs to no branch."""
    return Place(row.society_id, row.branch_id)


def _lines(rows: Sequence[Any], facts: Sequence[str], may: May, past: bool) -> Iterator[Line]:
    for row in rows:
        office = (row.body, f"第{han_number(row.ordinal)}届", row.post, row.name, row.number or "")
        told = (_TELL[key](getattr(row, key)) if may(FIELDS[key].see, _member(row)) else "" for key in facts)
        yield None, [*office, *told, *_spell(row), *(_end(row) if past else ())]


def _spell(row: Any) -> tuple[str, ...]:
    return (
        str(row.starts_on),
        str(row.planned_end_on or ""),
        BEGUN[row.begun_by],
        _FLAGS[row.full_time],
        _FLAGS[row.legal_representative],
        row.nominated_by,
        row.filing,
        row.approval,
    )


def _end(row: Any) -> tuple[str, ...]:
    return str(row.ends_on or ""), ENDED.get(row.ended_by or "", "")
