"""Snapshots of one society or of many, the charter's parameters, and who is a leading cadre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.composition.facts import (
    Body,
    Branch,
    Counts,
    Elsewhere,
    Holder,
    Meeting,
    Official,
    Person,
    Post,
    Society,
    Term,
    Vote,
)
from registry.composition.models import CharterParameter, OfficialStatus
from registry.composition.reading import Read, read, read_people
from registry.composition.snapshot import Snapshot
from registry.societies.models import BranchKind

Grouped = Mapping[Any, list[Any]]


def snapshot(session: Session, society_id: int, day: date) -> Snapshot:
    """One society on a day."""
    return snapshots(session, [society_id], day)[0]


def snapshots(session: Session, society_ids: Collection[int], day: date) -> list[Snapshot]:
    """Each society on a day, by its address."""
    return assemble(read(session, society_ids, day))


def people(session: Session, society_id: int, keys: Collection[int], day: date) -> Mapping[int, Person]:
    """Persons of a society as rules ask of them, whether or not they were ever in office."""
    return _people(read_people(session, society_id, keys, day))[society_id]


def assemble(found: Read) -> list[Snapshot]:
    """Snapshots from rows."""
    bodies, people, meetings = _bodies(found), _people(found), _meetings(found)
    persons, units = (dict(map(tuple, rows)) for rows in (found.persons, found.units))
    branches, charter = _by(found.branches), _by(found.charter)
    return [
        Snapshot(
            day=found.day,
            society=Society(*row),
            counts=Counts(persons.get(row.id, 0), units.get(row.id, 0)),
            bodies=tuple(bodies[row.id]),
            people=people[row.id],
            branches=tuple(
                Branch(unit.id, unit.name, unit.host, unit.kind == BranchKind.OFFICE)
                for unit in branches[row.id]
            ),
            meetings=tuple(meetings[row.id]),
            charter={one.key: one.value for one in charter[row.id]},
        )
        for row in found.societies
    ]


def _by(rows: Iterable[Any]) -> Grouped:
    """Rows by their first column."""
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped


def _bodies(found: Read) -> Mapping[int, list[Body]]:
    holders: dict[int, list[Holder]] = defaultdict(list)
    for term_id, *facts in found.tenures:
        holders[term_id].append(Holder(*facts))
    posts, terms = _by(found.posts), _by(found.terms)
    bodies: dict[int, list[Body]] = defaultdict(list)
    for row in found.bodies:
        bodies[row.society_id].append(
            Body(
                id=row.id,
                kind=str(row.kind),
                name=row.name,
                posts=tuple(Post(*post[1:]) for post in posts[row.id]),
                terms=tuple(_term(term, holders[term.id]) for term in terms[row.id]),
                branch_id=row.branch_id,
                starts_on=row.starts_on,
            )
        )
    return bodies


def _term(row: Any, holders: Iterable[Holder]) -> Term:
    return Term(
        ordinal=row.ordinal,
        starts_on=row.starts_on,
        planned_end_on=row.planned_end_on,
        ends_on=row.ends_on,
        extended_until=row.extended_until,
        extension_approval=row.extension_approval,
        holders=tuple(holders),
        id=row.id,
    )


def _people(found: Read) -> Mapping[int, dict[int, Person]]:
    spells = _by(found.spells)
    officials = {row.person_id: Official(row.kind) for row in found.officials}
    elsewhere = _elsewhere(found)
    people: dict[int, dict[int, Person]] = defaultdict(dict)
    for society_id, key, *facts in found.people:
        belongs = tuple((first, last) for _person, first, last in spells.get(key, ()))
        known = (*facts, belongs, officials.get(key), elsewhere.get(key))
        people[society_id][key] = Person(key, *known)
    return people


def _elsewhere(found: Read) -> dict[int, tuple[Elsewhere, ...]]:
    """Of each person with a document the offices that it holds in other societies."""
    offices = _by(found.elsewhere)
    known: dict[int, tuple[Elsewhere, ...]] = {}
    for society_id, person_id, fingerprint in found.documents:
        others = [row for row in offices.get(fingerprint, ()) if row.society_id != society_id]
        posts = tuple(Elsewhere(*row[1:]) for row in others)
        known[person_id] = (*known.get(person_id, ()), *posts)
    return known


def _meetings(found: Read) -> Mapping[int, list[Meeting]]:
    votes = _by(found.votes)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for row in found.meetings:
        counted = tuple(Vote(vote.votes_for, row.present) for vote in votes[row.id])
        meetings[row.society_id].append(
            Meeting(row.body_id, row.name, row.held_on, row.entitled, row.present, counted)
        )
    return meetings


def charter(session: Session, society_id: int, day: date) -> dict[str, CharterParameter]:
    """What the charter sets on the day, by key."""
    query = select(CharterParameter).where(
        CharterParameter.society_id == society_id, CharterParameter.in_force(day)
    )
    return {row.key: row for row in session.scalars(query.order_by(CharterParameter.id))}


def officials(session: Session, society_id: int) -> dict[int, OfficialStatus]:
    """What is known of each person in this regard."""
    query = select(OfficialStatus).where(OfficialStatus.society_id == society_id)
    return {row.person_id: row for row in session.scalars(query)}
