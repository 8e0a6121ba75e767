"""Judging likely twins, merging two entries into one, and taking a merge back whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.bodies.models import Tenure
from registry.core.actor import Actor
from registry.core.errors import RuleBroken, Stale
from registry.journal.chain import entry
from registry.journal.recording import plain
from registry.journal.services import act, record
from registry.memberships.models import EndReason
from registry.memberships.queries import numbers
from registry.memberships.services import mirror
from registry.merging import queries, restoring
from registry.merging.models import Apart, Merge
from registry.merging.plan import Plan, Row, draw, hold, state
from registry.people.models import Person
from registry.people.services import index, refuse_erased


@dataclass(frozen=True)
class MergeInto:
    """As confirmed: facts taken from the merged entry, whether overlapping spells may be voided, and why.

    `seen` is the `plan.state` of what was shown.
    """

    taken: frozenset[str]
    reason: str
    seen: str
    voiding: bool = False


def keep_apart(session: Session, one: Person, two: Person, reason: str) -> Apart:
    """These are two people, and are no longer listed as likely twins."""
    _refuse_unfit(one, two)
    act(session, "twin:apart", one.society_id, reason)
    low, high = sorted((one.id, two.id))
    row = queries.apart(session, one.society_id, low, high)
    if row is None:
        row = Apart(society_id=one.society_id, person_id=low, other_id=high)
        session.add(row)
    row.at, row.judged_by, row.reason = datetime.now(UTC), _actor(session).name, reason.strip()[:200]
    row.withdrawn_at = None
    session.flush()
    _tell_other(session, row)
    return row


def reopen(session: Session, row: Apart) -> None:
    """The judgement is withdrawn: the pair is listed again where it is alike."""
    act(session, "twin:reopen", row.society_id)
    row.withdrawn_at = datetime.now(UTC)
    session.flush()
    _tell_other(session, row)


def _tell_other(session: Session, row: Apart) -> None:
    """The journal of the other one knows of it too."""
    after = {"person_id": row.person_id, "other_id": row.other_id}
    record(session, [entry("apart", row.id, row.other_id, "changed", {}, after)])


def _actor(session: Session) -> Actor:
    found: Actor = session.info["actor"]
    return found


def merge(session: Session, survivor: Person, merged: Person, command: MergeInto, today: date) -> Merge:
    """Everything of `merged` goes to `survivor`; its row stays, and its accounts' grants end.

    Raises `RuleBroken` with what to settle first, or `Stale` where either was changed after it was shown.
    """
    _refuse_unfit(survivor, merged)
    if not command.reason.strip():
        raise RuleBroken("请写明为什么认定是同一个人；它会记入日志", "reason")
    # Opening the act locks the society's chain: from here on nobody else writes.
    opened = act(session, "person:merge", survivor.society_id, command.reason)
    session.expire_all()
    _refuse_unfit(survivor, merged)
    mine, theirs = hold(session, survivor), hold(session, merged)
    plan = draw(mine, theirs, command.taken)
    _refuse(plan, command)
    row = Merge(
        society_id=survivor.society_id,
        survivor_id=survivor.id,
        person_id=merged.id,
        act_id=opened.id,
        at=datetime.now(UTC),
        merged_by=_actor(session).name,
        reason=command.reason.strip(),
        undoing=_before(plan, today),
    )
    _carry_out(session, plan, today)
    session.add(row)
    session.flush()
    row.undoing = {**row.undoing, "after": restoring.versions([survivor, merged, *mine.rows, *theirs.rows])}
    session.flush()
    return row


def _refuse_unfit(one: Person, two: Person) -> None:
    if one.id == two.id:
        raise RuleBroken("这是同一个人的同一条记录，不用合并")
    if one.society_id != two.society_id:
        raise RuleBroken("两人不在同一个学会的名册里，不能合并")
    for person in (one, two):
        refuse_erased(person)
        if person.merged_into_id is not None:
            raise RuleBroken("%(name)s 的这条记录已经并入另一条", name=person.name)


def _refuse(plan: Plan, command: MergeInto) -> None:
    now = state(plan.survivor, plan.merged)
    if command.seen != now:
        raise Stale("", plan.survivor.person.name, plan.survivor.person.version)
    if plan.obstacles:
        raise RuleBroken("有会籍或任职互相重叠，请先更正下面列出的起止日期")
    if plan.voided and not command.voiding:
        raise RuleBroken("请确认作废重叠的一段", "voiding")


def _before(plan: Plan, today: date) -> dict[str, Any]:
    """All that an undoing puts back."""
    survivor = plan.survivor.person
    return {
        "facts": {key: plain(getattr(survivor, key)) for key in plan.facts},
        "moved": [[row.__tablename__, row.id] for row in plan.moved],
        "voided": [[row.__tablename__, row.id, plain(row.ends_on), _end_reason(row)] for row in plan.voided],
        "grants": [[row.id, plain(row.ends_on)] for row in plan.merged.in_force(today)],
    }


def _end_reason(row: Row) -> str | None:
    reason = getattr(row, "end_reason", None)
    return str(reason) if reason else None


def _carry_out(session: Session, plan: Plan, today: date) -> None:
    """First what clashes is voided, so that the database's own guard lets the rest come."""
    survivor, merged = plan.survivor.person, plan.merged.person
    for row in plan.voided:
        _void(row, plan)
    session.flush()
    for row in plan.moved:
        restoring.give(row, survivor)
    for grant in plan.merged.in_force(today):
        grant.ends_on = max(today, grant.starts_on)
    for key, value in plan.facts.items():
        setattr(survivor, key, value)
    merged.merged_into_id = survivor.id
    session.flush()
    session.expire_all()
    reindex(session, survivor)
    # Nothing finds an entry that has no words.
    merged.search_text = ""
    session.flush()


def _void(row: Row, plan: Plan) -> None:
    """As `void` of its own area does it, but within this act and with its reason."""
    if isinstance(row, Tenure):
        row.voided_at, row.void_reason = (
            datetime.now(UTC),
            f"与 {plan.survivor.person.name} 的另一条记录合并，重复",
        )
    else:
        row.ends_on, row.end_reason = row.starts_on, EndReason.VOIDED


def reindex(session: Session, person: Person) -> None:
    """Search text, sort keys, and what the spells mirror of them."""
    index(person, numbers(session, person.society_id, person.id))
    session.flush()
    mirror(session, person)


def undo(session: Session, row: Merge, reason: str) -> None:
    """Take a merge back whole; raises `RuleBroken` where either entry was changed since."""
    if row.undone_at is not None:
        raise RuleBroken("这次合并已经撤销")
    refuse_erased(row.survivor)
    act(session, "person:unmerge", row.society_id, reason)
    if restoring.obstacles(session, row) or restoring.moved_on(session, row):
        raise RuleBroken("合并之后又有改动，不能整个撤销；见下面列出的各项")
    restoring.put_back(session, row)
    row.undone_at = datetime.now(UTC)
    session.flush()
    session.expire_all()
    for person in (row.survivor, row.merged):
        reindex(session, person)
