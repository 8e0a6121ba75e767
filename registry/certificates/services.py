"""Issuing and revoking certificates, and what one of them is worth today."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from registry.bodies.models import Tenure
from registry.certificates.models import Certificate, CertificateKind
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.memberships.models import EndReason, Membership
from registry.memberships.queries import spells

_BYTES = 16
"""128 bits: nobody finds a certificate by guessing."""


class Worth(StrEnum):
    """What a certificate is worth on a day."""

    STANDS = "stands"
    PAST = "past"
    VOID = "void"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Issue:
    """What is certified of whom, by the spell or the tenure."""

    kind: CertificateKind
    person_id: int
    told: Mapping[str, str]
    membership_id: int | None = None
    tenure_id: int | None = None


def issue(session: Session, society_id: int, command: Issue, day: date) -> Certificate:
    """A certificate with a code that nobody can guess."""
    act(session, "certificate:issue", society_id)
    code = b32encode(secrets.token_bytes(_BYTES)).decode().rstrip("=").lower()
    facts = {**vars(command), "told": dict(command.told)}
    row = Certificate(
        society_id=society_id, code=code, issued_on=day, issued_by=session.info["actor"].name, **facts
    )
    session.add(row)
    session.flush()
    return row


def revoke(session: Session, row: Certificate, why: str, at: datetime) -> None:
    """It holds no longer; whoever checks it is told so, not why."""
    if row.revoked_at is not None:
        raise RuleBroken("这份证明已经撤回")
    if not why.strip():
        raise RuleBroken("请写明撤回的原因", "why")
    act(session, "certificate:revoke", row.society_id, why.strip())
    row.revoked_at, row.revoked_why = at, why.strip()
    session.flush()


def worth(session: Session, row: Certificate, day: date) -> Worth:
    """What it is worth on the day: the register tells, not the paper."""
    if row.revoked_at is not None:
        return Worth.REVOKED
    if row.kind == CertificateKind.OFFICE:
        return _of_office(session.get(Tenure, row.tenure_id or 0), day)
    return _of_membership(session, session.get(Membership, row.membership_id or 0), day)


def _of_office(tenure: Tenure | None, day: date) -> Worth:
    state = tenure.state_on(day) if tenure else "voided"
    if state == "voided":
        return Worth.VOID
    return Worth.PAST if state == "ended" else Worth.STANDS


def _of_membership(session: Session, spell: Membership | None, day: date) -> Worth:
    """Another category begins another spell; the membership goes on."""
    if spell is None or spell.end_reason == EndReason.VOIDED:
        return Worth.VOID
    others = spells(session, spell.society_id, spell.person_id or 0)
    return Worth.STANDS if any(one.state_on(day) == "active" for one in others) else Worth.PAST
