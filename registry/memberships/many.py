"""Spells of many people begun at once, for an import that has checked the rules of `services` itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from registry.core.batches import Row, enter, table, take_keys
from registry.journal.chain import entry
from registry.journal.recording import plain
from registry.journal.services import act, record
from registry.memberships.mirrored import of_person
from registry.memberships.models import Membership, number_key
from registry.memberships.services import Admit, Change, close
from registry.people.models import Person

_TABLE = table(Membership)
_NEEDED = frozenset({"ix_membership_person", "ix_membership_open_person", "ix_membership_number"})
"""By these the guards and the import itself find."""
_PAYS_FROM = 20_000
_UNTOLD = frozenset({"id", "sort_number"})


def begin(society_id: int, person: Person, command: Admit) -> Membership:
    """The row of a new spell, to be added."""
    fields = {key: value for key, value in vars(command).items() if value is not None}
    return Membership(society_id=society_id, person_id=person.id, **fields)


def begin_all(session: Session, society_id: int, spells: Sequence[tuple[Mapping[str, Any], Row]]) -> None:
    """New spells: each with the person as a row of the table, and what `Admit` holds; an act must be open."""
    keys = take_keys(session.connection(), Membership, len(spells))
    entries, rows = [], []
    for key, (person, member) in zip(keys, spells, strict=True):
        own = {
            "id": key,
            "society_id": society_id,
            "person_id": person["id"],
            **member,
            "sort_number": number_key(member["number"]),
        }
        told = {
            name: plain(value)
            for name, value in own.items()
            if name not in _UNTOLD and value not in (None, "")
        }
        entries.append(entry("membership", key, person["id"], "new", {}, told))
        rows.append({**own, **of_person(person)})
    enter(session.connection(), Membership, rows)
    record(session, entries)


def remark_all(session: Session, society_id: int, remarks: Sequence[tuple[int, int, str, str]]) -> None:
    """Set remarks: spell, person, what stands and what is to stand."""
    for spell_id, _person_id, _before, after in remarks:
        mine = update(_TABLE).where(_TABLE.c.society_id == society_id, _TABLE.c.id == spell_id)
        session.connection().execute(mine.values(remark=after, version=_TABLE.c.version + 1))
    record(
        session,
        [
            entry("membership", spell_id, person_id, "changed", {"remark": before}, {"remark": after})
            for spell_id, person_id, before, after in remarks
        ],
    )


def change_many(session: Session, society_id: int, changes: Iterable[tuple[Membership, Change]]) -> None:
    """Close the spells in one flush, begin their successors in another; edit those that begin that day."""
    act(session, "membership:change", society_id)
    successors = []
    for spell, command in changes:
        if command.on == spell.starts_on:
            spell.category_id, spell.branch_id = command.category_id, command.branch_id
        else:
            successors.append(close(spell, command))
    session.flush()
    session.add_all(successors)
    session.flush()


@contextmanager
def unindexed(session: Session, coming: int) -> Iterator[None]:
    """On SQLite, where more spells come than there are: without the lists' indexes while they come.

    Made anew at the end, within the same transaction, they cost a tenth; readers see the old ones until then.
    """
    connection = session.connection()
    pays = connection.dialect.name == "sqlite" and coming >= _PAYS_FROM
    pays = pays and coming > (connection.scalar(select(func.count()).select_from(_TABLE)) or 0)
    indexes = [index for index in _TABLE.indexes if index.name not in _NEEDED] if pays else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
