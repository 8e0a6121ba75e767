"""What the overview reads beside the counts: whom the journal speaks of, and who is at the head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select, true
from sqlalchemy.orm import Session

from registry.journal.models import Entry
from registry.memberships import counting
from registry.memberships.models import Membership
from registry.merging.queries import with_merged
from registry.people.models import Person


def people(session: Session, society_id: int, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Name and newest number of each of the persons; the number is empty where there was none."""
    if not ids:
        return {}
    query = (
        select(Person.id, Person.name, Membership.number)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .where(Person.society_id == society_id, Person.id.in_(ids))
        .order_by(Membership.starts_on, Membership.id)
    )
    return {person_id: (name, number or "") for person_id, name, number in session.execute(query)}


def people_of(entries: Iterable[Entry]) -> set[int]:
    """The persons that entries are about."""
    return {entry.person_id for entry in entries if entry.person_id}


def numbered(session: Session, society_id: int, number: str) -> Sequence[int]:
    """The persons who have or had a membership number, with the entries merged into theirs."""
    query = select(Membership.person_id).where(
        Membership.society_id == society_id, Membership.number == number, Membership.person_id.is_not(None)
    )
    holders = [person_id for person_id in session.scalars(query.distinct()) if person_id]
    return with_merged(session, society_id, *holders)


def first_officers(holding: Iterable[Any]) -> list[Any]:
    """Of all who hold an office those who are 负责人 in a body of the society itself."""
    return [row for row in holding if row.principal and row.branch_id is None]


def members(session: Session, society_ids: Collection[int], day: date) -> dict[int, tuple[int, int]]:
    """Persons and units in force of each society."""
    asked = (session, true(), society_ids, day, Membership.society_id)
    persons = dict(map(tuple, counting.persons_by(*asked)))
    units = dict(map(tuple, counting.units_by(*asked)))
    return {key: (persons.get(key, 0), units.get(key, 0)) for key in society_ids}


def counted(session: Session, counts: Iterable[tuple[str, Select[int]]]) -> dict[str, int]:
    """What each of the statements counts, by its word; asked as one."""
    asked = [count.scalar_subquery().label(word) for word, count in counts]
    return session.execute(select(*asked)).one()._asdict() if asked else {}
