"""Accounts, their sessions and their dated grants."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core import policy
from registry.core.db import Base, Dated, Instant, Numbered, Versioned
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
        role = policy.Role(self.role)
        return policy.Grant(role, self.society_id, self.branch_id, self.person_id, self.period)
