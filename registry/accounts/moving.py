"""Another mail address for an account: asked by its holder, confirmed at the new one, stopped at the old."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.forgotten import mark
from registry.accounts.models import Account
from registry.accounts.ways import KEEP, MOVE, account_of, close_mailed, subject
from registry.core.errors import RuleBroken
from registry.core.vault import Vault
from registry.journal.services import act
from registry.links import services as links

LASTS = timedelta(days=1)
DEAD = "这个链接不能用：用过了、过期了，或者已经撤回"


@dataclass(frozen=True)
class Links:
    """The secret that goes to the new address, and the one that goes to the old."""

    move: str = field(repr=False)
    keep: str = field(repr=False)


def address_of(session: Session, sealed: bytes | None) -> str:
    """As it is written; empty where there is none."""
    vault: Vault = session.info["vault"]
    return vault.open(sealed) if sealed else ""


def waiting(session: Session, account: Account, now: datetime) -> str:
    """The address that waits to be confirmed."""
    until = account.new_email_until
    return address_of(session, account.new_email) if until and until > now else ""


def ask(session: Session, account: Account, address: str, now: datetime) -> Links:
    """Whether another account has the address makes no difference here: only its reader is told."""
    if account.email_mark == mark(session, address):
        raise RuleBroken("这就是账号现在的邮箱", "address")
    act(session, "account:address-ask")
    vault: Vault = session.info["vault"]
    account.new_email, account.new_email_until = vault.seal(address.strip()), now + LASTS
    session.flush()
    about = subject(account.id)
    return Links(*(links.make(session, purpose, about, LASTS, now) for purpose in (MOVE, KEEP)))


def confirm(session: Session, account: Account, secret: str, now: datetime) -> str:
    """The address is the account's from now on; the one that it had.

    The link alone is not enough, the holder must be signed in: what was mistyped is a stranger's address.
    """
    link, address = links.look(session, MOVE, secret, now), waiting(session, account, now)
    if link is None or not address or link.subject != subject(account.id):
        raise RuleBroken(DEAD)
    its_mark = mark(session, address)
    if session.scalars(select(Account.id).where(Account.email_mark == its_mark)).first():
        raise RuleBroken("这个邮箱已用于另一个账号；请先在那个账号里换掉它，或者换一个邮箱")
    act(session, "account:address")
    links.use(session, link, now)
    before = address_of(session, account.email)
    account.email, account.email_mark = account.new_email, its_mark
    # What lies in the old mailbox opens nothing any longer.
    close_mailed(session, account, now)
    return before


def keep(session: Session, secret: str, now: datetime) -> None:
    """Stop the change by the link that the old address was sent."""
    link = links.look(session, KEEP, secret, now)
    account = account_of(session, link)
    if link is None or account is None:
        raise RuleBroken(DEAD)
    act(session, "account:address-withdraw")
    links.use(session, link, now)
    close_mailed(session, account, now)


def withdraw(session: Session, account: Account, now: datetime) -> None:
    """The holder stays with the address there is."""
    if not waiting(session, account, now):
        raise RuleBroken("没有等待确认的邮箱")
    act(session, "account:address-withdraw")
    close_mailed(session, account, now)
