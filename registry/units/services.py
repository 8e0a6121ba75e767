"""Entering a unit member with its representative, and changing who represents it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.text import squeeze_name
from registry.journal.services import act
from registry.memberships.models import Membership, Representative, Unit
from registry.memberships.services import Admit, admit_unit
from registry.memberships.units import EnterUnit, enter_unit, represent
from registry.people.models import Person
from registry.societies.models import Society
from registry.units import queries


@dataclass(frozen=True)
class EnterUnitMember:
    """An institution, its first spell, and who acts for it (a member number or name; may be empty)."""

    unit: EnterUnit
    admit: Admit
    representative: str = ""


@dataclass(frozen=True)
class Represent:
    """Who acts for the unit from a day on."""

    person: str
    starts_on: date


def enter_unit_member(session: Session, society: Society, command: EnterUnitMember) -> Membership:
    """A unit, its spell and its representative in one act; refuses one that is there already."""
    act(session, "unit:enter", society.id)
    _refuse_known(session, society.id, command.unit)
    unit = enter_unit(session, society, command.unit)
    spell = admit_unit(session, society, unit, command.admit)
    if command.representative.strip():
        set_representative(session, unit, Represent(command.representative, command.admit.starts_on))
    return spell


def _refuse_known(session: Session, society_id: int, unit: EnterUnit) -> None:
    code = unit.credit_code.strip().upper() or None
    known = queries.same_unit(session, society_id, unit.name.strip(), code)
    if known is not None:
        raise RuleBroken("已有单位会员%(known)s（%(number)s）", "name", known=known.name, number=known.number)


def set_representative(session: Session, unit: Unit, command: Represent) -> Representative:
    """The person acts from that day on; whoever did so until then ends on it."""
    person = find_person(session, unit.society_id, command.person, command.starts_on)
    newest = next(iter(queries.representatives(session, unit.society_id, unit.id)), None)
    if newest is not None and command.starts_on <= newest.starts_on:
        raise RuleBroken("现任代表自 %(since)s 起，新代表须在此之后", "starts_on", since=newest.starts_on)
    return represent(session, unit, person, command.starts_on)


def find_person(session: Session, society_id: int, typed: str, day: date) -> Person:
    """The member meant by a number or a name; `RuleBroken` where it is none or several."""
    words = squeeze_name(typed)
    found = queries.persons(session, society_id, words, day)
    people = {row.Person.id: row for row in found}
    if not people:
        raise RuleBroken("在会的会员里没有“%(words)s”，请填会员号或姓名", "person", words=words)
    if len(people) > 1:
        numbers = "、".join(row.number for row in people.values())
        raise RuleBroken(
            "叫“%(words)s”的会员有几位，请填会员号：%(numbers)s", "person", words=words, numbers=numbers
        )
    person: Person = next(iter(people.values())).Person
    return person


def stand_down(session: Session, representative: Representative, on: date) -> Representative:
    """Nobody acts for the unit from that day on."""
    if representative.ends_on is not None:
        raise RuleBroken("已于 %(until)s 卸任", "on", until=representative.ends_on)
    if on < representative.starts_on:
        raise RuleBroken("卸任日期不能早于 %(since)s", "on", since=representative.starts_on)
    act(session, "unit:stand-down", representative.society_id)
    representative.ends_on = on
    session.flush()
    return representative
