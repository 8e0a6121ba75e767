"""Every write of a session becomes an entry by itself, so that no service can forget."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from registry.journal import services
from registry.journal.chain import entry

HIDDEN = "••••••"
"""Stands for a value that the journal must not hold in clear."""


def install(maker: Any) -> None:
    """Listen on a session class or factory, once however many applications share it."""
    if not event.contains(maker, "after_flush", _after_flush):
        event.listen(maker, "after_flush", _after_flush)
        event.listen(maker, "before_commit", _before_commit)
        event.listen(maker, "after_rollback", _after_rollback)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    changed = [obj for obj in session.dirty if session.is_modified(obj)]
    new = list(session.new)
    if any(_journalled(obj) for obj in session.deleted):
        raise RuntimeError("nothing is deleted: end, correct or void")
    services.record(session, [_entry(obj, "new") for obj in new if _journalled(obj)])
    entries = [_entry(obj, "changed") for obj in changed if _journalled(obj)]
    services.record(session, [row for row in entries if row["after"]])


def _before_commit(session: Session) -> None:
    session.flush()
    services.seal(session)


def _after_rollback(session: Session) -> None:
    session.info.pop("act", None)


def _journalled(obj: Any) -> bool:
    return getattr(obj, "__journalled__", True)


def _entry(obj: Any, kind: str) -> dict[str, Any]:
    before, after = _difference(obj, kind)
    person = obj.id if obj.__tablename__ == "person" else getattr(obj, "person_id", None)
    return entry(obj.__tablename__, getattr(obj, "id", None), person, kind, before, after)


def _difference(obj: Any, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that changed; of a new row, all that hold something."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(obj)
    for attribute in state.mapper.column_attrs:
        # What a row held before it was changed is kept by key; looking there first is ten times as quick.
        if kind == "changed" and attribute.key not in state.committed_state:
            continue
        rule = attribute.columns[0].info.get("journal")
        history = state.attrs[attribute.key].history
        if rule == "never" or attribute.key in {"id", "version"} or not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if old == new or (kind == "new" and new in (None, "", ())):
            continue
        if kind == "changed":
            before[attribute.key] = HIDDEN if rule == "sealed" else plain(old)
        after[attribute.key] = HIDDEN if rule == "sealed" else plain(new)
    return before, after


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if value is None or isinstance(value, str | int | float | dict):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return list(value)
    return str(value)
