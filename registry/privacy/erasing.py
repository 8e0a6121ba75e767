"""Erasing a person: what tells whom it was goes, from the register and from its journal; the counts stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, text, tuple_, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, RoleGrant
from registry.accounts.queries import grants_on
from registry.arrangements.models import SavedView
from registry.core.dates import PartialDate
from registry.core.policy import Role
from registry.core.vault import Vault
from registry.exports.models import ExportedPart
from registry.journal.chain import entry
from registry.journal.erasing import Taken, prepare, take, tell_resealed
from registry.journal.models import ERASED, INSTALLATION, Act, Entry
from registry.journal.services import act, record, seal
from registry.mail.services import stop
from registry.people.models import Person
from registry.people.services import index_keys
from registry.printouts.models import PrintedFile
from registry.privacy import belongings
from registry.privacy.outlook import KEPT_FACTS, Outlook

Rows = Sequence[tuple[str, int]]
"""Tables and keys."""

_OF_OFFICES = ("tenure", "candidate")
_NAMES = ("name", "name_traditional", "name_latin", "former_names")


@dataclass(frozen=True)
class Ending:
    """An account that is closed, or that only loses its grants because it has others."""

    account: Account
    closed: bool


def erase(session: Session, society_id: int, view: Outlook, day: date, now: datetime) -> int:
    """Do it, as one act that no undoing takes back; the id of the act.

    The chains are locked in one order: first the installation's, in which accounts are kept.
    """
    endings = [_ending(session, row, view.ids, day) for row in view.accounts]
    closed = [ending.account for ending in endings if ending.closed]
    hanging = belongings.rows_of_accounts(session, [row.id for row in closed])
    stop(session, _addresses(session, view), now)
    if closed:
        _close(session, closed, hanging, now)
    done = prepare(session, society_id)
    reasons, names = _reasons(session, view), _names(session, view)
    opened = act(session, "privacy:erase", society_id)
    tell_resealed(session, done)
    _end_grants(session, endings, view.ids, day)
    session.flush()
    taken = _taken(session, view, endings, hanging)
    belongings.remove(session, society_id, view.ids, officer=view.officer)
    _empty(session, view, now)
    _forget_files(session, society_id)
    _forget_words(session)
    record(session, [entry("person", view.person.id, view.person.id, "erased", {}, {})])
    said = _naming(session, society_id, names)
    take(session, Taken(taken.entries, taken.actors, {*reasons, *said}))
    return opened.id


def _addresses(session: Session, view: Outlook) -> list[str]:
    """Where mail for the person goes: as the register has it, and as the accounts have it."""
    vault: Vault = session.info["vault"]
    sealed = [each for row in view.accounts for each in (row.email, row.new_email) if each]
    return [view.person.email, *map(vault.open, sealed)]


_NOBODYS: dict[str, Any] = {column.key: None for column in Account.__table__.c if column.nullable}
"""What an account may be without: an address, a second factor."""


def _ending(session: Session, account: Account, ids: Sequence[int], day: date) -> Ending:
    """Whoever has another role, or an entry in another society, keeps the account."""
    others = (grant for grant in grants_on(session, account.id, day) if grant.person_id not in ids)
    return Ending(account, closed=not any(others))


def _close(session: Session, accounts: Sequence[Account], hanging: Rows, now: datetime) -> None:
    """In the installation's own chain, as an act of its own: name, password and sessions of the accounts."""
    done = prepare(session, INSTALLATION)
    act(session, "account:erase", INSTALLATION)
    tell_resealed(session, done)
    ids = [row.id for row in accounts]
    for row_id in ids:
        gone = {"username": f"erased-{row_id}", "name": ERASED, "password_hash": "", "disabled_at": now}
        _write(session, update(Account).where(Account.id == row_id).values(_NOBODYS | gone))
    for table in belongings.of_accounts():
        _write(session, delete(table).where(table.c.account_id.in_(ids)))
    _write(session, delete(SavedView).where(SavedView.account_id.in_(ids), SavedView.shared.is_(False)))
    acting = select(Act.id).where(Act.society_id == INSTALLATION, Act.actor_id.in_(ids))
    mine = select(Entry.id).where(Entry.society_id == INSTALLATION)
    told = mine.where(
        _of_rows([*hanging, *(("account", row_id) for row_id in ids)]) | Entry.act_id.in_(acting)
    )
    record(session, [entry("account", row_id, None, "erased", {}, {}) for row_id in ids])
    take(session, Taken(session.scalars(told).all(), session.scalars(acting).all()))
    seal(session)


def _end_grants(session: Session, endings: Sequence[Ending], ids: Sequence[int], day: date) -> None:
    keys = [ending.account.id for ending in endings]
    held = select(RoleGrant).where(RoleGrant.account_id.in_(keys), RoleGrant.person_id.in_(ids))
    for grant in session.scalars(held.where(RoleGrant.ends_on.is_(None))):
        grant.ends_on = max(day, grant.starts_on)


def _of_rows(rows: Rows) -> ColumnElement[bool]:
    return tuple_(Entry.table_name, Entry.row_id).in_(rows)


def _taken(session: Session, view: Outlook, endings: Sequence[Ending], hanging: Rows) -> Taken:
    """Every value of the person in the journal, but of an officer what tells of the offices."""
    of_person: ColumnElement[bool] = Entry.person_id.in_(view.ids)
    if view.officer:
        of_person &= Entry.table_name.not_in(_OF_OFFICES)
    mine = select(Entry.id).where(Entry.society_id == view.society_id, of_person | _of_rows(hanging))
    only = [ending.account.id for ending in endings if _only_member(session, ending.account, view.society_id)]
    acting = select(Act.id).where(Act.society_id == view.society_id, Act.actor_id.in_(only))
    return Taken(session.scalars(mine).all(), session.scalars(acting).all())


def _only_member(session: Session, account: Account, society_id: int) -> bool:
    """Never acted for the society: whoever held an office in its house answers for it by name."""
    other = select(RoleGrant.id).where(RoleGrant.account_id == account.id, RoleGrant.role != Role.MEMBER)
    reaching = RoleGrant.society_id.is_(None) | (RoleGrant.society_id == society_id)
    return session.scalars(other.where(reaching).limit(1)).first() is None


def _reasons(session: Session, view: Outlook) -> Sequence[int]:
    """Acts with a reason that were about nobody else."""
    mine = (Entry.society_id == view.society_id) & Entry.person_id.in_(view.ids)
    others = select(Entry.id).where(Entry.act_id == Act.id)
    others = others.where(Entry.person_id.is_(None) | Entry.person_id.not_in(view.ids))
    if view.officer:
        mine &= Entry.table_name.not_in(_OF_OFFICES)
    query = select(Act.id).where(Act.society_id == view.society_id, Act.reason != "")
    return session.scalars(query.where(Act.id.in_(select(Entry.act_id).where(mine)), ~others.exists())).all()


def _names(session: Session, view: Outlook) -> list[str]:
    """By which a reason may call the person, unless somebody else is called the same; none of an officer."""
    if view.officer:
        return []
    bearing = select(func.count()).select_from(Person).where(Person.society_id == view.society_id)
    called = {getattr(view.person, key) for key in _NAMES} - {""}
    return [
        name
        for name in called
        if len(name) > 1
        and not session.scalar(bearing.where(Person.id.not_in(view.ids), Person.name == name))
    ]


def _naming(session: Session, society_id: int, names: Sequence[str]) -> Iterator[int]:
    for name in names:
        query = select(Act.id).where(Act.society_id == society_id, Act.reason.contains(name, autoescape=True))
        yield from session.scalars(query)


def _empty(session: Session, view: Outlook, now: datetime) -> None:
    """The rows of the person and of the entries merged into it, without what tells whom."""
    for row in session.scalars(select(Person).where(Person.id.in_(view.ids))).all():
        values = _left(row, officer=view.officer) | {"erased_at": now, "version": row.version + 1}
        session.expunge(row)
        _write(session, update(Person).where(Person.id == row.id).values(**values))


def _left(row: Person, *, officer: bool) -> dict[str, Any]:
    kept = {*KEPT_FACTS, "id", "society_id", "merged_into_id", "erased_at", "version"}
    values: dict[str, Any] = {
        column.key: None if column.nullable else _NOTHING.get(column.key, "")
        for column in Person.__table__.c
        if column.key not in kept and not column.computed
    }
    name = row.name if officer else ERASED
    birth = PartialDate(row.birth.first.year) if row.birth else None
    facts = {"name_traditional": "", "name_pinyin": "", "name_latin": "", "former_names": "", "employer": ""}
    keys = index_keys(row.society_id, {**facts, "name": name, "phone": "", "disciplines": ()}, ())
    return values | keys | {"name": name, "birth": birth, **({} if officer else {"search_text": ""})}


_NOTHING: dict[str, Any] = {"disciplines": ()}


def _forget_files(session: Session, society_id: int) -> None:
    """Files that wait to be fetched, a day at the most, may name the person."""
    for model in (ExportedPart, PrintedFile):
        _write(session, delete(model).where(model.society_id == society_id))


def _forget_words(session: Session) -> None:
    """SQLite leaves the words of a changed row in the index until its parts are merged."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO person_search (person_search) VALUES ('optimize')"))


def _write(session: Session, query: Any) -> None:
    session.execute(query, execution_options={"synchronize_session": False})
