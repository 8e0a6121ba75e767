"""Reading the journal, and proving that it was not altered."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, literal, select, union_all
from sqlalchemy.orm import Session, selectinload

from registry.core.db import Base
from registry.core.numerals import han_number
from registry.journal.chain import canonical, entry, head, link
from registry.journal.models import Act, Chain, Entry
from registry.journal.words import GROUPS, REFERENCES

PAGE = 50
SHOWN = 5
"""Entries of one act that a list shows; an import has thousands."""

Names = Mapping[tuple[str, int], str]
"""What a row that a field refers to is called, by table and id."""

_NAMED_BY = {"term": "ordinal", "rectification": "title"}
_NAMED_AFTER = {"decision": "meeting"}
"""A row that is called as the one it belongs to."""


@dataclass(frozen=True)
class Sought:
    """What the journal is narrowed to; empty = everything. `group` is a key of `words.GROUPS`."""

    group: str = ""
    actor: str = ""
    person_ids: Collection[int] | None = None
    act_id: int | None = None


def acts(
    session: Session,
    society_id: int,
    before: int | None = None,
    limit: int = PAGE,
    sought: Sought | None = None,
) -> Sequence[Act]:
    """Newest first, older than act `before`; their entries are read by `entries`."""
    query = select(Act).where(Act.society_id == society_id, *_narrowing(society_id, sought or Sought()))
    if before:
        query = query.where(Act.id < before)
    return session.scalars(query.order_by(Act.id.desc()).limit(limit)).all()


def _narrowing(society_id: int, sought: Sought) -> Iterable[ColumnElement[bool]]:
    if sought.group:
        yield Act.deed.in_(GROUPS[sought.group][1])
    if sought.actor:
        yield Act.actor_name == sought.actor
    if sought.act_id:
        yield Act.id == sought.act_id
    if sought.person_ids is not None:
        of_them = Entry.society_id == society_id, Entry.person_id.in_(sought.person_ids)
        yield Act.id.in_(select(Entry.act_id).where(*of_them))


def actors(session: Session, society_id: int) -> Sequence[str]:
    """Everybody who ever acted in the society, by name."""
    query = select(Act.actor_name).where(Act.society_id == society_id).distinct()
    return session.scalars(query.order_by(Act.actor_name)).all()


def entries(
    session: Session, act_ids: Collection[int], most: int = SHOWN, after: int = 0
) -> dict[int, list[Entry]]:
    """The first entries of each act behind entry `after`, one more than `most` where there are more."""
    if not act_ids:
        return {}
    # One limited branch per act reads the index alone; a window would number every row of an import.
    branches = (
        select(
            select(Entry.id)
            .where(Entry.act_id == act_id, Entry.id > after)
            .order_by(Entry.id)
            .limit(most + 1)
            .subquery()
        )
        for act_id in act_ids
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in session.scalars(select(Entry).where(Entry.id.in_(union_all(*branches))).order_by(Entry.id)):
        found[row.act_id].append(row)
    return found


def of_people(session: Session, society_id: int, ids: Collection[int], limit: int = PAGE) -> Sequence[Entry]:
    """What was done to the entries of these people, or seen in them; newest first."""
    query = (
        select(Entry)
        .where(Entry.society_id == society_id, Entry.person_id.in_(ids))
        .options(selectinload(Entry.act))
    )
    return session.scalars(query.order_by(Entry.id.desc()).limit(limit)).all()


def names(session: Session, found: Iterable[Entry]) -> Names:
    """What the rows are called that the entries refer to; one statement for all of them."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in found:
        for key, value in (*row.before.items(), *row.after.items()):
            table = REFERENCES.get((row.table_name, key))
            if table and isinstance(value, int):
                wanted[table].add(value)
    if not wanted:
        return {}
    parts = [_named(Base.metadata.tables[table], ids) for table, ids in sorted(wanted.items())]
    return {
        (table, row_id): _in_words(table, name) for table, row_id, name in session.execute(union_all(*parts))
    }


def _named(table: Table, ids: Collection[int]) -> Any:
    after = _NAMED_AFTER.get(table.name)
    name = _name_of(Base.metadata.tables[after], table.c[f"{after}_id"]) if after else _own_name(table)
    return select(literal(table.name), table.c.id, cast(name, String)).where(table.c.id.in_(ids))


def _own_name(table: Table) -> Any:
    return table.c[_NAMED_BY.get(table.name, "name")]


def _name_of(table: Table, key: Any) -> Any:
    return select(_own_name(table)).where(table.c.id == key).scalar_subquery()


def _in_words(table: str, name: str) -> str:
    return f"第{han_number(int(name))}届" if table == "term" else name


def newest_digest(session: Session, society_id: int) -> str:
    """Equal while nothing is written of the society."""
    return session.scalar(select(Chain.digest).where(Chain.society_id == society_id)) or ""


def first_broken(session: Session, society_id: int) -> int | None:
    """The id of the first act that does not follow from the one before; None = the chain holds."""
    query = select(Act).where(Act.society_id == society_id, Act.digest != "").order_by(Act.id)
    query = query.options(selectinload(Act.entries)).execution_options(yield_per=500)
    previous = ""
    with session.scalars(query) as rows:
        for row in rows:
            if row.previous != previous or row.digest != _digest(row):
                return row.id
            previous = row.digest
    chain = session.get(Chain, society_id)
    return None if chain is None or chain.digest == previous else 0


def _digest(row: Act) -> str:
    running = hashlib.sha256(canonical(head(vars(row))))
    for part in row.entries:
        fields = (part.table_name, part.row_id, part.person_id, part.kind, part.before, part.after)
        running.update(canonical(entry(*fields)))
    return link(row.previous, running.digest())
