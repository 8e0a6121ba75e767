"""What erasing a person would do, before it is done: how far it goes, what stands in the way, what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, RoleGrant
from registry.bodies.models import Tenure
from registry.core.policy import Role
from registry.exchange.models import Upload, UploadState
from registry.integrity.models import IntegrityRecord
from registry.lists.models import ListState, RosterList
from registry.memberships.models import Membership, Representative
from registry.merging.queries import with_merged
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.privacy import belongings
from registry.slates.models import Candidate, Slate

KEPT_FACTS = ("sex", "region")
"""Of an erased person, with the year of birth, for the counts."""


@dataclass(frozen=True)
class Obstacle:
    """Something to settle first: a key that the page has words for, and how many."""

    key: str
    many: int


@dataclass(frozen=True)
class Outlook:
    """A person with the entries merged into theirs; `officer`: the name stays with the offices held."""

    person: Person
    ids: Sequence[int]
    officer: bool
    obstacles: Sequence[Obstacle]
    facts: Sequence[str]
    rows: dict[str, int]
    accounts: Sequence[Account]

    @property
    def society_id(self) -> int:
        """Whose register."""
        return self.person.society_id


def outlook(session: Session, person: Person, day: date) -> Outlook:
    """Look at everything that erasing would touch."""
    society_id, ids = person.society_id, with_merged(session, person.society_id, person.id)
    officer = _held_office(session, society_id, ids)
    going = [key for key in FIELDS if key not in KEPT_FACTS and not (officer and key == "name")]
    return Outlook(
        person,
        ids,
        officer,
        [Obstacle(key, many) for key, many in _obstacles(session, society_id, ids, day).items() if many],
        [FIELDS[key].label for key in going if getattr(person, key)],
        belongings.going(session, society_id, ids, officer=officer),
        accounts_of(session, ids),
    )


def _held_office(session: Session, society_id: int, ids: Sequence[int]) -> bool:
    held = select(Tenure.id).where(
        Tenure.society_id == society_id, Tenure.person_id.in_(ids), Tenure.voided_at.is_(None)
    )
    return session.scalars(held.limit(1)).first() is not None


def accounts_of(session: Session, ids: Sequence[int]) -> Sequence[Account]:
    """The accounts by which the person looks at the own entry."""
    own = select(RoleGrant.account_id).where(RoleGrant.person_id.in_(ids), RoleGrant.role == Role.MEMBER)
    return session.scalars(select(Account).where(Account.id.in_(own)).order_by(Account.id)).all()


def _obstacles(session: Session, society_id: int, ids: Sequence[int], day: date) -> dict[str, int]:
    """What still runs: membership, offices, representation, drafts, and files that may name the person."""
    queries = {
        "member": _running(Membership, society_id, ids, day),
        "office": _running(Tenure, society_id, ids, day).where(Tenure.voided_at.is_(None)),
        "representative": _running(Representative, society_id, ids, day),
        "slate": select(func.count())
        .select_from(Candidate)
        .join(Slate, Slate.id == Candidate.slate_id)
        .where(Candidate.society_id == society_id, Candidate.person_id.in_(ids), Slate.closed_at.is_(None)),
        "integrity": select(func.count())
        .select_from(IntegrityRecord)
        .where(IntegrityRecord.society_id == society_id, IntegrityRecord.person_id.in_(ids))
        .where(or_(IntegrityRecord.until.is_(None), IntegrityRecord.until > day))
        .where(or_(IntegrityRecord.lifted_on.is_(None), IntegrityRecord.lifted_on > day)),
        "upload": select(func.count())
        .select_from(Upload)
        .where(Upload.society_id == society_id, Upload.state == UploadState.UPLOADED),
        "list": select(func.count())
        .select_from(RosterList)
        .where(RosterList.society_id == society_id, RosterList.state == ListState.OPEN),
    }
    return {key: session.scalar(query) or 0 for key, query in queries.items()}


def _running(model: Any, society_id: int, ids: Sequence[int], day: date) -> Select[int]:
    open_ended = or_(model.ends_on.is_(None), model.ends_on > day)
    mine = (model.society_id == society_id, model.person_id.in_(ids))
    return select(func.count()).select_from(model).where(*mine, open_ended)
