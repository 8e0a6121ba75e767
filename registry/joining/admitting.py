"""From an application to a member: the entry, the document, the spell, in the act of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.bodies.deciding import Decide, decide
from registry.core.errors import RuleBroken
from registry.joining.models import Application, StepKind, Track
from registry.joining.services import Take, Typed, take, typed_of
from registry.joining.tracks import ASKED
from registry.journal.services import act
from registry.members.queries import namesakes
from registry.memberships.models import Membership, Unit
from registry.memberships.services import Admit, admit, admit_unit
from registry.memberships.units import EnterUnit, enter_unit, represent
from registry.people.facts import read_facts
from registry.people.models import Person
from registry.people.services import AddDocument, add_document, enter_person
from registry.societies.models import Category, Society
from registry.societies.queries import categories


@dataclass(frozen=True)
class Accept:
    """One decision for many applications."""

    meeting: str
    decided_on: date


def accept(
    session: Session, society: Society, rows: Sequence[Application], command: Accept, day: date
) -> list[Membership]:
    """Everybody becomes a member from the day of the decision on, or nobody does."""
    act(session, "application:accepted", society.id)
    decided = Decide(command.meeting, command.decided_on, f"同意 {len(rows)} 名申请人入会")
    decision = decide(session, society, decided)
    take(session, rows, Take(StepKind.ACCEPTED, decision_id=decision.id), day)
    return [_admit(session, society, row, command.decided_on) for row in rows]


def _admit(session: Session, society: Society, row: Application, since: date) -> Membership:
    typed = typed_of(session, row)
    category = _category(session, society, row, typed)
    try:
        spell = _spell(session, society, row, typed, Admit(category.id, since))
    except RuleBroken as error:
        raise RuleBroken("%(name)s：%(why)s", name=row.name, why=error.reason) from error
    row.membership_id = spell.id
    session.flush()
    return spell


def _spell(session: Session, society: Society, row: Application, typed: Typed, command: Admit) -> Membership:
    if row.track == Track.UNIT:
        facts = {key: str(typed.facts.get(key, "")) for key in ("name", "credit_code", "address")}
        told = EnterUnit(**facts, kind=typed.facts.get("kind") or None, region="CN")
        unit = enter_unit(session, society, told)
        spell = admit_unit(session, society, unit, command)
        _represent(session, row, typed, unit, command.starts_on)
        return spell
    person = session.get(Person, row.person_id) if row.person_id else None
    if person is None:
        person = enter_person(session, society.id, facts_of(row, typed))
        _prove(session, person, typed)
        row.person_id = person.id
    return admit(session, society, person, command)


def _represent(session: Session, row: Application, typed: Typed, unit: Unit, since: date) -> None:
    """By whom the staff found it to be, or a member under that name and number; otherwise it has none yet."""
    number = str(typed.facts.get("representative_number", "")).strip()
    same = [one.id for one in representatives(session, row, typed) if number and one.number == number]
    person_id = row.person_id or next(iter(same), None)
    if person_id is not None:
        row.person_id = person_id  # an erasure of the representative finds the application by it
        represent(session, unit, session.get_one(Person, person_id), since)


def representatives(session: Session, row: Application, typed: Typed) -> list[Any]:
    """The members who bear the name of the one that is to act for the unit."""
    name = str(typed.facts.get("representative", "")).strip()
    return list(namesakes(session, row.society_id, name, None)) if name else []


def facts_of(row: Application, typed: Typed) -> dict[str, Any]:
    """What was typed, read; raises `RuleBroken` at what cannot be."""
    regions = ASKED[Track(row.track)].regions
    told = {**typed.facts, **({"region": regions[0]} if len(regions) == 1 else {})}
    read = read_facts({key: value for key, value in told.items() if value})
    for key, reason in read.errors.items():
        raise RuleBroken(reason, key)
    return read.values


def _prove(session: Session, person: Person, typed: Typed) -> None:
    if typed.document.get("number"):
        country = typed.document.get("country") or None
        add_document(session, person, AddDocument(typed.document["kind"], typed.document["number"], country))


def _category(session: Session, society: Society, row: Application, typed: Typed) -> Category:
    """The one asked for, where it is still one of the society's; otherwise its first."""
    units = row.track == Track.UNIT
    found = [one for one in categories(session, society.id) if one.for_units == units]
    if not found:
        raise RuleBroken("本会没有这样的会员类别")
    return next((one for one in found if one.code == typed.category), found[0])
