"""Giving and withdrawing consent, by oneself or on paper; naming a recipient abroad."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from registry.consents.models import Consent, Recipient
from registry.consents.queries import Standing
from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.societies.models import Society


@dataclass(frozen=True)
class Paper:
    """A consent on paper: the day it was signed, and where it lies."""

    signed_on: date
    evidence: str


@dataclass(frozen=True)
class NameRecipient:
    """Somebody abroad, and all that members are told of them."""

    name: str
    country: str
    contact: str
    purpose: str
    way: str
    facts: str
    rights: str


def decide(
    session: Session,
    society_id: int,
    person_id: int,
    standing: Standing,
    *,
    given: bool,
    paper: Paper | None,
    facts: Collection[str] = (),
) -> Consent | None:
    """One more event; None where it is as it was. Without `paper` the person decides.

    `facts` are chosen of those that the purpose offers.
    """
    covered = tuple(key for key in standing.purpose.offers if given and key in facts)
    if (standing.given, tuple(standing.facts)) == (given, covered):
        return None
    if given and standing.recipient is not None and standing.recipient.ended_at is not None:
        raise RuleBroken("本会已不再向这个接收方提供资料")
    if paper is not None and not paper.evidence.strip():
        raise RuleBroken("请写明书面同意书存放在哪里", "evidence")
    _open(session, society_id, given=given)
    row = Consent(
        society_id=society_id,
        person_id=person_id,
        purpose=standing.purpose.key,
        recipient_id=standing.recipient.id if standing.recipient else None,
        given=given,
        facts=covered,
        wording=standing.purpose.version,
        at=datetime.now(UTC),
        signed_on=paper.signed_on if paper else None,
        evidence=paper.evidence.strip()[:200] if paper else "",
        recorded_by=_actor(session).name if paper else "",
    )
    session.add(row)
    session.flush()
    return row


def _open(session: Session, society_id: int, *, given: bool) -> None:
    if given:
        act(session, "consent:give", society_id)
    else:
        act(session, "consent:withdraw", society_id)


def _actor(session: Session) -> Actor:
    found: Actor = session.info["actor"]
    return found


def set_directory(session: Session, society: Society, *, opened: bool) -> None:
    """Members may read of each other what each chose to show, or no longer."""
    if society.directory == opened:
        return
    if opened:
        act(session, "directory:open", society.id)
    else:
        act(session, "directory:close", society.id)
    society.directory = opened
    session.flush()


def name_recipient(session: Session, society_id: int, command: NameRecipient) -> Recipient:
    """From now on members are asked whether this one may have their data."""
    act(session, "consent:recipient", society_id)
    row = Recipient(society_id=society_id, at=datetime.now(UTC), **vars(command))
    session.add(row)
    session.flush()
    return row


def end_recipient(session: Session, row: Recipient) -> None:
    """Nobody is asked any more; what was given and withdrawn stays on record."""
    if row.ended_at is None:
        act(session, "consent:recipient-end", row.society_id)
        row.ended_at = datetime.now(UTC)
        session.flush()
