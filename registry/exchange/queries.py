"""What an import needs to know of the register, in few questions however long the file; and past imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Executable, select
from sqlalchemy.orm import Session

from registry.core.plans import unindexed
from registry.core.text import simple, squeeze_name, traditional
from registry.exchange.judging.matching import Known, Register, Spell
from registry.exchange.judging.places import Place, Places, place_key
from registry.exchange.models import Heading, Upload
from registry.jobs.models import Job
from registry.memberships.models import EndReason, Membership
from registry.people.fields import FIELDS
from registry.people.models import IdentityDocument, Person
from registry.societies import queries as societies

_AT_ONCE = 500
APPLYING = "import:apply"
_FACTS = tuple(getattr(Person, key) for key in FIELDS)


def upload(session: Session, society_id: int, upload_id: int) -> Upload | None:
    """One upload of a society."""
    return session.scalars(
        select(Upload).where(Upload.society_id == society_id, Upload.id == upload_id)
    ).first()


def uploads(session: Session, society_id: int, limit: int = 50) -> Sequence[Any]:
    """Past uploads, newest first, without their content."""
    columns = (Upload.id, Upload.at, Upload.account_name, Upload.filename, Upload.counts, Upload.state)
    query = select(*columns).where(Upload.society_id == society_id)
    return session.execute(query.order_by(Upload.id.desc()).limit(limit)).all()


def job_of(session: Session, upload: Upload) -> Job | None:
    """The newest job that writes this upload."""
    mine = (Job.society_id == upload.society_id, Job.kind == APPLYING, Job.choice_id == upload.id)
    return session.scalars(select(Job).where(*mine).order_by(Job.id.desc()).limit(1)).first()


def learned(session: Session, society_id: int) -> dict[str, str]:
    """What the society's clerks taught of headings."""
    rows = session.execute(select(Heading.label, Heading.target).where(Heading.society_id == society_id))
    return {row.label: row.target for row in rows}


def places(session: Session, society_id: int, today: date) -> Places:
    """Categories and branches of the society by what they are called."""
    every = societies.categories(session, society_id)
    rows = {row.code: Place(row.id, row.name, not row.for_units) for row in every}
    named = {key: rows[row.code] for row in every for key in (place_key(row.name), row.code)}
    branches = {
        place_key(row.name): Place(row.id, row.name, row.period.holds(today))
        for row in sorted(societies.branches(session, society_id), key=lambda row: row.ends_on or date.max)
    }
    ordinary = rows.get("ordinary") or next(place for place in rows.values() if place.open)
    return Places(named, branches, ordinary, rows.get("foreign"))


class Speaks(NamedTuple):
    """What a row says of who it speaks of: name, membership number, and the marks of its documents."""

    name: str
    number: str
    marks: Sequence[str]
    person_id: int | None = None


def register(session: Session, society_id: int, rows: Sequence[Speaks]) -> Register:
    """The people whom the rows may mean, with all that an import compares.

    Namesakes count only where neither number nor document tells.
    """
    by_number = dict(_by_number(session, society_id, {row.number for row in rows} - {""}))
    by_mark = dict(_by_mark(session, society_id, {mark for row in rows for mark in row.marks}))
    names = {row.name for row in rows if _only_named(row, by_number, by_mark)}
    merged = _merged(session, society_id, {row.person_id for row in rows if row.person_id})
    keyed = [merged.get(row.person_id, row.person_id) for row in rows if row.person_id]
    found = (*by_number.values(), *by_mark.values(), *_named(session, society_id, names), *keyed)
    ids = {key for key in found if key}
    people = {person.id: person for person in people_of(session, society_id, ids)}
    units = frozenset(number for number, person_id in by_number.items() if person_id is None)
    holders = {number: person_id for number, person_id in by_number.items() if person_id is not None}
    return Register(people, by_mark, holders, units, merged=merged)


def _only_named(row: Speaks, by_number: Mapping[str, Any], by_mark: Mapping[str, Any]) -> bool:
    """Neither key nor number nor document tells who it is."""
    known = row.person_id is not None or row.number in by_number
    return not known and by_mark.keys().isdisjoint(row.marks)


def _merged(session: Session, society_id: int, ids: Iterable[int]) -> dict[int, int]:
    """Of these people those who were merged into others, with the last one."""
    found: dict[int, int] = {}
    for clause in _chunks(Person.id, ids):
        query = select(Person.id, Person.merged_into_id).where(_of(society_id), clause)
        found |= {row.id: row.merged_into_id for row in session.execute(query) if row.merged_into_id}
    further = _merged(session, society_id, found.values()) if found else {}
    return {key: further.get(into, into) for key, into in found.items()}


def _of(society_id: int) -> ColumnElement[bool]:
    """Those of the society, for who is looked up by key: without statistics SQLite would walk it whole."""
    mine: ColumnElement[bool] = unindexed(Person.society_id) == society_id
    return mine


def _asked(session: Session, query: Executable) -> Any:
    """Rows as the driver has them: a session would make them up as if they held entities."""
    return session.connection().execute(query)


def _chunks(column: Any, values: Iterable[Any]) -> Iterator[ColumnElement[bool]]:
    ordered = sorted(set(values))
    yield from (column.in_(ordered[start : start + _AT_ONCE]) for start in range(0, len(ordered), _AT_ONCE))


def _by_number(session: Session, society_id: int, numbers: Iterable[str]) -> Iterator[tuple[str, int | None]]:
    """Every spell counts: a number belongs to who ever had it."""
    for clause in _chunks(Membership.number, numbers):
        query = select(Membership.number, Membership.person_id).where(
            Membership.society_id == society_id, clause
        )
        yield from ((row.number, row.person_id) for row in _asked(session, query))


def _by_mark(session: Session, society_id: int, marks: Iterable[str]) -> Iterator[tuple[str, int]]:
    for clause in _chunks(IdentityDocument.fingerprint, marks):
        query = select(IdentityDocument.fingerprint, IdentityDocument.person_id)
        rows = _asked(session, query.where(IdentityDocument.society_id == society_id, clause))
        yield from ((row.fingerprint, row.person_id) for row in rows)


def _named(session: Session, society_id: int, names: Iterable[str]) -> Iterator[int]:
    """Under the name as written, or in the other script."""
    clean = {squeeze_name(name) for name in names} - {""}
    scripts = {word for name in clean for word in (name, "".join(map(simple, name)), _traditional(name))}
    for clause in _chunks(Person.name, scripts):
        query = select(Person.id).where(Person.society_id == society_id, clause)
        yield from _asked(session, query.where(Person.merged_into_id.is_(None))).scalars()


def _traditional(name: str) -> str:
    """By characters, which are remembered; all but the surname, which may be one that stays (范)."""
    return "".join(map(_traditional_character, name))


@lru_cache(maxsize=1 << 14)
def _traditional_character(character: str) -> str:
    return traditional(character)


def people_of(session: Session, society_id: int, ids: Iterable[int]) -> Iterator[Known]:
    """Those of the people who are the society's, with their documents and spells."""
    wanted = set(ids)
    known = {}
    for clause in _chunks(Person.id, wanted):
        query = select(Person.id, Person.version, *_FACTS).where(_of(society_id), clause)
        for person_id, version, *facts in _asked(session, query):
            known[person_id] = Known(person_id, dict(zip(FIELDS, facts, strict=True)), version)
    _add_documents(session, society_id, known)
    _add_spells(session, society_id, known)
    yield from known.values()


def _add_documents(session: Session, society_id: int, known: dict[int, Known]) -> None:
    document = IdentityDocument
    for clause in _chunks(document.person_id, known):
        columns = (document.person_id, document.kind, document.fingerprint, document.last4)
        query = select(*columns).where(document.society_id == society_id, clause).order_by(document.id)
        for person_id, kind, mark, last4 in _asked(session, query):
            known[person_id].documents.setdefault(kind, []).append((mark, last4))


def _add_spells(session: Session, society_id: int, known: dict[int, Known]) -> None:
    """Newest first; a voided spell never was."""
    columns = [getattr(Membership, key) for key in Spell._fields]
    for clause in _chunks(Membership.person_id, known):
        query = select(Membership.person_id, *columns).where(Membership.society_id == society_id, clause)
        query = query.where(Membership.end_reason.is_distinct_from(EndReason.VOIDED))
        for person_id, *values in _asked(session, query):
            known[person_id].spells.append(Spell(*values))
    # Sorted here: asked to, a database without statistics walks all spells in the order of their days.
    for person in known.values():
        person.spells.sort(key=lambda spell: (spell.starts_on, spell.id), reverse=True)
