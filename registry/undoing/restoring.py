"""Giving rows back what they held before an act, under the rules by which they got it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, Table, UniqueConstraint, select
from sqlalchemy.orm import Session

from registry.bodies import rules
from registry.bodies.models import Tenure
from registry.core.dates import PartialDate
from registry.core.db import Codes, Instant, PartialDateText
from registry.core.errors import RuleBroken
from registry.core.periods import Period
from registry.memberships import queries as memberships
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import mirror
from registry.people import services as people
from registry.people.models import Person
from registry.undoing import queries
from registry.undoing.queries import BATCH, Row, Trace

Tick = Callable[[int], None]


def restore(session: Session, found: list[Trace], standing: Mapping[Row, Any], tick: Tick) -> None:
    """What gives room comes first: no two spells of one holder may overlap even for a moment."""
    changes = [(standing[trace.table, trace.row_id], _values(trace)) for trace in found]
    for widening in (False, True):
        part = [(row, values) for row, values in changes if _widens(row, values) is widening]
        if widening:
            _refuse_overlaps(session, part)
        _refuse_taken(session, part)
        for start in range(0, len(part), BATCH):
            _set(session, part[start : start + BATCH])
            tick(len(part[start : start + BATCH]))
    _settle(session, ((row, set(values)) for row, values in changes))


def _set(session: Session, part: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
    for row, values in part:
        for key, value in values.items():
            setattr(row, key, value)
    session.flush()


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


def _on_no_day(trace: Trace) -> dict[str, Any]:
    """What begins with the act ends as it begins."""
    return {"ends_on": date.fromisoformat(trace.after["starts_on"])}


WITHDRAWN: dict[str, Callable[[Trace], dict[str, Any]]] = {
    "membership": _void,
    "tagging": lambda _trace: {"held": False},
    "tag": lambda _trace: {},
    "tenure": lambda _trace: {"voided_at": datetime.now(UTC), "void_reason": "随整份名单撤销"},
    "term": _on_no_day,
    "branch": _on_no_day,
    "branch_name": _on_no_day,
    "representative": _on_no_day,
} | {
    table: lambda _trace: {}
    for table in ("decision", "identity_document", "meeting", "person", "post", "unit")
}
"""By table: how a row that an act began is withdrawn: nothing is deleted; a tag without bearers is unseen,
and so is a person or unit without a spell of membership; documents stay, so that who comes again is known."""


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
                raise RuleBroken("不能撤销：%(number)s 之后另有会籍 %(told)s", number=row.number, told=told)


def _refuse_taken(session: Session, part: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
    """What a row alone may bear has not become another's meanwhile."""
    for row, values in part:
        for key in _unique(row.__table__) if values else ():
            if not key & values.keys():
                continue
            wanted = {name: values.get(name, getattr(row, name)) for name in key}
            others = select(type(row).id).filter_by(**wanted).where(type(row).id != row.id)
            if session.scalars(others.limit(1)).first() is not None:
                told = "、".join(str(values[name]) for name in sorted(key & values.keys()))
                raise RuleBroken("不能撤销：“%(told)s”现在另有所用", told=told)


@cache
def _unique(table: Table) -> tuple[frozenset[str], ...]:
    """The sets of columns that no two rows share."""
    keys = (key for key in table.constraints if isinstance(key, UniqueConstraint))
    return tuple(frozenset(column.key for column in key.columns) for key in keys)


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
        elif isinstance(row, Tenure) and row.voided_at is None and row.ends_on != row.starts_on:
            rules.post_is_free(session, row.person_id, row.post, row.period, row.id)
        elif isinstance(row, Membership) and "number" in keys and row.person is not None:
            _index(session, row.person)


def _index(session: Session, person: Person) -> None:
    people.index(person, memberships.numbers(session, person.society_id, person.id))
    session.flush()
