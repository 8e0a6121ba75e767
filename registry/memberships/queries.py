"""Reading spells of membership and the numbers that go with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, joinedload

from registry.core.periods import Period
from registry.memberships.models import EndReason, Membership, Representative, Unit
from registry.societies.models import Society

_DIGITS = 5
_AT_ONCE = 500
_NUMBER = re.compile(r"[0-9]+")


def by_number(session: Session, slug: str, number: str) -> Membership | None:
    """The newest spell under a number, whoever holds it; a voided one only where there is no other."""
    query = (
        _whole()
        .join(Society, Society.id == Membership.society_id)
        .where(Society.slug == slug, Membership.number == number)
    )
    return session.scalars(query.order_by(*_newest_first()).limit(1)).first()


def by_id(session: Session, society_id: int, membership_id: int) -> Membership | None:
    """One spell of a society."""
    return session.scalars(
        _whole().where(Membership.society_id == society_id, Membership.id == membership_id)
    ).first()


def spells(session: Session, society_id: int, person_id: int) -> Sequence[Membership]:
    """Every spell of a person in a society, newest first."""
    query = _whole().where(Membership.society_id == society_id, Membership.person_id == person_id)
    return session.scalars(query.order_by(*_newest_first())).all()


def unit_spells(session: Session, society_id: int, unit_id: int) -> Sequence[Membership]:
    """Every spell of a unit in a society, newest first."""
    query = _whole().where(Membership.society_id == society_id, Membership.unit_id == unit_id)
    return session.scalars(query.order_by(*_newest_first())).all()


def standing(found: Sequence[Membership], day: date) -> Membership:
    """The spell in force on the day, otherwise the newest; `found` is newest first and not empty."""
    return next((spell for spell in found if spell.period.holds(day)), found[0])


def numbers(session: Session, society_id: int, person_id: int) -> list[str]:
    """The numbers under which a person is or was known, newest first."""
    found = (row.number for row in spells(session, society_id, person_id))
    return list(dict.fromkeys(found))


def overlapping(
    session: Session, society_id: int, holder: ColumnElement[bool], period: Period, but_id: int = 0
) -> Membership | None:
    """A spell of the holder that shares a day with the period."""
    query = select(Membership).where(Membership.society_id == society_id, holder, Membership.id != but_id)
    return session.scalars(query.where(Membership.overlapping(period), _not_void()).limit(1)).first()


def of_holders(
    session: Session, society_id: int, found: Iterable[Membership]
) -> dict[tuple[int | None, int | None], list[Row[Any]]]:
    """The true spells of the holders of some spells, by person and unit; some hundreds in a statement."""
    rows: dict[tuple[int | None, int | None], list[Row[Any]]] = defaultdict(list)
    columns = [
        getattr(Membership, key) for key in ("id", "person_id", "unit_id", "number", "starts_on", "ends_on")
    ]
    spells = list(found)
    for column in (Membership.person_id, Membership.unit_id):
        ids = sorted({getattr(spell, column.key) for spell in spells} - {None})
        for start in range(0, len(ids), _AT_ONCE):
            query = select(*columns).where(Membership.society_id == society_id, _not_void())
            for row in session.execute(query.where(column.in_(ids[start : start + _AT_ONCE]))):
                rows[row.person_id, row.unit_id].append(row)
    return rows


def member_on(session: Session, society_id: int, person_id: int, day: date) -> bool:
    """True where the person is a member on that day."""
    query = select(Membership.id).where(
        Membership.society_id == society_id, Membership.person_id == person_id, Membership.in_force(day)
    )
    return session.scalars(query.limit(1)).first() is not None


def number_taken(session: Session, society_id: int, number: str, but: ColumnElement[bool]) -> bool:
    """True where another holder than `but` has or had the number."""
    query = select(Membership.id).where(
        Membership.society_id == society_id, Membership.number == number, ~but
    )
    return session.scalars(query.limit(1)).first() is not None


def next_number(session: Session, society: Society) -> str:
    """One more than the greatest of the society's form: prefix and at least five digits."""
    prefix = society.number_prefix
    query = select(Membership.number).where(
        Membership.society_id == society.id, Membership.number.startswith(prefix, autoescape=True)
    )
    # By length first, so that B100000 counts as greater than B99999.
    longest = query.order_by(func.length(Membership.number).desc(), Membership.number.desc()).limit(50)
    found = [number.removeprefix(prefix) for number in session.scalars(longest)]
    greatest = max((int(digits) for digits in found if _NUMBER.fullmatch(digits)), default=0)
    return f"{prefix}{greatest + 1:0{_DIGITS}d}"


def unit_of(session: Session, society_id: int, unit_id: int) -> Unit | None:
    """One unit with its representatives."""
    return session.scalars(select(Unit).where(Unit.society_id == society_id, Unit.id == unit_id)).first()


def representative_on(session: Session, society_id: int, unit_id: int, day: date) -> Representative | None:
    """Who acts for the unit on that day."""
    query = select(Representative).where(
        Representative.society_id == society_id,
        Representative.unit_id == unit_id,
        Representative.in_force(day),
    )
    return session.scalars(query.options(joinedload(Representative.person))).first()


def _whole() -> Select[Membership]:
    return select(Membership).options(
        joinedload(Membership.person),
        joinedload(Membership.unit),
        joinedload(Membership.category),
        joinedload(Membership.branch),
    )


def _newest_first() -> tuple[ColumnElement[Any], ...]:
    void = (Membership.end_reason == EndReason.VOIDED).is_(True)
    return (void.asc(), Membership.starts_on.desc(), Membership.id.desc())


def _not_void() -> ColumnElement[bool]:
    """An empty spell overlaps nothing."""
    return Membership.ends_on.is_(None) | (Membership.ends_on > Membership.starts_on)
