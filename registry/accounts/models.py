"""Accounts, their sessions, their dated grants, invitations to have one and requests to recover one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core import policy
from registry.core.db import Base, Dated, Instant, Numbered, Versioned
from registry.core.periods import Period
from registry.people.models import NEVER, SEALED


class Account(Numbered, Versioned, Base):
    """Somebody who can sign in."""

    __tablename__ = "account"

    username: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200), info=SEALED)
    failures: Mapped[int] = mapped_column(Integer, default=0, info=NEVER)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    language: Mapped[str | None] = mapped_column(String(8), info=NEVER)
    email: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    email_mark: Mapped[str | None] = mapped_column(String(64), index=True, unique=True, info=NEVER)
    new_email: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    """Asked for, and not yet confirmed by whoever reads the mail there."""
    new_email_until: Mapped[datetime | None] = mapped_column(Instant)
    totp: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    totp_since: Mapped[datetime | None] = mapped_column(Instant)
    """Confirmed by a code; before that it is not asked for."""
    totp_step: Mapped[int | None] = mapped_column(info=NEVER)
    """The half minute of the last code, which opens nothing again."""
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="account", order_by="RoleGrant.id")


class SignIn(Numbered, Base):
    """A session, from signing in to signing out; the cookie holds the secret, this row its digest."""

    __tablename__ = "sign_in"
    __journalled__ = False
    __table_args__ = (Index("ix_sign_in_account", "account_id", "began_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(String(80))


class RecoveryCode(Numbered, Base):
    """Stands once for a second factor that was lost; only its digest is kept."""

    __tablename__ = "recovery_code"
    __journalled__ = False

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class RoleGrant(Numbered, Dated, Base):
    """A role given to an account for a time, and where it reaches."""

    __tablename__ = "role_grant"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[policy.Role] = mapped_column(String(20))
    society_id: Mapped[int | None] = mapped_column(ForeignKey("society.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    account: Mapped[Account] = relationship(back_populates="grants")

    def as_grant(self) -> policy.Grant:
        """The value that the policy table is asked with."""
        return grant_of(self)


def grant_of(row: Any) -> policy.Grant:
    """The same of a row that has its columns."""
    period = Period(row.starts_on, row.ends_on)
    return policy.Grant(policy.Role(row.role), row.society_id, row.branch_id, row.person_id, period)


class Invitation(Numbered, Base):
    """An account offered to somebody, with the role that it will have; open until accepted or withdrawn."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_person", "society_id", "person_id"),
        Index("ix_invitation_made", "society_id", "made_at"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    role: Mapped[policy.Role] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    """None = by letter."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Recovery(Numbered, Versioned, Base):
    """Somebody lost what opens the account: one person asks for another way in, and a second one approves."""

    __tablename__ = "recovery"
    __table_args__ = (Index("ix_recovery_society", "society_id", "expires_at"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    """Until then it waits to be approved; once approved, for the holder."""
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    asker: Mapped[Account] = relationship(foreign_keys=[asker_id])
    approver: Mapped[Account | None] = relationship(foreign_keys=[approver_id])
