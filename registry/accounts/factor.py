"""The second factor: a key shared with an app that makes codes (TOTP, RFC 6238), and codes for its loss."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, RecoveryCode
from registry.accounts.services import forget_failures, locked, note_failure
from registry.core.errors import RuleBroken
from registry.core.vault import Vault
from registry.journal.services import act

MANY = 10
"""Recovery codes, each good once."""
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10
_PERIOD = 30
_ASIDE = (0, -1, 1)
"""Half minutes by which the clocks may differ."""


def begin(session: Session, account: Account) -> str:
    """A key to be shared, anew each time: one that was shown before may have been seen by others."""
    if account.totp_since is not None:
        raise RuleBroken("验证码已经启用")
    vault: Vault = session.info["vault"]
    act(session, "account:factor-begin")
    account.totp = vault.seal(key := pyotp.random_base32())
    session.flush()
    return key


def key_of(session: Session, account: Account) -> str:
    """The key that was begun with or is in force."""
    vault: Vault = session.info["vault"]
    return vault.open(account.totp) if account.totp else begin(session, account)


def address(key: str, username: str, issuer: str) -> str:
    """What the app scans."""
    return pyotp.TOTP(key).provisioning_uri(name=username, issuer_name=issuer)


def confirm(session: Session, account: Account, code: str, now: datetime) -> list[str]:
    """From now on the code is asked for; the recovery codes are told this once."""
    step = _step(session, account, code, now)
    if step is None:
        raise RuleBroken("验证码不对；请看手机上最新的六位数字，并核对手机的时间", "code")
    act(session, "account:factor")
    account.totp_since, account.totp_step = now, step
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(MANY)]
    session.add_all(RecoveryCode(account_id=account.id, digest=_digest(session, code)) for code in codes)
    session.flush()
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def remove(session: Session, account: Account) -> None:
    """The code is asked for no longer."""
    act(session, "account:factor-off")
    account.totp = account.totp_since = account.totp_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.flush()


def passes(session: Session, account: Account, code: str, now: datetime) -> bool:
    """Whether the code opens the account: one of the app that was not used before, or a recovery code.

    A wrong one counts as a wrong password does; a locked account takes none. The caller commits either way.
    """
    if locked(account, now):
        return False
    step = _step(session, account, code, now)
    if step is None and not _recovers(session, account, code, now):
        note_failure(session, account, now)
        return False
    account.totp_step = step or account.totp_step
    forget_failures(account)
    session.flush()
    return True


def _step(session: Session, account: Account, code: str, now: datetime) -> int | None:
    """The half minute of which the code is, where it was not used up."""
    if account.totp is None:
        return None
    vault: Vault = session.info["vault"]
    totp = pyotp.TOTP(vault.open(account.totp))
    typed, here = "".join(code.split()), int(now.astimezone(UTC).timestamp()) // _PERIOD
    for step in (here + aside for aside in _ASIDE):
        fresh = account.totp_step is None or step > account.totp_step
        if fresh and hmac.compare_digest(totp.at(step * _PERIOD), typed.encode("ascii", "replace").decode()):
            return step
    return None


def _recovers(session: Session, account: Account, code: str, now: datetime) -> bool:
    typed = code.strip().lower().replace("-", "").replace(" ", "")
    mine = RecoveryCode.account_id == account.id, RecoveryCode.digest == _digest(session, typed)
    key = session.scalars(select(RecoveryCode.id).where(*mine, RecoveryCode.used_at.is_(None))).first()
    if key is None:
        return False
    used = update(RecoveryCode).where(RecoveryCode.id == key, RecoveryCode.used_at.is_(None))
    return bool(session.execute(used.values(used_at=now)).rowcount)  # type: ignore[attr-defined]


def _digest(session: Session, code: str) -> str:
    vault: Vault = session.info["vault"]
    return vault.fingerprint(f"recovery|{code}")


def left(session: Session, account_id: int) -> int:
    """How many recovery codes are still good."""
    query = select(RecoveryCode.id).where(RecoveryCode.account_id == account_id)
    return len(session.scalars(query.where(RecoveryCode.used_at.is_(None))).all())
