"""What was sent to open an account by, or to change its address: all of it dies with the password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, Recovery
from registry.links import services as links
from registry.links.models import Link

RESET = "password:reset"
"""The purpose of a link that stands for a forgotten password."""
RECOVER = "account:recover"
"""Of a link or code that stands for all that was lost."""
MOVE, KEEP = "address:move", "address:keep"
"""Of the link to the new address, and of the one to the old by which the change is stopped."""


def subject(account_id: int) -> str:
    """What these links are about."""
    return f"account:{account_id}"


def account_of(session: Session, link: Link | None) -> Account | None:
    """Whose link it is, while the account may be used."""
    account = session.get(Account, int(link.subject.partition(":")[2])) if link else None
    return None if account is None or account.disabled_at else account


def waiting(session: Session, account_id: int, now: datetime) -> Sequence[Recovery]:
    """Requests to recover the account that are neither carried out, withdrawn nor lapsed."""
    mine = select(Recovery).where(Recovery.account_id == account_id, Recovery.expires_at > now)
    return session.scalars(mine.where(Recovery.used_at.is_(None), Recovery.withdrawn_at.is_(None))).all()


def close_recoveries(session: Session, account: Account, now: datetime) -> None:
    """Nobody gets in by what was asked for before; inside an act."""
    links.withdraw(session, RECOVER, subject(account.id), now)
    for row in waiting(session, account.id, now):
        row.withdrawn_at = now
    session.flush()


def close_mailed(session: Session, account: Account, now: datetime) -> None:
    """No link in any mailbox opens the account or moves its address; inside an act."""
    for purpose in (RESET, MOVE, KEEP):
        links.withdraw(session, purpose, subject(account.id), now)
    account.new_email = account.new_email_until = None
    session.flush()
