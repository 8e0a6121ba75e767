"""Taking an act back: every row as it stood before, or a refusal that says what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Session

from registry.core.dates import PartialDate
from registry.core.db import Codes, Instant, PartialDateText
from registry.core.errors import RuleBroken
from registry.core.periods import Period
from registry.journal.chain import entry
from registry.journal.models import Act, Entry
from registry.journal.recording import plain
from registry.journal.services import OpenAct, act, record
from registry.journal.words import CHINA, DEEDS, TABLES
from registry.memberships import queries as memberships
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import mirror
from registry.people import services as people
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.undoing import queries
from registry.undoing.queries import Row, Trace

UNDOABLE = frozenset(
    {
        "act:undo",
        "membership:change",
        "membership:correct",
        "membership:end",
        "person:edit",
        "roster:bulk",
        "tag:add",
        "tag:remove",
    }
)
"""Kinds of act that can be taken back."""

_NAMED = 3


@dataclass(frozen=True)
class Obstacle:
    """A field that does not stand as the act left it, and the entry that changed it since."""

    row: Any
    trace: Trace
    key: str
    since: Entry | None


def undo(session: Session, done: Act) -> OpenAct:
    """Take an act back whole, as an act of its own; raises `RuleBroken` where something came after it."""
    found = queries.traces(session, done.id)
    _refuse(session, done, found)
    standing = queries.rows(session, found)
    _refuse_merged(standing)
    _refuse_obstacles(session, done, found, standing)
    opened = act(session, "act:undo", done.society_id, _named(done))
    record(session, [entry(queries.ACT, done.id, None, "undone", {}, {})])
    _restore(session, found, standing)
    return opened


def _named(done: Act) -> str:
    return f"撤销{done.actor_name}于 {_moment(done.at)} 的“{DEEDS.get(done.deed, done.deed)}”"


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def refuse_kind(done: Act) -> None:
    """Some kinds of act are never taken back."""
    if done.deed not in UNDOABLE:
        raise RuleBroken(f"“{DEEDS.get(done.deed, done.deed)}”不能撤销；请另作一次更正")


def _refuse(session: Session, done: Act, found: list[Trace]) -> None:
    """What no look at the rows is needed for."""
    refuse_kind(done)
    by = queries.taken_back(session, done.society_id, [done.id]).get(done.id)
    if by is not None and (again := session.get(Act, by)) is not None:
        raise RuleBroken(f"这一步已由{again.actor_name}于 {_moment(again.at)} 撤销")
    if not found:
        raise RuleBroken("这一步没有改动任何内容，无可撤销")
    if any(trace.hidden for trace in found):
        raise RuleBroken("这一步改动了保密的内容，日志里没有原来的值，不能撤销；请另作一次更正")
    if any(trace.new and trace.table not in WITHDRAWN for trace in found):
        raise RuleBroken("这一步新登记了内容，不能撤销；请用“终止”或“作废”")


def _refuse_merged(standing: Mapping[Row, Any]) -> None:
    """An entry that was merged into another stands as it stood then."""
    for row in standing.values():
        if isinstance(row, Person) and row.merged_into_id is not None:
            raise RuleBroken(f"{row.name} 的这条记录已经并入另一条；请先撤销合并")


def _refuse_obstacles(session: Session, done: Act, found: list[Trace], standing: Mapping[Row, Any]) -> None:
    later = queries.later(session, done, found)
    obstacles = [
        obstacle
        for trace in found
        for obstacle in _obstacles(
            standing[trace.table, trace.row_id], trace, later[trace.table, trace.row_id]
        )
    ]
    if obstacles:
        names = "；".join(_said(obstacle) for obstacle in obstacles[:_NAMED])
        more = f"；另有 {len(obstacles) - _NAMED} 处" if len(obstacles) > _NAMED else ""
        raise RuleBroken(f"不能撤销：{names}{more}。请直接改成需要的样子")


def _obstacles(row: Any, trace: Trace, later: list[Entry]) -> Iterator[Obstacle]:
    """Of a new row, whatever was changed since; otherwise only the fields that the act had changed."""
    keys = dict.fromkeys(trace.after)
    if trace.new:
        keys |= {key: None for since in later for key in since.after}
    for key in keys:
        if plain(getattr(row, key)) != trace.after.get(key):
            yield Obstacle(row, trace, key, next((since for since in later if key in since.after), None))


def _said(obstacle: Obstacle) -> str:
    """Whose field, by whom, and when."""
    whose = getattr(obstacle.row, "name", "") or getattr(obstacle.row, "number", "")
    what = f"{whose}的{_label(obstacle.trace.table, obstacle.key)}"
    if obstacle.since is None:
        return f"{what}已不是这一步改成的值"
    by = obstacle.since.act
    return f"{what}已由{by.actor_name}于 {_moment(by.at)} 改过"


def _label(table: str, key: str) -> str:
    if table == "person" and key in FIELDS:
        return FIELDS[key].label
    fields = TABLES[table].fields if table in TABLES else {}
    return fields[key].label if key in fields else key


def _restore(session: Session, found: list[Trace], standing: Mapping[Row, Any]) -> None:
    """What gives room comes first: no two spells of one holder may overlap even for a moment."""
    changes = [(standing[trace.table, trace.row_id], _values(trace)) for trace in found]
    for widening in (False, True):
        part = [(row, values) for row, values in changes if _widens(row, values) is widening]
        if widening:
            _refuse_overlaps(session, part)
        for row, values in part:
            for key, value in values.items():
                setattr(row, key, value)
        session.flush()
    _settle(session, ((row, set(values)) for row, values in changes))


def _values(trace: Trace) -> dict[str, Any]:
    """The fields that the row gets back."""
    if trace.new:
        return WITHDRAWN[trace.table](trace)
    columns = queries.mapped(trace.table).__table__.c
    return {key: _read(columns[key].type, value) for key, value in trace.before.items()}


def _read(kind: Any, value: Any) -> Any:
    """A value as the journal holds it → as the row holds it."""
    if value is None:
        return () if isinstance(kind, Codes) else None
    return next((read(value) for type_, read in _READERS if isinstance(kind, type_)), value)


_READERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (PartialDateText, PartialDate.parse),
    (Codes, tuple),
    (Instant, datetime.fromisoformat),
    (Date, date.fromisoformat),
)


def _void(trace: Trace) -> dict[str, Any]:
    """A spell that begins with the act holds on no day any more."""
    return {"ends_on": date.fromisoformat(trace.after["starts_on"]), "end_reason": EndReason.VOIDED}


WITHDRAWN: dict[str, Callable[[Trace], dict[str, Any]]] = {
    "membership": _void,
    "tagging": lambda _trace: {"held": False},
    "tag": lambda _trace: {},
}
"""By table: how a row that an act began is withdrawn: nothing is deleted; a tag without bearers is unseen."""


def _widens(row: Any, values: Mapping[str, Any]) -> bool:
    """The row will hold on days on which it does not hold now."""
    if "ends_on" not in values and "starts_on" not in values:
        return False
    starts, ends = values.get("starts_on", row.starts_on), values.get("ends_on", row.ends_on)
    return starts < row.starts_on or (row.ends_on is not None and (ends is None or ends > row.ends_on))


def _refuse_overlaps(session: Session, part: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
    """No spell that comes back may share a day with another of its holder."""
    spells = {row: _period(row, values) for row, values in part if isinstance(row, Membership)}
    if not spells:
        return
    back = {row.id: period for row, period in spells.items()}
    beside = memberships.of_holders(session, next(iter(spells)).society_id, spells)
    for row, period in spells.items():
        for other in beside[row.person_id, row.unit_id]:
            held = back.get(other.id) or Period(other.starts_on, other.ends_on)
            if other.id != row.id and period.overlaps(held):
                until = other.ends_on or "今"
                told = f"{other.number}（{other.starts_on} 至{until}）"
                raise RuleBroken(f"不能撤销：{row.number} 之后另有会籍 {told}")


def _period(row: Membership, values: Mapping[str, Any]) -> Period:
    return Period(values.get("starts_on", row.starts_on), values.get("ends_on", row.ends_on))


def _settle(session: Session, changes: Iterable[tuple[Any, set[str]]]) -> None:
    """What is made from the facts that came back: search text, sort keys, the roster's mirror."""
    for row, keys in changes:
        if isinstance(row, Person):
            people.refuse_contradictions(row)
            if people.MIRRORED & keys:
                _index(session, row)
                mirror(session, row)
        elif isinstance(row, Membership) and "number" in keys and row.person is not None:
            _index(session, row.person)


def _index(session: Session, person: Person) -> None:
    people.index(person, memberships.numbers(session, person.society_id, person.id))
    session.flush()
