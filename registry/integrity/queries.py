"""Reading integrity records: of one person, and those that weigh on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.integrity.models import IntegrityRecord
from registry.people.models import Person


def of_people(session: Session, society_id: int, ids: Collection[int]) -> Sequence[IntegrityRecord]:
    """All of these entries, newest first."""
    query = select(IntegrityRecord).where(
        IntegrityRecord.society_id == society_id, IntegrityRecord.person_id.in_(ids)
    )
    return session.scalars(query.order_by(IntegrityRecord.found_on.desc(), IntegrityRecord.id.desc())).all()


def one(session: Session, society_id: int, key: int) -> IntegrityRecord | None:
    """One of a society."""
    query = select(IntegrityRecord).where(IntegrityRecord.society_id == society_id)
    return session.scalars(query.where(IntegrityRecord.id == key)).first()


def weighing(
    session: Session, society_id: int, ids: Collection[int], day: date
) -> dict[int, list[IntegrityRecord]]:
    """Of each of the people what weighs on the day, with what was found of entries merged into theirs."""
    stands_for = func.coalesce(Person.merged_into_id, Person.id).label("stands_for")
    query = (
        select(stands_for, IntegrityRecord)
        .join(Person, Person.id == IntegrityRecord.person_id)
        .where(IntegrityRecord.society_id == society_id, stands_for.in_(ids))
        .order_by(IntegrityRecord.found_on)
    )
    found: dict[int, list[IntegrityRecord]] = defaultdict(list)
    for key, row in session.execute(query):
        if row.weighs_on(day):
            found[key].append(row)
    return dict(found)
