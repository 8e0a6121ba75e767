"""Opening accounts, giving roles, proving who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts import sessions
from registry.accounts.models import Account, RoleGrant
from registry.accounts.queries import by_username
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from registry.journal.services import act
from registry.links import services as links

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
RESET = "password:reset"
"""The purpose of a link that stands for a forgotten password."""

# OWASP's second recommended setting for argon2id: 19 MiB, two passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_DECOY = _hasher.hash("nobody has this password")


@dataclass(frozen=True)
class GiveRole:
    """A role, where it reaches, and since when."""

    role: Role
    starts_on: date
    society_id: int | None = None
    branch_id: int | None = None
    person_id: int | None = None


def open_account(
    session: Session, username: str, name: str, password: str, shortest: int = SHORTEST_PASSWORD
) -> Account:
    """A new account without any role; only the demonstration takes shorter passwords."""
    username = username.strip().lower()
    if by_username(session, username):
        raise RuleBroken("用户名“%(username)s”已被使用", "username", username=username)
    _refuse_short(password, shortest)
    act(session, "account:open")
    account = Account(username=username, name=name, password_hash=_hasher.hash(password))
    session.add(account)
    session.flush()
    return account


def set_password(
    session: Session, account: Account, password: str, shortest: int = SHORTEST_PASSWORD
) -> None:
    """Another password, which also ends a lock and every session; nothing where it is the one in force."""
    _refuse_short(password, shortest)
    if _matches(account.password_hash, password):
        return
    act(session, "account:password")
    account.password_hash = _hasher.hash(password)
    account.failures, account.locked_until = 0, None
    links.withdraw(session, RESET, f"account:{account.id}")
    sessions.end_all(session, account)
    session.flush()


def _refuse_short(password: str, shortest: int) -> None:
    if len(password) < shortest:
        raise RuleBroken("密码至少 %(shortest)s 个字符", "password", shortest=shortest)


def give_role(session: Session, account: Account, command: GiveRole) -> RoleGrant:
    """Grant a role; a role lacking the place it reaches would reach nothing, and is refused."""
    _refuse_placeless(command)
    act(session, "role:give", command.society_id or 0)
    grant = RoleGrant(account_id=account.id, **vars(command))
    session.add(grant)
    session.flush()
    return grant


def _refuse_placeless(command: GiveRole) -> None:
    if command.role is not Role.ADMIN and command.society_id is None:
        raise RuleBroken("这个角色要指明学会", "society_id")
    if command.role is Role.BRANCH_STAFF and command.branch_id is None:
        raise RuleBroken("分支机构秘书要指明分支机构", "branch_id")
    if command.role is Role.MEMBER and command.person_id is None:
        raise RuleBroken("会员账号要指明本人", "person_id")


def prove(session: Session, username: str, password: str, now: datetime) -> Account | None:
    """The account that the password proves, or None; tells nobody which part was wrong, in words or in time.

    After `FAILURES_ALLOWED` wrong passwords the account is locked for `LOCKED_FOR`; each try is counted
    and committed by the caller even though it failed.
    """
    account = session.scalars(
        select(Account).where(Account.username == username.strip().lower()).with_for_update()
    ).first()
    right = _matches(account.password_hash if account else _DECOY, password)
    if account is None or account.disabled_at or _locked(account, now):
        return None
    if not right:
        note_failure(session, account, now)
        return None
    account.failures, account.locked_until = 0, None
    return account


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and now < account.locked_until


def usable(session: Session, account_id: int, now: datetime) -> Account | None:
    """The account, held for writing, while it is neither stopped nor locked."""
    query = select(Account).where(Account.id == account_id).with_for_update()
    account = session.scalars(query).first()
    return None if account is None or account.disabled_at or _locked(account, now) else account


def note_failure(session: Session, account: Account, now: datetime) -> None:
    """One more wrong password or code; after `FAILURES_ALLOWED` the account is locked."""
    account.failures += 1
    if account.failures >= FAILURES_ALLOWED:
        act(session, "account:lock")
        account.failures, account.locked_until = 0, now + LOCKED_FOR
    session.flush()
