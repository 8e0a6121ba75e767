"""Reading accounts and grants."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, RoleGrant
from registry.core.policy import Grant


def by_username(session: Session, username: str) -> Account | None:
    """The account with that name to sign in with, however it was capitalised."""
    return session.scalars(select(Account).where(Account.username == username.strip().lower())).first()


_GRANTS = (
    select(RoleGrant)
    .where(RoleGrant.account_id == bindparam("account"), RoleGrant.in_force(bindparam("day")))
    .order_by(RoleGrant.id)
)


def grants_on(session: Session, account_id: int, day: date) -> tuple[Grant, ...]:
    """The grants of an account in force on a day."""
    rows = session.scalars(_GRANTS, {"account": account_id, "day": day})
    return tuple(row.as_grant() for row in rows)
