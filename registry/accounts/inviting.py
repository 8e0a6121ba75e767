"""Inviting members to have an account, and what becomes of an invitation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.forgotten import mark
from registry.accounts.models import Account, Invitation, RoleGrant
from registry.accounts.services import GiveRole, give_role, open_account
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from registry.core.vault import Vault
from registry.journal.services import act
from registry.links import services as links
from registry.people.models import Person

ACTIVATE = "account:activate"
BY_MAIL, BY_LETTER = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Invited:
    """What goes to the member: the secret of a link, or the code of a letter."""

    person: Person
    email: str = field(repr=False)
    secret: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class Activate:
    """What whoever was invited chose."""

    secret: str = field(repr=False)
    username: str
    password: str = field(repr=False)


def invite(session: Session, person: Person, email: str, now: datetime, day: date) -> Invited:
    """Offer an account; without an address by letter. The invitation before it opens nothing any longer."""
    if has_account(session, person, day):
        raise RuleBroken("%(name)s已有账号", "numbers", name=person.name)
    act(session, "invitation:make", person.society_id)
    for row in open_of(session, person):
        withdraw(session, row, now)
    vault: Vault = session.info["vault"]
    lasts = BY_MAIL if email else BY_LETTER
    row = Invitation(society_id=person.society_id, person_id=person.id, role=Role.MEMBER, name=person.name)
    row.email = vault.seal(email) if email else None
    row.made_at, row.expires_at = now, now + lasts
    session.add(row)
    session.flush()
    make = links.make if email else links.make_code
    secret = make(session, ACTIVATE, _subject(row), lasts, now, person.society_id)
    return Invited(person, email, secret, row.expires_at)


def _subject(row: Invitation) -> str:
    return f"invitation:{row.id}"


def has_account(session: Session, person: Person, day: date) -> bool:
    """Somebody can sign in, or will, as this member."""
    mine = select(RoleGrant.id).where(RoleGrant.person_id == person.id, RoleGrant.role == Role.MEMBER)
    lasting = RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > day)
    return session.scalars(mine.where(lasting).limit(1)).first() is not None


def open_of(session: Session, person: Person) -> list[Invitation]:
    """What the member was sent and has not answered."""
    mine = select(Invitation).where(
        Invitation.society_id == person.society_id, Invitation.person_id == person.id
    )
    return list(
        session.scalars(mine.where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)))
    )


def withdraw(session: Session, row: Invitation, now: datetime) -> None:
    """Its link or code opens nothing any longer."""
    if row.accepted_at or row.withdrawn_at:
        raise RuleBroken("这份邀请已经开通或收回")
    act(session, "invitation:withdraw", row.society_id)
    row.withdrawn_at = now
    links.withdraw(session, ACTIVATE, _subject(row), now)
    session.flush()


def accept(session: Session, command: Activate, now: datetime, day: date) -> Account:
    """Open the account; whatever is wrong with the link or code is answered alike."""
    link = links.look(session, ACTIVATE, command.secret, now)
    row = session.get(Invitation, int(link.subject.partition(":")[2])) if link else None
    person = session.get(Person, row.person_id) if row and row.person_id else None
    if link is None or row is None or person is None or not _may_enter(session, person, day):
        raise RuleBroken("这个验证码不能用：写错了、用过了、过期了，或者后来又发过新的", "code")
    act(session, "invitation:accept", row.society_id)
    account = open_account(session, command.username, row.name, command.password)
    _remember_address(session, account, row)
    mine = GiveRole(Role.MEMBER, day, row.society_id, person_id=person.id)
    give_role(session, account, mine)
    links.use(session, link, now)
    row.accepted_at, row.account_id = now, account.id
    session.flush()
    return account


def _may_enter(session: Session, person: Person, day: date) -> bool:
    return not (person.merged_into_id or person.erased_at or has_account(session, person, day))


def _remember_address(session: Session, account: Account, row: Invitation) -> None:
    """Whoever came by the mail reads the address; one that another account has stays with that one."""
    if row.email is None:
        return
    vault: Vault = session.info["vault"]
    its_mark = mark(session, vault.open(row.email))
    if session.scalars(select(Account.id).where(Account.email_mark == its_mark)).first() is None:
        account.email, account.email_mark = row.email, its_mark
