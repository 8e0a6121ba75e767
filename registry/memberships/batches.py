"""Thousands of persons' spells changed or ended at once, under the rules of `services`, each journalled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.periods import Period
from registry.core.plans import unindexed
from registry.journal.chain import entry
from registry.journal.recording import plain
from registry.journal.services import act, record
from registry.memberships.models import END_REASONS, EndReason, Membership
from registry.memberships.services import Change, End

AT_ONCE = 500
_TABLE: Any = Membership.__table__
_UNTOLD = frozenset(column.key for column in _TABLE.c if column.info.get("journal") == "never") | {
    "version",
    "starts_known",
}
"""What the journal says of no successor: what only mirrors the holder, and that its beginning is known."""

Tick = Callable[[int], None]


def bar_to_change(row: Any, on: date) -> str:
    """Why a spell cannot be changed from that day; empty = it can."""
    if row.end_reason in (EndReason.CHANGED, EndReason.VOIDED):
        return "这段会籍之后已经变更或作废"
    if row.ends_on is not None and row.ends_on <= on:
        return f"已{END_REASONS[EndReason(row.end_reason or EndReason.RESIGNED)]}"
    return "" if Period(row.starts_on, row.ends_on).holds(on) else "这一天还没有入会"


def bar_to_end(row: Any, on: date) -> str:
    """Why a spell cannot end on that day; empty = it can."""
    if row.end_reason in (EndReason.CHANGED, EndReason.VOIDED):
        return "这段会籍之后已经变更或作废"
    if row.ends_on is not None:
        return f"已{END_REASONS[EndReason(row.end_reason or EndReason.RESIGNED)]}"
    return "" if row.starts_on <= on else "这一天还没有入会"


def change_all(
    session: Session, society_id: int, changes: Sequence[tuple[int, Change]], tick: Tick | None = None
) -> None:
    """Another category or branch for each spell from its day on; `RuleBroken` where one of them bars it.

    The keys of `Change` must be the society's own; see `services.refuse_foreign_keys`.
    """
    act(session, "membership:change", society_id)
    for start in range(0, len(changes), AT_ONCE):
        part = dict(changes[start : start + AT_ONCE])
        rows = _locked(session, society_id, list(part))
        for row in rows:
            _refuse(bar_to_change(row, part[row.id].on), row)
        _change(session, [(row, part[row.id]) for row in rows])
        if tick:
            tick(len(part))


def end_all(
    session: Session, society_id: int, ids: Sequence[int], command: End, tick: Tick | None = None
) -> None:
    """End the spells on one day for one reason; `RuleBroken` where one of them bars it."""
    act(session, "membership:end", society_id, command.why)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        rows = _locked(session, society_id, part)
        for row in rows:
            _refuse(bar_to_end(row, command.on), row)
        _set(session, rows, {"ends_on": command.on, "end_reason": command.reason})
        if tick:
            tick(len(part))


def _locked(session: Session, society_id: int, ids: Sequence[int]) -> Sequence[Row[Any]]:
    of_persons = unindexed(_TABLE.c.society_id) == society_id, _TABLE.c.person_id.is_not(None)
    query = select(*_TABLE.c).where(*of_persons, _TABLE.c.id.in_(ids))
    return session.execute(query.order_by(_TABLE.c.id).with_for_update()).all()


def _refuse(bar: str, row: Any) -> None:
    if bar:
        raise RuleBroken("%(number)s：%(why)s", number=row.number, why=bar)


def _change(session: Session, changes: Sequence[tuple[Row[Any], Change]]) -> None:
    """A spell that begins that day is edited, any other ends and is succeeded; the old ones end first."""
    edited = [(row, command) for row, command in changes if command.on == row.starts_on]
    succeeded = [(row, command) for row, command in changes if command.on != row.starts_on]
    for place in {(command.category_id, command.branch_id) for _row, command in edited}:
        moved = [row for row, command in edited if (command.category_id, command.branch_id) == place]
        _set(session, moved, dict(zip(("category_id", "branch_id"), place, strict=True)))
    for day in {command.on for _row, command in succeeded}:
        closed = [row for row, command in succeeded if command.on == day]
        _set(session, closed, {"ends_on": day, "end_reason": EndReason.CHANGED})
    _begin(session, [_successor(row, command) for row, command in succeeded])


def _set(session: Session, rows: Sequence[Row[Any]], values: dict[str, Any]) -> None:
    change = update(_TABLE).where(_TABLE.c.id.in_([row.id for row in rows]))
    session.execute(change.values(**values, version=_TABLE.c.version + 1))
    record(session, [_changed(row, values) for row in rows])


def _changed(row: Row[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Only the fields that did change."""
    before = {key: plain(getattr(row, key)) for key, new in values.items() if getattr(row, key) != new}
    after = {key: plain(values[key]) for key in before}
    return entry("membership", row.id, row.person_id, "changed", before, after)


def _successor(row: Row[Any], command: Change) -> dict[str, Any]:
    """The next spell: all that the old one says but when it began."""
    values = {key: getattr(row, key) for key in _TABLE.c.keys() if key != "id"}
    placed = {"category_id": command.category_id, "branch_id": command.branch_id}
    return {**values, **placed, "starts_on": command.on, "starts_known": "D", "version": 1}


def _begin(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert them in one statement, then read their keys: of each person the newest spell."""
    if not rows:
        return
    session.execute(insert(_TABLE), rows)
    newest = select(_TABLE.c.person_id, func.max(_TABLE.c.id).label("id")).where(
        _TABLE.c.society_id == rows[0]["society_id"],
        _TABLE.c.person_id.in_([row["person_id"] for row in rows]),
    )
    keys = {row.person_id: row.id for row in session.execute(newest.group_by(_TABLE.c.person_id))}
    record(session, [_new(keys[row["person_id"]], row) for row in rows])


def _new(row_id: int, row: dict[str, Any]) -> dict[str, Any]:
    told = {
        key: plain(value) for key, value in row.items() if key not in _UNTOLD and value not in (None, "", ())
    }
    return entry("membership", row_id, row["person_id"], "new", {}, told)
