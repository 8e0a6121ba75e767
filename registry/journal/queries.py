"""Reading the journal, and proving that it was not altered."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, literal, select, union_all
from sqlalchemy.orm import Session, selectinload

from registry.core.db import Base
from registry.core.numerals import han_number
from registry.journal.chain import SEALS, canonical, covered, erased, head, link
from registry.journal.models import ERASED, Act, Chain, Entry
from registry.journal.words import GROUPS, REFERENCES

PAGE = 50
SHOWN = 5
"""Entries of one act that a list shows; an import has thousands."""

JOURNAL, ERASING, RESEALED = "journal", "erased", "resealed"
"""The table that an entry names which tells of other acts, and its kinds."""

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


@dataclass
class _Gone:
    """Values that are no longer there, by the act that lost them, and those that an erasure tells of."""

    found: dict[tuple[str, int], int] = field(default_factory=dict)
    told: set[tuple[str, int]] = field(default_factory=set)

    def note(self, act: Act) -> None:
        """Look at one act and its entries."""
        for seal in SEALS.values():
            if erased(getattr(act, seal)):
                self.found[seal, act.id] = act.id
        for row in act.entries:
            if erased(row.seal):
                self.found["entries", row.id] = act.id
            elif row.table_name == JOURNAL and row.kind == ERASING:
                self.told |= {(what, number) for what, ids in row.after.items() for number in ids}

    @property
    def unexplained(self) -> int | None:
        """The first act of which something is gone that no erasure tells of."""
        return min((self.found[key] for key in self.found.keys() - self.told), default=None)


def first_broken(session: Session, society_id: int) -> int | None:
    """The id of the first act that does not follow from the one before; None = the chain holds."""
    previous, gone = "", _Gone()
    for row in walk(session, society_id):
        if row.previous != previous or row.digest != digest(row) or _left_over(row):
            return row.id
        gone.note(row)
        previous = row.digest
    chain = session.get(Chain, society_id)
    if chain is not None and chain.digest != previous:
        return 0
    return gone.unexplained


def walk(session: Session, society_id: int) -> Iterator[Act]:
    """Every sealed act of a chain with its entries, in order."""
    query = select(Act).where(Act.society_id == society_id, Act.digest != "").order_by(Act.id)
    query = query.options(selectinload(Act.entries)).execution_options(yield_per=500)
    with session.scalars(query) as rows:
        yield from rows


def digest(row: Act) -> str:
    """What the digest of an act must be, as it stands."""
    running = hashlib.sha256(canonical(head(vars(row))))
    for part in row.entries:
        running.update(canonical(covered(vars(part))))
    return link(row.previous, running.digest())


def _left_over(row: Act) -> bool:
    """Where a value was erased there must be none: the digest does not cover what stands there now."""
    heads = {"actor_name": ERASED, "reason": ""}
    in_head = any(
        erased(getattr(row, SEALS[key])) and getattr(row, key) != left for key, left in heads.items()
    )
    return in_head or any(erased(part.seal) and _holds(part) for part in row.entries)


def _holds(part: Entry) -> bool:
    return bool(part.before or part.after)
