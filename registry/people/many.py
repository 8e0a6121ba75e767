"""One fact of many people at once, journalled as if each had been edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.journal.chain import entry
from registry.journal.recording import plain
from registry.journal.services import act, record
from registry.people.facts import read_fact
from registry.people.models import Person
from registry.people.services import refuse_any_erased

AT_ONCE = 500
SETTABLE = (
    "employer_kind",
    "grassroots",
    "title_level",
    "education",
    "degree",
    "political",
)
"""Coded facts that contradict no other one, and of which no sort key or search text is made."""

Tick = Callable[[int], None]


def set_fact(
    session: Session,
    society_id: int,
    key: str,
    typed: Any,
    standing: Mapping[int, Any],
    tick: Tick | None = None,
) -> None:
    """Give a fact of `SETTABLE` one value; `standing` are the people's ids with what stands of it now."""
    if key not in SETTABLE:
        raise ValueError(key)
    value = read_fact(key, typed)
    refuse_any_erased(session, society_id, standing)
    act(session, "person:edit", society_id)
    changed = [row_id for row_id, stands in standing.items() if stands != value]
    for start in range(0, len(changed), AT_ONCE):
        part = changed[start : start + AT_ONCE]
        _write(session, society_id, part, {key: value})
        record(session, [_entry(row_id, key, standing[row_id], value) for row_id in part])
        if tick:
            tick(len(part))


def _write(session: Session, society_id: int, ids: Sequence[int], values: Mapping[str, Any]) -> None:
    change = update(Person).where(Person.society_id == society_id, Person.id.in_(ids))
    session.execute(
        change.values(**values, version=Person.version + 1),
        execution_options={"synchronize_session": False},
    )


def _entry(row_id: int, key: str, before: Any, after: Any) -> dict[str, Any]:
    return entry("person", row_id, row_id, "changed", {key: plain(before)}, {key: plain(after)})
