"""Making, finding, using and withdrawing links; who reads the table can open nothing."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.vault import Vault
from registry.links.models import Link

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: nothing in it is taken for something else on paper."""
_TAKEN_FOR = str.maketrans("OIL", "011", " -－—·")
_CODE = 12


def make(
    session: Session,
    purpose: str,
    subject: str,
    lasts: timedelta,
    now: datetime,
    society_id: int = 0,
) -> str:
    """A secret for an address; those made before of the same subject for the same purpose open nothing."""
    return _keep(session, secrets.token_urlsafe(32), Link(**_facts(purpose, subject, lasts, now, society_id)))


def make_code(
    session: Session,
    purpose: str,
    subject: str,
    lasts: timedelta,
    now: datetime,
    society_id: int = 0,
) -> str:
    """The same to be typed from paper: `7K3M-0QXZ-94TB`, 60 bits."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE))
    _keep(session, code, Link(**_facts(purpose, subject, lasts, now, society_id)))
    return "-".join(code[at : at + 4] for at in range(0, _CODE, 4))


def _facts(purpose: str, subject: str, lasts: timedelta, now: datetime, society_id: int) -> dict[str, object]:
    return {
        "purpose": purpose,
        "subject": subject,
        "made_at": now,
        "expires_at": now + lasts,
        "society_id": society_id,
    }


def _keep(session: Session, secret: str, link: Link) -> str:
    withdraw(session, link.purpose, link.subject, link.made_at)
    link.digest = _digest(session, link.purpose, secret)
    session.add(link)
    session.flush()
    return secret


def _digest(session: Session, purpose: str, secret: str) -> str:
    vault: Vault = session.info["vault"]
    return vault.fingerprint(f"{purpose}:{secret}")


def typed_code(text: str) -> str:
    """A code as it was typed: in small letters, in other groups, with O for 0; never longer than a secret."""
    return text.strip()[:80].upper().translate(_TAKEN_FOR)


def look(session: Session, purpose: str, secret: str, now: datetime) -> Link | None:
    """What the secret or code still opens; unknown, expired, used and withdrawn are all None."""
    digests = [_digest(session, purpose, one) for one in (secret, typed_code(secret))]
    query = select(Link).where(Link.digest.in_(digests), Link.purpose == purpose)
    valid = query.where(Link.used_at.is_(None), Link.withdrawn_at.is_(None), Link.expires_at > now)
    return session.scalars(valid).first()


def use(session: Session, link: Link, now: datetime) -> None:
    """The link opens nothing any longer; of two who use it at once, the second is refused."""
    unused = update(Link).where(Link.id == link.id, Link.used_at.is_(None), Link.withdrawn_at.is_(None))
    if session.execute(unused.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken("这个链接或验证码已经用过")


def withdraw(session: Session, purpose: str, subject: str, now: datetime | None = None) -> None:
    """Links of the subject for the purpose open nothing any longer."""
    still = update(Link).where(Link.purpose == purpose, Link.subject == subject)
    at = now or datetime.now(UTC)
    session.execute(still.where(Link.used_at.is_(None), Link.withdrawn_at.is_(None)).values(withdrawn_at=at))
