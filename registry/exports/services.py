"""What leaves the house is journalled; the command line's export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import true
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.exports.lists import roster
from registry.exports.writing import KINDS, write_table
from registry.journal.chain import entry
from registry.journal.services import act, record
from registry.roster.queries import RosterFilter, every
from registry.societies.models import Society

_OPENED = {
    "members": lambda session, society_id: act(session, "roster:export", society_id),
    "units": lambda session, society_id: act(session, "unit:export", society_id),
    "branches": lambda session, society_id: act(session, "branch:export", society_id),
    "offices": lambda session, society_id: act(session, "body:export", society_id),
}
"""Each list has a deed of its own, so that the journal can be narrowed to it."""


def note_export(
    session: Session,
    society_id: int,
    rows: int,
    kind: str,
    narrowed_by: Sequence[str],
    what: str = "members",
) -> None:
    """Journal that a list left the house: how many rows, and by what it was narrowed; no personal data."""
    _OPENED[what](session, society_id)
    after = {"rows": rows, "kind": kind, "filters": list(narrowed_by)}
    record(session, [entry("export", None, None, "seen", {}, after)])


def export_file(session: Session, society: Society, path: Path, day: date) -> int:
    """The members of a day as `.xlsx` or `.csv` by the path's ending; journalled; returns their number."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise RuleBroken("文件名要以 .xlsx 或 .csv 结尾", "file")
    rows = every(session, true(), society.id, RosterFilter(day), phones=True)
    table = roster.table(session, society, rows, day, lambda _action, _row: True, "会员名册")
    with path.open("wb") as out:
        count = write_table(out, table, kind, session.info["vault"] if kind == "xlsx" else None)
    note_export(session, society.id, count, kind, [])
    return count
