"""Many persons entered and edited at once, for an import that has checked each, journalled one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from registry.core.batches import Row, enter, table, take_keys
from registry.journal.chain import entry
from registry.journal.recording import HIDDEN, plain
from registry.journal.services import record
from registry.people.documents import Proof
from registry.people.models import IdentityDocument, Person
from registry.people.services import INDEXED, MIRRORED, document_row, index_keys, refuse_any_erased

_PERSON, _DOCUMENT = table(Person), table(IdentityDocument)
_KEPT_APART = frozenset({"id", "society_id", "version", "merged_into_id"})
_PAYS_FROM = 2_000
_ENTER_WORDS = (
    "INSERT INTO person_search (rowid, search_text) SELECT id, search_text FROM person WHERE id > :last"
)
_EMPTY = {
    column.key: column.default.arg
    if isinstance(column.default, ScalarElementColumnDefault)
    else (() if column.key == "disciplines" else None)
    for column in _PERSON.c
    if column.key not in _KEPT_APART
}


@dataclass(frozen=True)
class Newcomer:
    """Facts as `read_facts` gives them, and the membership numbers by which the person is found too."""

    facts: Mapping[str, Any]
    numbers: Sequence[str] = ()


@dataclass(frozen=True)
class Edited:
    """What becomes of whose facts; `standing` are all that stand, `numbers` the member's."""

    person_id: int
    facts: Mapping[str, Any]
    standing: Mapping[str, Any]
    numbers: Sequence[str] = ()
    after: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """All facts as they will stand."""
        object.__setattr__(self, "after", {**self.standing, **self.facts})


@contextmanager
def searched_later(session: Session, coming: int) -> Iterator[None]:
    """On SQLite, where many come: their words enter the full-text search together, at the end.

    Entered by the trigger, one by one, each person's words are written out before the next person's are read.
    """
    connection = session.connection()
    name = {"name": "person_search_insert"}
    found = connection.dialect.name == "sqlite" and coming >= _PAYS_FROM
    trigger = (
        connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), name) if found else ""
    )
    if not trigger:
        yield
        return
    last = connection.scalar(select(func.max(_PERSON.c.id))) or 0
    connection.execute(text("DROP TRIGGER person_search_insert"))
    yield
    connection.execute(text(_ENTER_WORDS), {"last": last})
    connection.exec_driver_sql(trigger)


def enter_all(session: Session, society_id: int, newcomers: Sequence[Newcomer]) -> list[Row]:
    """New persons in their order, as rows of the table; an act must be open."""
    connection = session.connection()
    keys = take_keys(connection, Person, len(newcomers))
    rows = [_row(key, society_id, newcomer) for key, newcomer in zip(keys, newcomers, strict=True)]
    enter(connection, Person, rows)
    told = ((row["id"], _told(society_id, newcomer)) for row, newcomer in zip(rows, newcomers, strict=True))
    record(session, [entry("person", key, key, "new", {}, after) for key, after in told])
    return rows


def _row(key: int, society_id: int, newcomer: Newcomer) -> Row:
    facts = {**_EMPTY, **newcomer.facts}
    return {"id": key, "society_id": society_id, **facts, **index_keys(society_id, facts, newcomer.numbers)}


def _told(society_id: int, newcomer: Newcomer) -> dict[str, Any]:
    """What the journal says of somebody new: every fact that says something."""
    facts = newcomer.facts.items()
    return {"society_id": society_id} | {key: plain(value) for key, value in facts if value or value is False}


def edit_all(session: Session, society_id: int, edits: Iterable[Edited]) -> None:
    """Set facts of many people; those with the same facts to set go in one statement."""
    edits = list(edits)
    refuse_any_erased(session, society_id, (edit.person_id for edit in edits))
    alike: dict[tuple[str, ...], list[Row]] = {}
    entries = []
    for edit in edits:
        values = {**edit.facts, **_found_by(society_id, edit)}
        alike.setdefault(tuple(values), []).append({"row": edit.person_id, **values})
        before = {key: plain(edit.standing.get(key)) for key in edit.facts}
        after = {key: plain(value) for key, value in edit.facts.items()}
        entries.append(entry("person", edit.person_id, edit.person_id, "changed", before, after))
    for keys, rows in alike.items():
        change = update(_PERSON).where(_PERSON.c.society_id == society_id, _PERSON.c.id == bindparam("row"))
        values = {key: bindparam(key, type_=_PERSON.c[key].type) for key in keys}
        session.connection().execute(change.values(**values, version=_PERSON.c.version + 1), rows)
    record(session, entries)


def _found_by(society_id: int, edit: Edited) -> dict[str, str]:
    """The sort keys and the search text, where they change."""
    if not MIRRORED & edit.facts.keys():
        return {}
    return index_keys(society_id, {**dict.fromkeys(INDEXED, ""), **edit.after}, edit.numbers)


def prove_all(session: Session, society_id: int, proofs: Sequence[tuple[int, Proof]]) -> None:
    """Seal documents for the persons with these ids."""
    vault = session.info["vault"]
    rows = [{"person_id": person_id, **document_row(vault, society_id, proof)} for person_id, proof in proofs]
    keys = take_keys(session.connection(), IdentityDocument, len(rows))
    keyed = [{"id": key, **row} for key, row in zip(keys, rows, strict=True)]
    enter(session.connection(), IdentityDocument, keyed)
    record(session, [_of_document(row) for row in keyed])


def _of_document(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in row.items() if key != "id" and value is not None}
    hidden = {"sealed": HIDDEN, "fingerprint": HIDDEN}
    return entry("identity_document", row["id"], row["person_id"], "new", {}, {**told, **hidden})
