"""Sessions: begun with a secret that only the cookie holds, ended on the server."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, RoleGrant, SignIn, grant_of
from registry.core.policy import Grant
from registry.journal.services import act

LONGEST = timedelta(hours=12)
"""However busy it is; one that lies idle ends earlier, with its cookie."""


def begin(session: Session, account: Account, browser: str, now: datetime) -> str:
    """The secret of a new session; the account's worn-out ones are forgotten."""
    session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.began_at < now - LONGEST))
    secret = secrets.token_urlsafe(24)
    session.add(SignIn(account_id=account.id, digest=digest(secret), began_at=now, browser=browser))
    session.flush()
    return secret


def digest(secret: str) -> str:
    """What is kept of a secret: who reads the table can sign in nowhere."""
    return hashlib.sha256(secret.encode()).hexdigest()


_BEHIND = (
    select(
        Account.id,
        Account.username,
        Account.name,
        Account.language,
        Account.totp_since,
        SignIn.id.label("session_id"),
        RoleGrant.role,
        RoleGrant.society_id,
        RoleGrant.branch_id,
        RoleGrant.person_id,
        RoleGrant.starts_on,
        RoleGrant.ends_on,
    )
    .join(SignIn, SignIn.account_id == Account.id)
    .outerjoin(RoleGrant, and_(RoleGrant.account_id == Account.id, RoleGrant.in_force(bindparam("day"))))
    .where(SignIn.digest == bindparam("digest"), SignIn.began_at >= bindparam("since"))
    .where(Account.disabled_at.is_(None))
    .order_by(RoleGrant.id)
)


def behind(
    session: Session, secret: str, now: datetime, day: date
) -> tuple[Row[Any], tuple[Grant, ...]] | None:
    """Whose session it is, while it lasts and the account may be used, with the grants of the day.

    Every request asks this: it is one question, and makes no entities.
    """
    asked = {"digest": digest(secret), "since": now - LONGEST, "day": day}
    rows: Sequence[Any] = session.execute(_BEHIND, asked).all()
    return (rows[0], tuple(grant_of(row) for row in rows if row.role)) if rows else None


def lasting(session: Session, account_id: int, now: datetime) -> Sequence[SignIn]:
    """The sessions of an account that have not ended, newest first."""
    query = select(SignIn).where(SignIn.account_id == account_id, SignIn.began_at >= now - LONGEST)
    return session.scalars(query.order_by(SignIn.began_at.desc(), SignIn.id.desc())).all()


def end(session: Session, account_id: int, session_id: int) -> bool:
    """End one of the account's own; False where it has none such."""
    return _end(session, account_id, SignIn.id == session_id) > 0


def end_others(session: Session, account_id: int, but_id: int) -> int:
    """End all but this one; how many they were."""
    return _end(session, account_id, SignIn.id != but_id)


def end_all(session: Session, account: Account) -> None:
    """Sign the account out everywhere."""
    act(session, "account:end-sessions")
    _end(session, account.id, SignIn.account_id == account.id)


def _end(session: Session, account_id: int, which: ColumnElement[bool]) -> int:
    ended = session.execute(delete(SignIn).where(SignIn.account_id == account_id, which))
    return int(ended.rowcount)  # type: ignore[attr-defined]
