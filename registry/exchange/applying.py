"""Writing the verdicts: many people in few statements, every one of them journalled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.exchange.examining import Examined
from registry.exchange.judging.verdicts import State, Verdict
from registry.memberships import queries as memberships
from registry.memberships.many import begin, change_many
from registry.memberships.models import Membership
from registry.memberships.services import Admit, Change, mirror
from registry.people.models import Person
from registry.people.services import MIRRORED, index, prepare_person, seal_document
from registry.societies.models import Society

_AT_ONCE = 500
Row = TypeVar("Row", Person, Membership)


def write(session: Session, society: Society, examined: Examined, today: date) -> None:
    """New and changed rows; doubtful and refused ones are left out."""
    taken = {v.reading.member["number"] for v in examined.verdicts if v.reading.member.get("number")}
    numbers = fresh_numbers(memberships.next_number(session, society), taken)
    new = [verdict for verdict in examined.verdicts if verdict.state is State.NEW]
    changed = [verdict for verdict in examined.verdicts if verdict.state is State.CHANGED]
    with session.no_autoflush:
        _enter(session, society, new, numbers)
        _edit(session, society, changed, examined, numbers)
        _move(session, society, changed, today)


def fresh_numbers(first: str, taken: set[str]) -> Iterator[str]:
    """Membership numbers from the first free one on, but those that the file itself gives."""
    match = re.fullmatch(r"(.*?)([0-9]+)", first)
    prefix, digits = (match[1], match[2]) if match else (first, "1")
    value = int(digits)
    while True:
        number = f"{prefix}{value:0{len(digits)}d}"
        if number not in taken:
            yield number
        value += 1


def _enter(session: Session, society: Society, new: Sequence[Verdict], numbers: Iterator[str]) -> None:
    """Persons first, in one statement; then documents and spells, which need their keys."""
    entered = []
    for verdict in new:
        member = verdict.difference.member
        member["number"] = member["number"] or next(numbers)
        entered.append(prepare_person(society.id, verdict.difference.facts, [member["number"]]))
    session.add_all(entered)
    session.flush()
    for verdict, person in zip(new, entered, strict=True):
        _add_documents(session, verdict, person)
        session.add(begin(society.id, person, Admit(**verdict.difference.member)))
    session.flush()


def _add_documents(session: Session, verdict: Verdict, person: Person) -> None:
    for proof in verdict.difference.proofs:
        document = seal_document(session.info["vault"], person.society_id, proof)
        document.person_id = person.id
        session.add(document)


def _edit(
    session: Session, society: Society, changed: Sequence[Verdict], examined: Examined, numbers: Iterator[str]
) -> None:
    people = _loaded(session, Person, (verdict.person_id for verdict in changed))
    mirrored = []
    for verdict in changed:
        person, outcome = people[verdict.person_id or 0], verdict.difference
        for key, value in outcome.facts.items():
            setattr(person, key, value)
        _add_documents(session, verdict, person)
        if MIRRORED & outcome.facts.keys():
            index(person, [spell.number for spell in examined.register.people[person.id].spells])
        if "region" in outcome.facts:
            mirrored.append(person)
        if outcome.spell_id is None and outcome.member:
            outcome.member["number"] = outcome.member["number"] or next(numbers)
            index(person, [outcome.member["number"]])
            session.add(begin(society.id, person, Admit(**outcome.member)))
    session.flush()
    for person in mirrored:
        mirror(session, person)


def _loaded(session: Session, table: type[Row], ids: Iterable[int | None]) -> dict[int, Row]:
    """Rows by key, some hundreds at a time."""
    wanted = sorted(key for key in ids if key)
    found: dict[int, Row] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(table).where(table.id.in_(wanted[start : start + _AT_ONCE]))
        found |= {row.id: row for row in session.scalars(query)}
    return found


def _move(session: Session, society: Society, changed: Sequence[Verdict], today: date) -> None:
    """Another category or branch from the import day on; a remark is set on the spell that stands."""
    spells = _loaded(session, Membership, (verdict.difference.spell_id for verdict in changed))
    moves = []
    for verdict in changed:
        member, spell = verdict.difference.member, spells.get(verdict.difference.spell_id or 0)
        if spell is None:
            continue
        spell.remark = member.get("remark", spell.remark)
        place = (member["category_id"], member["branch_id"])
        if place != (spell.category_id, spell.branch_id):
            moves.append((spell, Change(today, *place)))
    change_many(session, society.id, moves)
