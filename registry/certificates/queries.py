"""Reading certificates, from inside and by their codes from outside."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.certificates.models import Certificate


def of_rows(
    session: Session, society_id: int, spells: Collection[int], tenures: Collection[int]
) -> Sequence[Certificate]:
    """Those of these spells and tenures, newest first: they follow their rows when two entries are merged."""
    mine = or_(Certificate.membership_id.in_(spells), Certificate.tenure_id.in_(tenures))
    query = select(Certificate).where(Certificate.society_id == society_id, mine)
    return session.scalars(query.order_by(Certificate.id.desc())).all()


def one(session: Session, society_id: int, key: int) -> Certificate | None:
    """One of a society."""
    query = select(Certificate).where(Certificate.society_id == society_id, Certificate.id == key)
    return session.scalars(query).first()


def by_code(session: Session, code: str) -> Certificate | None:
    """The certificate with that code, of whatever society."""
    return session.scalars(select(Certificate).where(Certificate.code == code.lower())).first()
