"""Institutions that are members (单位会员), and who represents them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.core.codetables import TABLES
from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.memberships import queries
from registry.memberships.models import Representative, Unit
from registry.people.document_numbers import DocumentError, check_credit_code
from registry.people.models import Person
from registry.societies.models import Society


@dataclass(frozen=True)
class EnterUnit:
    """What is known of an institution."""

    name: str
    credit_code: str = ""
    kind: str | None = None
    region: str | None = None
    address: str = ""


def enter_unit(session: Session, society: Society, command: EnterUnit) -> Unit:
    """An institution, before it is admitted."""
    if not command.name.strip():
        raise RuleBroken("单位名称不能为空", "name")
    act(session, "unit:enter", society.id)
    unit = Unit(society_id=society.id, **_unit_facts(command))
    session.add(unit)
    session.flush()
    return unit


def edit_unit(session: Session, unit: Unit, command: EnterUnit, version: int) -> Unit:
    """Correct the facts of a unit; raises `Stale` where another saved first."""
    if not command.name.strip():
        raise RuleBroken("单位名称不能为空", "name")
    facts = _unit_facts(command)
    changed = {key: value for key, value in facts.items() if value != getattr(unit, key)}
    if changed and unit.version != version:
        raise Stale("", "，".join(unit_words(unit, key) or "空" for key in changed), unit.version)
    act(session, "unit:edit", unit.society_id)
    for key, value in changed.items():
        setattr(unit, key, value)
    session.flush()
    return unit


def unit_words(unit: Unit, key: str) -> str:
    """A fact of a unit as people read it."""
    value = getattr(unit, key) or ""
    tables = {"kind": "employer_kind", "region": "region"}
    return TABLES[tables[key]].name(value) if key in tables else value


def _unit_facts(command: EnterUnit) -> dict[str, str | None]:
    try:
        code = check_credit_code(command.credit_code) if command.credit_code.strip() else None
    except DocumentError as error:
        raise RuleBroken(str(error), "credit_code") from error
    return {**vars(command), "name": command.name.strip(), "credit_code": code}


def represent(session: Session, unit: Unit, person: Person, starts_on: date) -> Representative:
    """The person acts for the unit from that day on; whoever did so before ends."""
    if person.society_id != unit.society_id:
        raise RuleBroken("代表须是本学会登记的人员", "person")
    act(session, "unit:represent", unit.society_id)
    before = queries.representative_on(session, unit.society_id, unit.id, starts_on)
    if before is not None:
        before.ends_on = starts_on
        session.flush()
    representative = Representative(
        society_id=unit.society_id, unit_id=unit.id, person_id=person.id, starts_on=starts_on
    )
    session.add(representative)
    session.flush()
    return representative
