"""What it takes to undo a merge: who holds what again, and what was changed in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.models import RoleGrant
from registry.bodies.models import Tenure
from registry.core.dates import PartialDate
from registry.journal.models import Entry
from registry.memberships.models import EndReason
from registry.merging.models import Merge
from registry.merging.plan import MOVED, Row
from registry.people.fields import FIELDS
from registry.people.models import Person

_TABLES: dict[str, Any] = {model.__tablename__: model for model in MOVED}
_SHOWN = 20


def versions(rows: Iterable[Row]) -> dict[str, int]:
    """How often each row was saved, by table and key."""
    return {f"{row.__tablename__} {row.id}": row.version for row in rows}


def give(row: Row, person: Person) -> None:
    """Another holder; who else is linked to the row is read anew."""
    row.person_id = person.id


def obstacles(session: Session, merge: Merge) -> Sequence[Entry]:
    """What was written of either entry since the merge, newest first."""
    query = (
        select(Entry)
        .where(
            Entry.society_id == merge.society_id, Entry.person_id.in_((merge.survivor_id, merge.person_id))
        )
        .where(Entry.act_id > merge.act_id, Entry.kind != "seen")
        .options(selectinload(Entry.act))
    )
    return session.scalars(query.order_by(Entry.id.desc()).limit(_SHOWN)).all()


def moved_on(session: Session, merge: Merge) -> bool:
    """True where a row was saved since, whether the journal names the person or not."""
    rows: list[Row] = [merge.survivor, merge.merged]
    rows += [session.get_one(_TABLES[table], row_id) for table, row_id in merge.undoing["moved"]]
    stood = merge.undoing["after"]
    return any(version != stood.get(key, version) for key, version in versions(rows).items())


def put_back(session: Session, merge: Merge) -> None:
    """The rows to their holder, then the spells that were voided, the grants that ended, and the facts."""
    stood = merge.undoing
    for table, row_id in stood["moved"]:
        give(session.get_one(_TABLES[table], row_id), merge.merged)
    merge.merged.merged_into_id = None
    for key, value in stood["facts"].items():
        setattr(merge.survivor, key, fact(key, value))
    session.flush()
    for table, row_id, ends_on, end_reason in stood["voided"]:
        _hold_again(session.get_one(_TABLES[table], row_id), ends_on, end_reason)
    for grant_id, ends_on in stood["grants"]:
        session.get_one(RoleGrant, grant_id).ends_on = _day(ends_on)
    session.flush()


def _hold_again(row: Row, ends_on: str | None, end_reason: str | None) -> None:
    if isinstance(row, Tenure):
        row.voided_at, row.void_reason = None, ""
    else:
        row.ends_on = _day(ends_on)
        row.end_reason = EndReason(end_reason) if end_reason else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def fact(key: str, value: Any) -> Any:
    """A fact as the journal has it → as the row holds it."""
    kind = FIELDS[key].kind if key in FIELDS else "text"
    if kind == "date":
        return PartialDate.parse(value) if value else None
    return tuple(value or ()) if kind == "codes" else value
