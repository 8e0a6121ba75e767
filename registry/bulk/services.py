"""Holding what was chosen, and doing one deed for all of it: one act, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from registry.bulk import queries
from registry.bulk.models import Choice
from registry.bulk.planning import May, Order, Plan, draw
from registry.core.errors import RuleBroken
from registry.jobs.models import Job
from registry.jobs.services import Begin, done
from registry.journal.chain import entry
from registry.journal.services import act, record
from registry.memberships.batches import change_all, end_all
from registry.memberships.models import EndReason
from registry.memberships.services import Change, End, refuse_foreign_keys
from registry.people.many import set_fact
from registry.tags import services as tags
from registry.tags.queries import tag_of

KIND = "roster:bulk"
"""The deed in the journal, and the kind of the job."""
KEPT = timedelta(days=7)
"""So long a choice can be confirmed."""
MOVED_ON = "您确认之后，名册又有了变动，与您看到的不同。没有写入任何内容；请再看一遍，再确认"
NOBODY = "没有要办理的人"

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Hold:
    """What was chosen, by whom and on which page; `announced` is the number that the page had said."""

    spell_ids: Sequence[int]
    account_id: int | None
    at: datetime
    branch_id: int | None = None
    announced: int | None = None
    origin: str = ""


def hold(session: Session, society_id: int, command: Hold) -> Choice:
    """Keep the spells that were counted; what the same account chose long ago is forgotten."""
    if not command.spell_ids:
        raise RuleBroken("请先勾选会员")
    if len(command.spell_ids) > queries.MOST:
        raise RuleBroken("一次最多办理 %(most)s 人，请先缩小范围", most=f"{queries.MOST:,}")
    session.execute(
        delete(Choice).where(
            Choice.society_id == society_id,
            Choice.account_id == command.account_id,
            Choice.at < command.at - KEPT,
        )
    )
    choice = Choice(society_id=society_id, **{**vars(command), "spell_ids": list(command.spell_ids)})
    session.add(choice)
    session.flush()
    return choice


def asked_for(choice: Choice, plan: Plan, worker: str, at: datetime) -> Begin:
    """The job of doing exactly this plan."""
    if not plan.rows:
        raise RuleBroken(NOBODY)
    asked = asdict(plan.order) | {"on": _iso(plan.order.on), "target": plan.target, "digest": plan.digest}
    return Begin(choice.society_id, choice.branch_id, KIND, asked, len(plan.rows), worker, at, choice.id)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def order_of(job: Job) -> Order:
    """What the job was asked to do."""
    asked = {key: job.asked[key] for key in ("deed", "value", "key", "why")}
    on = job.asked["on"]
    return Order(**asked, on=date.fromisoformat(on) if on else None)


def carry_out(
    session: Session,
    job_id: int,
    allowed: ColumnElement[bool],
    may: May,
    words: str,
    at: datetime,
    tick: Tick,
) -> None:
    """Do the job in the transaction under way; `RuleBroken` where the register has moved on meanwhile."""
    job = session.get_one(Job, job_id)
    order = order_of(job)
    opened = act(session, KIND, job.society_id, words)
    choice = session.get(Choice, job.choice_id)
    plan = draw(session, allowed, may, choice, order) if choice else None
    if plan is None or plan.digest != job.asked["digest"]:
        raise RuleBroken(MOVED_ON)
    done(session, job_id, at, opened.id, len(plan.rows))
    _WRITERS[order.deed](session, job.society_id, plan, tick)


def note_addresses(session: Session, society_id: int, kind: str, people: Sequence[int]) -> None:
    """Journal that addresses left the house: how many and of which kind; each person can read it."""
    act(session, "roster:write", society_id)
    record(session, [entry("person", key, key, "seen", {}, {}) for key in people])
    record(session, [entry("export", None, None, "seen", {}, {"rows": len(people), "kind": kind})])


def _move(session: Session, society_id: int, plan: Plan, tick: Tick) -> None:
    order = plan.order
    placed = {"category_id": int(order.value)} if order.deed == "category" else {}
    branch = {} if placed else {"branch_id": int(order.value) if order.value else None}
    places = [
        {"category_id": row.category_id, "branch_id": row.branch_id} | placed | branch for row in plan.rows
    ]
    for place in {tuple(place.items()): place for place in places}.values():
        refuse_foreign_keys(session, society_id, place["category_id"], place["branch_id"], for_units=False)
    changes = [(row.id, Change(order.day, **place)) for row, place in zip(plan.rows, places, strict=True)]
    change_all(session, society_id, changes, tick)


def _end(session: Session, society_id: int, plan: Plan, tick: Tick) -> None:
    command = End(plan.order.day, EndReason(plan.order.value), plan.order.why)
    end_all(session, society_id, [row.id for row in plan.rows], command, tick)


def _set(session: Session, society_id: int, plan: Plan, tick: Tick) -> None:
    key = plan.order.key
    standing = {row.person_id: getattr(row, key) for row in plan.rows}
    set_fact(session, society_id, key, plan.order.value, standing, tick)


def _tag(session: Session, society_id: int, plan: Plan, tick: Tick) -> None:
    tags.add(session, society_id, plan.order.value, [row.person_id for row in plan.rows], tick)


def _untag(session: Session, society_id: int, plan: Plan, tick: Tick) -> None:
    tag = tag_of(session, society_id, int(plan.order.value))
    if tag is not None:
        tags.remove(session, tag, [row.person_id for row in plan.rows], tick)


_WRITERS: Mapping[str, Callable[[Session, int, Plan, Tick], None]] = {
    "category": _move,
    "branch": _move,
    "state": _end,
    "fact": _set,
    "tag": _tag,
    "untag": _untag,
}
