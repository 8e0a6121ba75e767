"""A list is received, decided row by row, applied as one act or dropped; nothing is written before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.core.errors import RuleBroken
from registry.exchange.reading.files import read_file, read_text
from registry.exchange.reading.sheets import Unreadable
from registry.journal.services import act
from registry.lists.judged import Judgement
from registry.lists.kinds import appointing, branches, councils, units
from registry.lists.kinds.councils import CouncilList
from registry.lists.kinds.units import UnitList
from registry.lists.models import ListKind, ListState, RosterList
from registry.lists.reading import MOST, Entry, Listed, read, read_lines
from registry.societies.models import Society

MOVED_ON = "登记在您查看之后有了变动，结果与您看到的不同。请重新看一遍，再确认"
_ASKED: dict[str, type[Any]] = {ListKind.COUNCIL: CouncilList, ListKind.UNITS: UnitList}


@dataclass(frozen=True)
class Send:
    """A list as pasted or as a file, with what is to be known of it as a whole."""

    kind: ListKind
    text: str
    filename: str
    content: bytes
    asked: CouncilList | UnitList | None


def receive(session: Session, society: Society, command: Send, at: datetime) -> RosterList:
    """Keep what was read, sealed; `RuleBroken` where nothing can be."""
    if isinstance(command.asked, CouncilList):
        _refuse_odd_term(session, society, command.asked)
    listed = _read(command)
    if not listed.entries:
        raise RuleBroken("没有读出任何一行：表格要有姓名或名称一列，文字要写明职务和姓名", "text")
    if len(listed.entries) > MOST:
        raise RuleBroken("名单超过 %(most)s 行，请分成几份", "text", most=MOST)
    act(session, "list:receive", society.id)
    row = RosterList(
        society_id=society.id,
        account_name=session.info["actor"].name,
        at=at,
        kind=command.kind,
        source=PurePath(command.filename.replace("\\", "/")).name[-200:] or "粘贴的文字",
        content=session.info["vault"].seal_bytes(json.dumps(asdict(listed)).encode()),
        asked=_kept(command.asked),
        choices={},
        counts={},
    )
    session.add(row)
    session.flush()
    return row


def _refuse_odd_term(session: Session, society: Society, asked: CouncilList) -> None:
    body = bodies.body(session, society.id, asked.body_id)
    if body is None:
        raise RuleBroken("请选本学会的机构", "body_id")
    if asked.planned_end_on <= asked.starts_on:
        raise RuleBroken("计划届满日须晚于开始日期", "planned_end_on")
    if asked.ends_on and asked.ends_on <= asked.starts_on:
        raise RuleBroken("结束日期须晚于开始日期", "ends_on")


def _read(command: Send) -> Listed:
    try:
        if command.content:
            return read(read_file(command.content, command.filename), command.kind)
        text = command.text
        if command.kind == ListKind.COUNCIL and "\t" not in text and "<t" not in text.casefold():
            return read_lines(text.splitlines())
        return read(read_text(text), command.kind)
    except Unreadable as error:
        raise RuleBroken(str(error), "file" if command.content else "text") from error


def _kept(asked: CouncilList | UnitList | None) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, date) else value
        for key, value in vars(asked or _NOTHING).items()
    }


_NOTHING: Any = type("Nothing", (), {})()


def asked_of(row: RosterList) -> Any:
    """What is known of the list as a whole, as its kind has it."""
    kind = _ASKED.get(row.kind)
    if kind is None:
        return None
    days = {field.name for field in fields(kind) if "date" in str(field.type)}
    return kind(
        **{
            key: date.fromisoformat(value) if key in days and value else value
            for key, value in row.asked.items()
        }
    )


def listed_of(session: Session, row: RosterList) -> Listed:
    """What the list holds; `RuleBroken` once it is closed."""
    if row.content is None:
        raise RuleBroken("这份名单已经办完，不再保留")
    told = json.loads(session.info["vault"].open_bytes(row.content))
    entries = [Entry(**entry) for entry in told["entries"]]
    left_out = [(number, text) for number, text in told["left_out"]]
    return Listed(entries, told["seats"], left_out, tuple(told["columns"]))


def judge(session: Session, society: Society, row: RosterList) -> Judgement:
    """Every row against the register as it stands."""
    listed, asked = listed_of(session, row), asked_of(row)
    if row.kind == ListKind.COUNCIL:
        return councils.judge(session, society, asked, listed, row.choices)
    if row.kind == ListKind.UNITS:
        return units.judge(session, society, asked, listed, row.choices)
    return branches.judge(session, society, listed, row.choices)


def decide(
    session: Session, row: RosterList, choices: Mapping[str, str], *, admit: bool | None = None
) -> None:
    """Take the clerk's word on rows, and on whether missing spells of membership are made up for."""
    act(session, "list:decide", row.society_id)
    row.choices = {**row.choices, **choices}
    if admit is not None and row.kind == ListKind.COUNCIL:
        row.asked = {**row.asked, "admit": admit}
    session.flush()


def apply(session: Session, society: Society, row: RosterList, digest: str, at: datetime) -> int:
    """Write what was shown, as one act; the number of rows written."""
    judgement = judge(session, society, row)
    if judgement.digest != digest:
        raise RuleBroken(MOVED_ON)
    if judgement.obstacles:
        raise RuleBroken("；".join(judgement.obstacles))
    if not judgement.written:
        raise RuleBroken("没有要登记的行")
    opened = act(session, "list:apply", society.id, row.source)
    if row.kind == ListKind.COUNCIL:
        appointing.write(session, society, asked_of(row), listed_of(session, row), judgement)
    else:
        (units if row.kind == ListKind.UNITS else branches).write(session, society, judgement)
    row.counts, row.act_id = judgement.counts, opened.id
    _close(session, row, ListState.APPLIED, at)
    return len(judgement.written)


def drop(session: Session, row: RosterList, at: datetime) -> None:
    """Forget the list."""
    listed_of(session, row)
    act(session, "list:drop", row.society_id)
    _close(session, row, ListState.DROPPED, at)


def _close(session: Session, row: RosterList, state: ListState, at: datetime) -> None:
    row.state, row.closed_at, row.content, row.choices = state, at, None, {}
    session.flush()
