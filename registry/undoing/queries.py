"""What an act did to each row, what came after it, and which acts have been taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from registry.core.db import Base
from registry.journal.chain import erased
from registry.journal.models import Act, Entry
from registry.journal.recording import HIDDEN
from registry.people.models import Person

ACT = "act"
"""The table named by the entry with which an act says which other one it takes back."""
BATCH = 500
_OF_THE_DEED = ("upload",)
"""Tables that tell how a deed went, and not what it did: they stay as they are."""
_WRITTEN = Entry.kind.in_(("new", "changed"))

Row = tuple[str, int]
"""A table and the id of a row."""


@dataclass
class Trace:
    """What an act did to one row, over all its entries: the fields as they were first and became last."""

    table: str
    row_id: int
    person_id: int | None
    new: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    erased: bool = False

    @property
    def hidden(self) -> bool:
        """True where the journal does not hold what stood there."""
        return HIDDEN in (*self.before.values(), *self.after.values())

    def add(self, entry: Entry) -> None:
        """Entries come in their order."""
        self.new = self.new or entry.kind == "new"
        self.erased = self.erased or erased(entry.seal)
        self.before = {**entry.before, **self.before}
        self.after |= entry.after


def act_of(session: Session, society_id: int, act_id: int) -> Act | None:
    """An act of the society."""
    return session.scalars(select(Act).where(Act.society_id == society_id, Act.id == act_id)).first()


def size(session: Session, act_id: int) -> int:
    """How many rows an act wrote."""
    rows = select(Entry.table_name, Entry.row_id).where(Entry.act_id == act_id, _WRITTEN).distinct()
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def people(session: Session, act_id: int, most: int) -> tuple[list[str], int]:
    """Whom an act touched: the first by name, and how many they are."""
    touched = select(Entry.person_id).where(Entry.act_id == act_id, _WRITTEN, Entry.person_id.is_not(None))
    names = select(Person.name).where(Person.id.in_(touched)).order_by(Person.sort_pinyin, Person.id)
    many = session.scalar(select(func.count()).select_from(touched.distinct().subquery())) or 0
    return list(session.scalars(names.limit(most))), many


def traces(session: Session, act_id: int) -> list[Trace]:
    """The rows that an act wrote, in the order in which it first touched them."""
    found: dict[Row, Trace] = {}
    query = select(Entry).where(Entry.act_id == act_id, _WRITTEN, Entry.table_name.not_in(_OF_THE_DEED))
    for entry in session.scalars(query.order_by(Entry.id)):
        if entry.row_id is not None:
            key = (entry.table_name, entry.row_id)
            found.setdefault(key, Trace(*key, entry.person_id)).add(entry)
    return list(found.values())


def rows(session: Session, found: Iterable[Trace]) -> dict[Row, Any]:
    """The rows themselves as they stand, by table and id."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for trace in found:
        wanted[trace.table].append(trace.row_id)
    return {
        (table, row.id): row
        for table, ids in wanted.items()
        for part in _parts(ids)
        for row in session.scalars(select(mapped(table)).where(mapped(table).id.in_(part)))
    }


def mapped(table: str) -> Any:
    """The class whose rows a table holds."""
    return next(row.class_ for row in Base.registry.mappers if row.local_table is Base.metadata.tables[table])


def later(session: Session, done: Act, found: Iterable[Trace]) -> dict[Row, list[Entry]]:
    """What acts after this one did to the same rows, newest first, each with its act."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for trace in found:
        wanted[trace.table].append(trace.row_id)
    after: dict[Row, list[Entry]] = defaultdict(list)
    for table, ids in wanted.items():
        for part in _parts(ids):
            for entry in session.scalars(_later(done, table, part)):
                after[table, entry.row_id or 0].append(entry)
    return after


def hanging(session: Session, done: Act, people: Sequence[int]) -> list[Entry]:
    """What acts after this one newly wrote of these people and still holds, oldest first."""
    found = [entry for part in _parts(people) for entry in session.scalars(_hanging(done, part))]
    gone = taken_back(session, done.society_id, {entry.act_id for entry in found})
    return sorted((entry for entry in found if entry.act_id not in gone), key=lambda entry: entry.id)


def _hanging(done: Act, people: Sequence[int]) -> Any:
    query = select(Entry).where(Entry.society_id == done.society_id, Entry.person_id.in_(people))
    return query.where(Entry.act_id > done.id, Entry.kind == "new").options(selectinload(Entry.act))


def _later(done: Act, table: str, ids: Sequence[int]) -> Any:
    query = select(Entry).where(
        Entry.society_id == done.society_id, Entry.table_name == table, Entry.row_id.in_(ids)
    )
    return (
        query.where(Entry.act_id > done.id, Entry.kind == "changed")
        .order_by(Entry.id.desc())
        .options(selectinload(Entry.act))
    )


def taken_back(session: Session, society_id: int, act_ids: Collection[int]) -> dict[int, int]:
    """Of these acts those that do not hold any more, each with the act that took it back last."""
    if not act_ids:
        return {}
    naming = (
        select(Entry.row_id, func.max(Entry.act_id))
        .where(Entry.society_id == society_id, Entry.table_name == ACT, Entry.row_id.in_(act_ids))
        .group_by(Entry.row_id)
    )
    found = {row_id: act_id for row_id, act_id in session.execute(naming) if row_id is not None}
    # What took an act back may itself have been taken back.
    restored = taken_back(session, society_id, set(found.values()))
    return {row_id: act_id for row_id, act_id in found.items() if act_id not in restored}


def overtaken(session: Session, society_id: int, found: Mapping[int, Sequence[Entry]]) -> set[int]:
    """Of acts by id, with the entries to judge by, those of which some field became something else since."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in (entry for entries in found.values() for entry in entries):
        wanted[entry.table_name].add(entry.row_id or 0)
    newest: dict[tuple[str, int, str], Any] = {}
    for table, ids in wanted.items():
        for part in _parts(sorted(ids)):
            for entry in session.scalars(_newest_last(society_id, table, part)):
                newest |= {(table, entry.row_id or 0, key): value for key, value in entry.after.items()}
    return {act_id for act_id, entries in found.items() if any(_gone(entry, newest) for entry in entries)}


def _newest_last(society_id: int, table: str, ids: Sequence[int]) -> Any:
    query = select(Entry).where(
        Entry.society_id == society_id, Entry.table_name == table, Entry.row_id.in_(ids)
    )
    return query.where(_WRITTEN).order_by(Entry.id)


def _gone(entry: Entry, newest: Mapping[tuple[str, int, str], Any]) -> bool:
    row = entry.table_name, entry.row_id or 0
    return any(newest.get((*row, key), value) != value for key, value in entry.after.items())


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
