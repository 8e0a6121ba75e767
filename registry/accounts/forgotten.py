"""A password that was forgotten: the same answer, and the same work, whether or not the address is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.services import set_password
from registry.accounts.ways import RESET, account_of, subject
from registry.core.errors import RuleBroken
from registry.core.vault import Vault
from registry.links import services as links

LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """To whom the link goes; where nobody has the address, to nobody."""

    email: str = field(repr=False)
    name: str
    secret: str = field(repr=False)


def mark(session: Session, address: str) -> str:
    """By which an account is found from an address."""
    vault: Vault = session.info["vault"]
    return vault.fingerprint(f"email:{address.strip().lower()}")


def ask(session: Session, address: str, now: datetime) -> Asked:
    """A link for whoever has the address; for a stranger's one is made too, which opens nothing."""
    found = select(Account).where(Account.email_mark == mark(session, address))
    account = session.scalars(found.where(Account.disabled_at.is_(None))).first()
    secret = links.make(session, RESET, subject(account.id if account else 0), LASTS, now)
    if account is None or account.email is None:
        return Asked("", "", secret)
    vault: Vault = session.info["vault"]
    return Asked(vault.open(account.email), account.name, secret)


def reset(session: Session, secret: str, password: str, now: datetime) -> None:
    """Another password, by a link that then opens nothing."""
    link = links.look(session, RESET, secret, now)
    account = account_of(session, link)
    if link is None or account is None:
        raise RuleBroken("这个链接不能用：用过了、过期了，或者后来又要过新的")
    links.use(session, link, now)
    set_password(session, account, password)
