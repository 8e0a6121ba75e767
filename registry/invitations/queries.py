"""The accounts of a society, and its invitations that wait for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.models import Account, Invitation, Recovery, RoleGrant
from registry.memberships.models import Membership
from registry.people.models import Person

PAGE = 50


def accounts(session: Session, society_id: int, after: str) -> tuple[Sequence[Account], bool]:
    """A page of those that have or had a role here, by user name, with all their roles; is there more."""
    here = select(RoleGrant.account_id).where(RoleGrant.society_id == society_id)
    found = select(Account).where(Account.id.in_(here), Account.username > after)
    rows = session.scalars(
        found.options(selectinload(Account.grants)).order_by(Account.username).limit(PAGE + 1)
    ).all()
    return rows[:PAGE], len(rows) > PAGE


def account(session: Session, society_id: int, account_id: int) -> Account | None:
    """One that has or had a role here."""
    here = select(RoleGrant.account_id).where(RoleGrant.society_id == society_id)
    return session.scalars(select(Account).where(Account.id == account_id, Account.id.in_(here))).first()


def waiting(session: Session, society_id: int, now: datetime) -> Sequence[Invitation]:
    """Invitations that can still be answered, newest first; of many the newest."""
    mine = select(Invitation).where(Invitation.society_id == society_id, Invitation.expires_at > now)
    still = mine.where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return session.scalars(still.order_by(Invitation.made_at.desc(), Invitation.id.desc()).limit(200)).all()


def invitation(session: Session, society_id: int, invitation_id: int) -> Invitation | None:
    """One of this society."""
    mine = select(Invitation).where(Invitation.id == invitation_id, Invitation.society_id == society_id)
    return session.scalars(mine).first()


def members(session: Session, society_id: int, numbers: Sequence[str], day: date) -> dict[str, Person]:
    """Persons by membership number, of those who are members on the day."""
    spells = select(Membership.number, Person).join(Person, Person.id == Membership.person_id)
    here = spells.where(Membership.society_id == society_id, Membership.number.in_(numbers))
    return {row[0]: row[1] for row in session.execute(here.where(Membership.in_force(day)))}


def recoveries(session: Session, society_id: int, now: datetime) -> Sequence[Recovery]:
    """Requests to recover an account that wait for the second person or for the holder, newest first."""
    mine = select(Recovery).where(Recovery.society_id == society_id, Recovery.expires_at > now)
    still = mine.where(Recovery.used_at.is_(None), Recovery.withdrawn_at.is_(None))
    named = still.options(joinedload(Recovery.account), joinedload(Recovery.asker))
    return session.scalars(named.order_by(Recovery.id.desc())).all()


def recovery(session: Session, society_id: int, recovery_id: int) -> Recovery | None:
    """One of this society."""
    mine = select(Recovery).where(Recovery.id == recovery_id, Recovery.society_id == society_id)
    return session.scalars(mine).first()


def member_behind(session: Session, society_id: int, account: Account) -> Person | None:
    """The entry that the account looks at, of which the postal address is known."""
    keys = [grant.person_id for grant in account.grants if grant.person_id and grant.society_id == society_id]
    return session.get(Person, keys[-1]) if keys else None
