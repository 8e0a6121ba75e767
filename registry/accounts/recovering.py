"""An account whose holder lost what opens it: one person asks, another approves, the holder chooses anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from registry.accounts import factor
from registry.accounts.managing import may_recover
from registry.accounts.models import Account, Recovery
from registry.accounts.queries import grants_on
from registry.accounts.services import set_password
from registry.accounts.ways import RECOVER, account_of, close_recoveries, subject, waiting
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.links import services as links

OPEN = timedelta(days=7)
"""How long a request waits for the second person."""
BY_MAIL, BY_LETTER = timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True)
class Ask:
    """For which society, who asks, and why."""

    society_id: int
    asker_id: int
    reason: str


@dataclass(frozen=True)
class Approve:
    """Who approves, and whether the holder gets a mail instead of a letter."""

    approver_id: int
    mails: bool


@dataclass(frozen=True)
class Approved:
    """What goes to the holder: the secret of a link, or the code of a letter."""

    secret: str = field(repr=False)
    expires_at: datetime


def ask(session: Session, account: Account, command: Ask, now: datetime) -> Recovery:
    """A request, which does nothing by itself; there is one at a time."""
    if account.disabled_at:
        raise RuleBroken("账号已停用，请先恢复它")
    act(session, "recovery:ask", command.society_id)
    if waiting(session, account.id, now):
        raise RuleBroken("已经有一件申请在办理")
    row = Recovery(account_id=account.id, **vars(command), asked_at=now, expires_at=now + OPEN)
    session.add(row)
    session.flush()
    return row


def approve(session: Session, row: Recovery, command: Approve, now: datetime, day: date) -> Approved:
    """The second person's word, whose right the caller knows of; who asked must still have it as well."""
    act(session, "recovery:approve", row.society_id)
    session.refresh(row, with_for_update=True)
    if not is_waiting(row, now) or row.approved_at:
        raise RuleBroken("这件申请已经办过、撤回或过期")
    if command.approver_id in {row.asker_id, row.account_id}:
        raise RuleBroken("要由另一个人同意：提出的人和账号本人都不行")
    asking = grants_on(session, row.asker_id, day)
    if row.asker.disabled_at or not may_recover(asking, row.account, row.asker_id, row.society_id, day):
        raise RuleBroken("提出的人现在没有这项权限，请撤回，由别人重新提出")
    make, lasts = (links.make, BY_MAIL) if command.mails else (links.make_code, BY_LETTER)
    row.approver_id, row.approved_at, row.expires_at = command.approver_id, now, now + lasts
    session.flush()
    return Approved(make(session, RECOVER, subject(row.account_id), lasts, now), row.expires_at)


def is_waiting(row: Recovery, now: datetime) -> bool:
    """Neither carried out, withdrawn nor lapsed."""
    return row.used_at is None and row.withdrawn_at is None and row.expires_at > now


def withdraw(session: Session, row: Recovery, now: datetime) -> None:
    """Its link or code opens nothing any longer."""
    if not is_waiting(row, now):
        raise RuleBroken("这件申请已经办过、撤回或过期")
    act(session, "recovery:withdraw", row.society_id)
    close_recoveries(session, row.account, now)


def by_operator(session: Session, account: Account, now: datetime) -> Approved:
    """By whoever has the machine, and with it everything."""
    act(session, "recovery:approve")
    close_recoveries(session, account, now)
    secret = links.make_code(session, RECOVER, subject(account.id), BY_MAIL, now)
    return Approved(secret, now + BY_MAIL)


def use(session: Session, secret: str, password: str, now: datetime) -> Account:
    """Another password and no second factor, until a new one is set up; every session ends."""
    link = links.look(session, RECOVER, secret, now)
    account = account_of(session, link)
    if link is None or account is None:
        raise RuleBroken("这个验证码不能用：写错了、用过了、过期了，或者已经撤回", "code")
    rows = waiting(session, account.id, now)
    act(session, "recovery:use", rows[0].society_id if rows else 0)
    links.use(session, link, now)
    for row in rows:
        row.used_at = now
    set_password(session, account, password)
    factor.remove(session, account)
    return account
