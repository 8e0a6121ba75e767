"""Reading proposals: those that wait, one of them, those of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from registry.core.policy import Action, Grant, reach, within
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.proposals.models import Proposal, ProposedFact, State
from registry.proposals.subjects import DOCUMENT, judgeable

PAGE = 50


def judgeable_by(grants: Sequence[Grant], society_id: int) -> ColumnElement[bool] | None:
    """Holds for the proposals of a society in which something waits that the grants let be judged."""
    if not any(span.society_id in (None, society_id) for span in reach(grants, Action.PROPOSAL_JUDGE)):
        return None
    rights = or_(
        within(grants, Action.PROPOSAL_JUDGE, Proposal),
        of_members(within(grants, Action.PROPOSAL_JUDGE, Membership)),
    )
    some = select(ProposedFact.proposal_id).where(
        ProposedFact.society_id == society_id,
        ProposedFact.state == State.OPEN,
        ProposedFact.key.in_(judgeable(grants)),
    )
    return and_(Proposal.society_id == society_id, Proposal.id.in_(some), rights)


def of_members(rights: ColumnElement[bool]) -> ColumnElement[bool]:
    """A clause of rights on spells, as one on the proposals of those who hold an open one."""
    return (
        select(Membership.id)
        .where(
            Membership.society_id == Proposal.society_id,
            Membership.person_id == Proposal.person_id,
            Membership.ends_on.is_(None),
            rights,
        )
        .exists()
    )


def queue(session: Session, clause: ColumnElement[bool], after: int = 0) -> Sequence[Proposal]:
    """The proposals that wait, the longest first; one more than a page."""
    query = select(Proposal).where(clause, Proposal.id > after).order_by(Proposal.id).limit(PAGE + 1)
    return session.scalars(query.options(selectinload(Proposal.facts))).all()


def many(clause: ColumnElement[bool]) -> Select[int]:
    """Counts those that wait."""
    return select(func.count()).select_from(Proposal).where(clause)


def beside(session: Session, clause: ColumnElement[bool], key: int) -> tuple[int | None, int | None]:
    """The keys of the ones before and after in the queue."""
    before = select(func.max(Proposal.id)).where(clause, Proposal.id < key)
    after = select(func.min(Proposal.id)).where(clause, Proposal.id > key)
    return session.scalar(before), session.scalar(after)


def one(session: Session, society_id: int, key: int) -> Proposal | None:
    """One proposal with its facts."""
    query = select(Proposal).where(Proposal.society_id == society_id, Proposal.id == key)
    return session.scalars(query.options(selectinload(Proposal.facts))).first()


def document(session: Session, society_id: int, key: int) -> ProposedFact | None:
    """A proposed document."""
    query = select(ProposedFact).where(ProposedFact.society_id == society_id, ProposedFact.id == key)
    return session.scalars(query.where(ProposedFact.key == DOCUMENT)).first()


def of_person(session: Session, society_id: int, ids: Collection[int], limit: int = 20) -> Sequence[Proposal]:
    """The proposals of a person, and of the entries merged into theirs, newest first."""
    query = select(Proposal).where(Proposal.society_id == society_id, Proposal.person_id.in_(ids))
    query = query.options(selectinload(Proposal.facts)).order_by(Proposal.id.desc())
    return session.scalars(query.limit(limit)).all()


def open_keys(session: Session, society_id: int, ids: Collection[int]) -> set[str]:
    """The facts of a person that wait already."""
    query = select(ProposedFact.key).where(
        ProposedFact.society_id == society_id,
        ProposedFact.person_id.in_(ids),
        ProposedFact.state == State.OPEN,
    )
    return set(session.scalars(query))


def holder(session: Session, proposal: Proposal) -> Person:
    """Whose entry it is about; where that was merged into another, the one that stands."""
    person = session.get_one(Person, proposal.person_id)
    while person.merged_into_id is not None:
        person = session.get_one(Person, person.merged_into_id)
    return person


def names(session: Session, society_id: int, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Name and newest number of people by their key."""
    query = (
        select(Person.id, Person.name, Membership.number)
        .outerjoin(
            Membership, (Membership.society_id == Person.society_id) & (Membership.person_id == Person.id)
        )
        .where(Person.society_id == society_id, Person.id.in_(ids))
        .order_by(Membership.starts_on)
    )
    return {key: (name, number or "") for key, name, number in session.execute(query)}
