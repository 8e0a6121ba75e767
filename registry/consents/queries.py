"""Reading what holds of a person, how it came about, and who has agreed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from registry.consents.models import Consent, Recipient
from registry.consents.purposes import ABROAD, ALWAYS, PURPOSES, Purpose


@dataclass(frozen=True)
class Standing:
    """One purpose with every decision on it, newest first; none = never asked, which is no consent."""

    purpose: Purpose
    recipient: Recipient | None
    events: Sequence[Consent]

    @property
    def key(self) -> str:
        """By what it is addressed."""
        return f"{self.purpose.key}-{self.recipient.id}" if self.recipient else self.purpose.key

    @property
    def given(self) -> bool | None:
        """None where nothing was ever decided."""
        return self.events[0].given if self.events else None


def standings(session: Session, society_id: int, ids: Collection[int]) -> list[Standing]:
    """Every purpose that is asked, or was decided on; `ids` are the person's and those merged into it."""
    found = events(session, society_id, ids)
    heard = {row.recipient_id for row in found}
    abroad = [row for row in recipients(session, society_id) if row.ended_at is None or row.id in heard]
    asked = [(purpose, None) for purpose in ALWAYS] + [(PURPOSES[ABROAD], row) for row in abroad]
    return [Standing(purpose, row, _of(found, purpose, row)) for purpose, row in asked]


def events(session: Session, society_id: int, ids: Collection[int]) -> Sequence[Consent]:
    """Every decision of a person, newest first."""
    query = select(Consent).where(Consent.society_id == society_id, Consent.person_id.in_(ids))
    return session.scalars(query.options(joinedload(Consent.recipient)).order_by(Consent.id.desc())).all()


def _of(found: Sequence[Consent], purpose: Purpose, recipient: Recipient | None) -> list[Consent]:
    row_id = recipient.id if recipient else None
    return [row for row in found if row.purpose == purpose.key and row.recipient_id == row_id]


def recipients(session: Session, society_id: int) -> Sequence[Recipient]:
    """Those abroad, in the order they were named."""
    query = select(Recipient).where(Recipient.society_id == society_id)
    return session.scalars(query.order_by(Recipient.id)).all()


def recipient_of(session: Session, society_id: int, recipient_id: int) -> Recipient | None:
    """One of the society's."""
    query = select(Recipient).where(Recipient.society_id == society_id, Recipient.id == recipient_id)
    return session.scalars(query).first()


def agreed(session: Session, society_id: int, people: Collection[int], purpose: str) -> set[int]:
    """Of these people those whose newest word on a purpose is yes."""
    mine = (Consent.society_id == society_id, Consent.purpose == purpose, Consent.person_id.in_(people))
    newest = select(func.max(Consent.id)).where(*mine).group_by(Consent.person_id)
    return set(session.scalars(select(Consent.person_id).where(Consent.id.in_(newest), Consent.given)))


def tallies(session: Session, society_id: int) -> dict[tuple[str, int | None, bool], int]:
    """How many people have agreed or refused, by purpose and recipient."""
    query = select(func.max(Consent.id)).where(Consent.society_id == society_id)
    newest = query.group_by(Consent.person_id, Consent.purpose, Consent.recipient_id)
    key = (Consent.purpose, Consent.recipient_id, Consent.given)
    counted = select(*key, func.count()).where(Consent.id.in_(newest)).group_by(*key)
    return {(purpose, row, given): many for purpose, row, given, many in session.execute(counted)}
