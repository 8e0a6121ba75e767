"""An office looks after the accounts of its society; nobody reaches above their own rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts import sessions
from registry.accounts.models import Account, RoleGrant
from registry.core.errors import RuleBroken
from registry.core.policy import KEPT_BY_STAFF, Action, Grant, Role, reach
from registry.journal.services import act


def reaches(grants: Iterable[Grant], grant: RoleGrant) -> bool:
    """May whoever has these grants end this one: an administrator any, an office those below it."""
    spans = reach(grants, Action.ACCOUNT_KEEP)
    if any(span.society_id is None for span in spans):
        return True
    own = any(span.society_id == grant.society_id for span in spans)
    return own and Role(grant.role) in KEPT_BY_STAFF


def reaches_whole(grants: Iterable[Grant], account: Account, own_id: int) -> bool:
    """May they stop the account: every role it ever had is theirs to end, and it is not their own."""
    known = list(grants)
    return account.id != own_id and all(reaches(known, grant) for grant in account.grants)


def disable(session: Session, account: Account, society_id: int, now: datetime) -> None:
    """Nobody signs in with it, and whoever is signed in is not any longer."""
    if account.disabled_at:
        raise RuleBroken("账号已经停用")
    act(session, "account:disable", society_id)
    account.disabled_at = now
    sessions.end_all(session, account)
    session.flush()


def enable(session: Session, account: Account, society_id: int) -> None:
    """It can be used again, with the password that it had."""
    if account.disabled_at is None:
        raise RuleBroken("账号没有停用")
    act(session, "account:enable", society_id)
    account.disabled_at = account.locked_until = None
    account.failures = 0
    session.flush()


def end_role(session: Session, grant: RoleGrant, day: date) -> None:
    """From the day on the account no longer has the role; one that has not begun never begins."""
    if grant.ends_on is not None and grant.ends_on <= day:
        raise RuleBroken("这个角色已经结束")
    act(session, "role:end", grant.society_id or 0)
    grant.ends_on = max(day, grant.starts_on)
    session.flush()
