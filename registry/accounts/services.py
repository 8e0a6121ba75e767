"""Opening accounts, giving roles, proving who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from registry.accounts import sessions, ways
from registry.accounts.models import Account, RoleGrant
from registry.accounts.queries import by_username
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from registry.core.vault import Vault
from registry.journal.services import act

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 10

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
    """Another password, or the same anew: it ends a lock, every session, and whatever was sent before."""
    _refuse_short(password, shortest)
    act(session, "account:password")
    account.password_hash = _hasher.hash(password)
    account.failures, account.locked_until = 0, None
    if account.totp_since is None:
        account.totp = None  # whoever knew the password may have seen the key
    now = datetime.now(UTC)
    ways.close_mailed(session, account, now)
    ways.close_recoveries(session, account, now)
    sessions.end_all(session, account)
    session.flush()


def _refuse_short(password: str, shortest: int) -> None:
    if len(password) < shortest:
        raise RuleBroken("密码至少 %(shortest)s 个字符", "password", shortest=shortest)


def give_role(session: Session, account: Account, command: GiveRole) -> RoleGrant:
    """Grant a role; a role lacking the place it reaches would reach nothing, and is refused.

    A recovery under way ends: who approved it need not have had the rights that the account now has.
    """
    _refuse_placeless(command)
    act(session, "role:give", command.society_id or 0)
    ways.close_recoveries(session, account, datetime.now(UTC))
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
    and committed by the caller even though it failed. Where a code is asked for as well, the count goes on
    until that is right: otherwise whoever knows the password could guess codes without end.
    """
    account = session.scalars(
        select(Account).where(Account.username == username.strip().lower()).with_for_update()
    ).first()
    right = matches(account.password_hash if account else _DECOY, password)
    if account is None or account.disabled_at or locked(account, now):
        _count_nothing(session)
        return None
    if not right:
        note_failure(session, account, now)
        return None
    if account.totp_since is None:
        forget_failures(account)
    return account


def _count_nothing(session: Session) -> None:
    """What counting a failure writes, to no effect: a name that nobody has takes as long to refuse."""
    one = Account.id == select(func.min(Account.id)).scalar_subquery()
    to_no_effect = update(Account).where(one).values(failures=Account.failures)
    session.execute(to_no_effect, execution_options={"synchronize_session": False})


def matches(stored: str, password: str) -> bool:
    """Is it the password of which the digest is kept."""
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def locked(account: Account, now: datetime) -> bool:
    """Too many wrong passwords or codes a short while ago."""
    return account.locked_until is not None and now < account.locked_until


def usable(session: Session, account_id: int, now: datetime) -> Account | None:
    """The account, held for writing, while it is neither stopped nor locked."""
    query = select(Account).where(Account.id == account_id).with_for_update()
    account = session.scalars(query).first()
    return None if account is None or account.disabled_at or locked(account, now) else account


def half_proof(session: Session, account: Account) -> str:
    """Stands for a proved password while its code is waited for; ends with the password, or with the code."""
    vault: Vault = session.info["vault"]
    return vault.fingerprint(f"half|{account.password_hash}|{account.totp_step}")


def forget_failures(account: Account) -> None:
    """All that is asked for was right."""
    account.failures, account.locked_until = 0, None


def note_failure(session: Session, account: Account, now: datetime) -> None:
    """One more wrong password or code; after `FAILURES_ALLOWED` the account is locked."""
    account.failures += 1
    if account.failures >= FAILURES_ALLOWED:
        act(session, "account:lock")
        account.failures, account.locked_until = 0, now + LOCKED_FOR
    session.flush()
