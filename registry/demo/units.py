"""Unit members of an invented society with their representatives, present and past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session
from stdnum.cn import uscc

from registry.demo.enrolling import Member
from registry.demo.stock import DAY, day_between, fill, one_in
from registry.demo.work import Employer, Trade
from registry.journal.services import act, seal
from registry.memberships import services, units
from registry.memberships.models import EndReason
from registry.people.models import Person
from registry.societies.models import Society

_OF_A_UNIT = {"university", "institute", "enterprise", "hospital"}
_FIRST_LETTERS = {"enterprise": "91"}


def admit(
    session: Session,
    rng: Random,
    society: Society,
    trade: Trade,
    members: Sequence[Member],
    category_id: int,
    count: int,
) -> None:
    """So many institutions of the trade; whoever works in one of them may act for it."""
    act(session, "unit:enter", society.id)
    pool = [employer for kind in trade.employers for employer in kind if employer.kind in _OF_A_UNIT]
    for number, employer in enumerate(rng.sample(pool, count), 1):
        _admit(session, rng, society, employer, f"{society.number_prefix}D{number:03d}", category_id, members)
    session.flush()
    seal(session)


def _admit(
    session: Session,
    rng: Random,
    society: Society,
    employer: Employer,
    number: str,
    category_id: int,
    members: Sequence[Member],
) -> None:
    joined = day_between(rng, max(society.founded_on or DAY, date(1995, 1, 1)), date(2024, 12, 31))
    unit = units.enter_unit(session, society, _unit(rng, employer))
    left = day_between(rng, joined + timedelta(400), DAY) if one_in(rng, 9) else None
    reason = rng.choice((EndReason.RESIGNED, EndReason.LAPSED)) if left else None
    command = services.Admit(category_id, joined, number, ends_on=left, end_reason=reason)
    services.admit_unit(session, society, unit, command)
    active = [who for who in members if who.belongs(DAY)]
    own = [who for who in active if who.invented.facts["employer"] == employer.name] or active
    for person, since in zip(rng.sample(own, min(2, len(own))), _changes(rng, joined), strict=False):
        units.represent(session, unit, session.get_one(Person, person.person_id), since)


def _changes(rng: Random, joined: date) -> list[date]:
    """The day each representative began; half of the units have had a second one."""
    later = day_between(rng, joined + timedelta(300), DAY)
    return [joined, later] if joined < later <= DAY and one_in(rng, 2) else [joined]


def _unit(rng: Random, employer: Employer) -> units.EnterUnit:
    start = f"{_FIRST_LETTERS.get(employer.kind, '12')}110000{fill(rng, '########')}"
    body = f"{start}{rng.randrange(10)}"
    code = body + uscc.calc_check_digit(body)
    return units.EnterUnit(employer.name, code, employer.kind, "CN", f"{employer.place}市")
