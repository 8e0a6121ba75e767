"""Taking an act back: every row as it stood before, or a refusal that says what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.jobs.models import Job
from registry.jobs.services import Begin
from registry.jobs.services import done as finish
from registry.journal.chain import entry
from registry.journal.models import Act, Entry
from registry.journal.recording import HIDDEN, plain
from registry.journal.services import OpenAct, act, record
from registry.journal.words import CHINA, DEEDS, TABLES
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.undoing import queries
from registry.undoing.queries import Row, Trace
from registry.undoing.restoring import WITHDRAWN, Tick, restore
from registry.undoing.rights import needed

May = Callable[[Action, Place], bool]
KIND = "act:undo"
"""The deed in the journal, and the kind of the job."""
UNDOABLE = frozenset(
    {
        KIND,
        "body:end",
        "decision:annul",
        "import:apply",
        "list:apply",
        "membership:change",
        "membership:correct",
        "membership:end",
        "person:edit",
        "roster:bulk",
        "slate:pass",
        "tag:add",
        "tag:delete",
        "tag:merge",
        "tag:remove",
        "tag:rename",
        "tenure:appoint",
        "tenure:correct",
        "tenure:end",
        "tenure:void",
        "term:close",
        "term:extend",
    }
)
"""Kinds of act that can be taken back."""

UNDOES = "撤销"
"""So begins what the journal says over an undo."""
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
    return _take_back(session, done, queries.traces(session, done.id), lambda _many: None)


def _take_back(session: Session, done: Act, found: list[Trace], tick: Tick) -> OpenAct:
    _refuse(session, done, found)
    standing = queries.rows(session, found)
    _refuse_merged(standing)
    _refuse_obstacles(session, done, found, standing)
    _refuse_what_hangs(session, done, found, standing)
    opened = act(session, KIND, done.society_id, _named(done))
    record(session, [entry(queries.ACT, done.id, None, "undone", {}, {})])
    restore(session, found, standing, tick)
    return opened


def asked_for(done: Act, branch_id: int | None, rows: int, worker: str, at: datetime, back: str) -> Begin:
    """The job of taking a large act back; `back` is the page from which it was asked."""
    return Begin(done.society_id, branch_id, KIND, {"act": done.id, "back": back}, rows, worker, at)


def carry_out(session: Session, job_id: int, may: May, day: date, at: datetime, tick: Tick) -> None:
    """Do the job in the transaction under way, as far as the one who asked may change each of its rows."""
    job = session.get_one(Job, job_id)
    taken = session.get_one(Act, job.asked["act"])
    found = queries.traces(session, taken.id)
    if not all(may(action, place) for action, place in needed(session, taken.society_id, found, day)):
        raise RuleBroken("这一步改动了您无权改动的内容，不能撤销")
    opened = _take_back(session, taken, found, tick)
    finish(session, job_id, at, opened.id, job.total)


def _named(done: Act) -> str:
    return f"{UNDOES}{done.actor_name}于 {_moment(done.at)} 的“{DEEDS.get(done.deed, done.deed)}”"


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def refuse_kind(done: Act) -> None:
    """Some kinds of act are never taken back."""
    if done.deed not in UNDOABLE:
        raise RuleBroken("“%(deeds)s”不能撤销；请另作一次更正", deeds=DEEDS.get(done.deed, done.deed))


def _refuse(session: Session, done: Act, found: list[Trace]) -> None:
    """What no look at the rows is needed for."""
    refuse_kind(done)
    by = queries.taken_back(session, done.society_id, [done.id]).get(done.id)
    if by is not None and (again := session.get(Act, by)) is not None:
        raise RuleBroken(
            "这一步已由%(actor_name)s于 %(at)s 撤销", actor_name=again.actor_name, at=_moment(again.at)
        )
    if not found:
        raise RuleBroken("这一步没有改动任何内容，无可撤销")
    if any(trace.erased for trace in found):
        raise RuleBroken("这一步有内容已依法删除，不能撤销")
    if any(trace.hidden and not trace.new for trace in found):
        raise RuleBroken("这一步改动了保密的内容，日志里没有原来的值，不能撤销；请另作一次更正")
    if any(trace.new and trace.table not in WITHDRAWN for trace in found):
        raise RuleBroken("这一步新登记了内容，不能撤销；请用“终止”或“作废”")


def _refuse_merged(standing: Mapping[Row, Any]) -> None:
    """An entry that was merged into another stands as it stood then."""
    for row in standing.values():
        if isinstance(row, Person) and row.merged_into_id is not None:
            raise RuleBroken("%(name)s 的这条记录已经并入另一条；请先撤销合并", name=row.name)


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
        raise RuleBroken("不能撤销：%(names)s%(more)s。请直接改成需要的样子", names=names, more=more)


def _obstacles(row: Any, trace: Trace, later: list[Entry]) -> Iterator[Obstacle]:
    """Of a new row, whatever was changed since; otherwise only the fields that the act had changed."""
    keys = dict.fromkeys(trace.after)
    if trace.new:
        keys |= {key: None for since in later for key in since.after}
    for key in keys:
        if trace.after.get(key) != HIDDEN and plain(getattr(row, key)) != trace.after.get(key):
            yield Obstacle(row, trace, key, next((since for since in later if key in since.after), None))


def _refuse_what_hangs(session: Session, done: Act, found: list[Trace], standing: Mapping[Row, Any]) -> None:
    """Of somebody whom the act entered: an office, a tag or a spell that came later."""
    entered = [trace.row_id for trace in found if trace.new and trace.table == "person"]
    for since in queries.hanging(session, done, entered)[:1]:
        whose, what = standing["person", since.person_id or 0].name, TABLES[since.table_name].word
        by = f"{since.act.actor_name}于 {_moment(since.act.at)}"
        raise RuleBroken(
            "不能撤销：%(whose)s 之后已由%(by)s 登记了%(what)s。请先撤销那一步", whose=whose, by=by, what=what
        )


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
