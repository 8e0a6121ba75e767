"""An office looks after the accounts of its society; nobody reaches above their own rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts import sessions, ways
from registry.accounts.models import Account, RoleGrant
from registry.core.errors import RuleBroken
from registry.core.policy import KEPT_BY_STAFF, POLICY, Action, Grant, Role, reach
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


def may_recover(grants: Iterable[Grant], account: Account, own_id: int, society_id: int, day: date) -> bool:
    """May they ask that the account be recovered, or approve it: not their own, and nothing gained by it.

    Its roles that are not over, also those to come, must all lie where they have the right, and allow nothing
    that they may not do themselves; so an auditor's account is not the office's to recover.
    """
    mine = list(grants)
    lasting = (grant for grant in account.grants if grant.ends_on is None or grant.ends_on > day)
    held = [grant.as_grant() for grant in lasting]
    spans = reach(mine, Action.ACCOUNT_RECOVER)
    reached = all(any(span.covers(grant) for span in spans) for grant in held)
    here = any(grant.society_id == society_id for grant in held)
    return here and account.id != own_id and reached and allow_all_of(mine, held)


def allow_all_of(grants: Iterable[Grant], others: Iterable[Grant]) -> bool:
    """Do these allow whatever the others do; left out is what can only be done in one's own name."""
    mine, theirs = list(grants), list(others)
    return all(
        any(span.covers(wanted) for span in reach(mine, action))
        for action in POLICY
        for wanted in reach(theirs, action)
        if wanted.person_id is None
    )


def disable(session: Session, account: Account, society_id: int, now: datetime) -> None:
    """Nobody signs in with it, whoever is signed in is not any longer, and what was sent opens nothing."""
    if account.disabled_at:
        raise RuleBroken("账号已经停用")
    act(session, "account:disable", society_id)
    account.disabled_at = now
    ways.close_mailed(session, account, now)
    ways.close_recoveries(session, account, now)
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
