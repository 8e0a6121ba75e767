"""Reading what is remembered and saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.arrangements.models import ROSTER, Arrangement, SavedView

_ACCOUNT: BindParameter[int] = bindparam("account")
_VIEWS = (
    select(SavedView)
    .where(SavedView.society_id == bindparam("society"), SavedView.ended_at.is_(None))
    .where(or_(SavedView.account_id == _ACCOUNT, SavedView.shared.is_(True)))
    .order_by(SavedView.account_id != _ACCOUNT, SavedView.id)
)
_ARRANGEMENTS = select(Arrangement).where(
    Arrangement.account_id == _ACCOUNT,
    Arrangement.society_id == bindparam("society"),
    or_(Arrangement.view_id == ROSTER, Arrangement.view_id == bindparam("view")),
)


def views(session: Session, society_id: int, account_id: int) -> Sequence[SavedView]:
    """The reader's own views of a society and those shared in it; the own first, each in order of saving."""
    return session.scalars(_VIEWS, {"society": society_id, "account": account_id}).all()


def view(session: Session, society_id: int, account_id: int, view_id: int) -> SavedView | None:
    """One of them, even where it has ended."""
    query = select(SavedView).where(SavedView.society_id == society_id, SavedView.id == view_id)
    return session.scalars(query.where(_read_by(account_id))).first()


def named(session: Session, society_id: int, account_id: int, name: str) -> SavedView | None:
    """One of them by its name."""
    query = select(SavedView).where(SavedView.society_id == society_id, SavedView.ended_at.is_(None))
    return session.scalars(query.where(_read_by(account_id), SavedView.name == name)).first()


def arrangements(session: Session, society_id: int, account_id: int, view_id: int) -> dict[int, Arrangement]:
    """What the account remembers of the roster and of a view, by view."""
    asked = {"account": account_id, "society": society_id, "view": view_id}
    return {row.view_id: row for row in session.scalars(_ARRANGEMENTS, asked)}


def _read_by(account_id: int) -> ColumnElement[bool]:
    return or_(SavedView.account_id == account_id, SavedView.shared.is_(True))


def owners(session: Session, rows: Iterable[SavedView]) -> dict[int, str]:
    """The names of the accounts that saved the views."""
    query = select(Account.id, Account.name).where(Account.id.in_({row.account_id for row in rows}))
    return {row.id: row.name for row in session.execute(query)}
