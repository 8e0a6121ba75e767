"""Reading what holds of a person, how it came about, and who has agreed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, func, select
from sqlalchemy.orm import Session, joinedload

from registry.consents.models import Consent, Recipient
from registry.consents.purposes import ABROAD, ALWAYS, LISTED, PURPOSES, Purpose
from registry.people.fields import FIELDS
from registry.people.models import Person


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

    @property
    def facts(self) -> Sequence[str]:
        """What was chosen, where there is a choice; nothing unless it is given."""
        return self.events[0].facts if self.given else ()

    @property
    def chosen(self) -> list[str]:
        """The same in words."""
        return [FIELDS[key].label for key in self.facts]

    @property
    def shown(self) -> list[str]:
        """All that fellow members see, where this is the directory."""
        return [*LISTED, *self.chosen] if self.given else []


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


def chosen(
    session: Session, society_id: int, people: Collection[int], purpose: str
) -> dict[int, Sequence[str]]:
    """Of these people those whose newest word on a purpose is yes, each with the facts that it covers.

    A word that was given for an entry merged into theirs is theirs.
    """
    bearers = _bearers(society_id, people)
    newest = (
        select(bearers.c.holder, func.max(Consent.id).label("id"))
        .join(Consent, Consent.person_id == bearers.c.id)
        .where(Consent.society_id == society_id, Consent.purpose == purpose)
        .group_by(bearers.c.holder)
        .subquery()
    )
    query = select(newest.c.holder, Consent.facts).join(Consent, Consent.id == newest.c.id)
    found = session.execute(query.where(Consent.given))
    return {holder: facts for holder, facts in found}  # noqa: C416 - rows are no pairs to a dict


def _bearers(society_id: int, people: Collection[int]) -> CTE:
    """Each holder with the holder's own key and those of all that was ever merged into it."""
    own = select(Person.id.label("holder"), Person.id).where(Person.society_id == society_id)
    inside = own.where(Person.id.in_(people)).cte(recursive=True)
    further = select(inside.c.holder, Person.id).where(Person.merged_into_id == inside.c.id)
    return inside.union(further.where(Person.society_id == society_id))


def tallies(session: Session, society_id: int) -> dict[tuple[str, int | None, bool], int]:
    """How many people have agreed or refused, by purpose and recipient."""
    query = select(func.max(Consent.id)).where(Consent.society_id == society_id)
    newest = query.group_by(Consent.person_id, Consent.purpose, Consent.recipient_id)
    key = (Consent.purpose, Consent.recipient_id, Consent.given)
    counted = select(*key, func.count()).where(Consent.id.in_(newest)).group_by(*key)
    return {(purpose, row, given): many for purpose, row, given, many in session.execute(counted)}
