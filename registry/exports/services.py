"""What leaves the house is journalled; the command line's export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import true
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.exports.lists import institutions, officers, roster
from registry.exports.lists.roster import EVERY
from registry.exports.tables import Table
from registry.exports.writing import KINDS, write_table
from registry.journal.chain import entry
from registry.journal.services import act, record
from registry.roster.columns import in_order
from registry.roster.queries import RosterFilter, every
from registry.societies.models import Society

TITLES = {"members": "会员名册", "units": "单位会员名册", "branches": "分支机构一览", "offices": "任职名单"}
"""What can be exported, by the titles that the files bear."""
_OPENED = {
    "members": lambda session, society_id: act(session, "roster:export", society_id),
    "units": lambda session, society_id: act(session, "unit:export", society_id),
    "branches": lambda session, society_id: act(session, "branch:export", society_id),
    "offices": lambda session, society_id: act(session, "body:export", society_id),
}
"""Each list has a deed of its own, so that the journal can be narrowed to it."""


@dataclass(frozen=True)
class Wanted:
    """What the command line asks of a list; no columns = every one, `past`: with what is over by the day.

    `keyed`: so that the file can be imported again, which a workbook always can unless told otherwise.
    """

    what: str = "members"
    past: bool = False
    columns: tuple[str, ...] = ()
    sort: str = "number"
    keyed: bool | None = None


def note_export(
    session: Session,
    society_id: int,
    rows: int,
    kind: str,
    narrowed_by: Sequence[str],
    what: str = "members",
    columns: Sequence[str] = (),
) -> None:
    """Journal that a list left the house: how many rows of which columns, and by what it was narrowed."""
    _OPENED[what](session, society_id)
    after = {"rows": rows, "kind": kind, "filters": list(narrowed_by), "columns": list(columns)}
    record(session, [entry("export", None, None, "seen", {}, after)])


def export_file(
    session: Session, society: Society, path: Path, day: date, wanted: Wanted | None = None
) -> int:
    """A list of a day as `.xlsx` or `.csv` by the path's ending; journalled; returns how many rows it has."""
    wanted, kind = wanted or Wanted(), path.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise RuleBroken("文件名要以 .xlsx 或 .csv 结尾", "file")
    unknown = [key for key in wanted.columns if key not in EVERY]
    if unknown:
        raise RuleBroken(
            "名册没有“%(unknown)s”这一列；有的是 %(all)s", "columns", unknown=unknown[0], all="、".join(EVERY)
        )
    keyed = kind == "xlsx" if wanted.keyed is None else wanted.keyed
    table = _TABLES[wanted.what](session, society, day, wanted)
    with path.open("wb") as out:
        count = write_table(out, table, kind, session.info["vault"] if keyed else None)
    note_export(session, society.id, count, kind, [], wanted.what, table.labels)
    return count


def _may(_action: Any, _row: Any) -> bool:
    """Whoever has the shell has the database."""
    return True


def _members(session: Session, society: Society, day: date, wanted: Wanted) -> Table:
    sought = RosterFilter(day, state=("all",) if wanted.past else ("active",), sort=wanted.sort)
    rows = every(session, true(), society.id, sought, phones=True)
    columns = in_order(wanted.columns or EVERY)
    return roster.table(session, society, rows, day, _may, TITLES["members"], columns)


def _units(session: Session, society: Society, day: date, wanted: Wanted) -> Table:
    return institutions.units(session, society, true(), day, TITLES["units"], past=wanted.past)


def _branches(session: Session, society: Society, day: date, wanted: Wanted) -> Table:
    title = TITLES["branches"]
    return institutions.branches(session, society, true(), day, title, elsewhen=wanted.past)


def _offices(session: Session, society: Society, day: date, wanted: Wanted) -> Table:
    return officers.officers(session, society, day, _may, TITLES["offices"], past=wanted.past)


_TABLES: dict[str, Callable[[Session, Society, date, Wanted], Table]] = {
    "members": _members,
    "units": _units,
    "branches": _branches,
    "offices": _offices,
}
