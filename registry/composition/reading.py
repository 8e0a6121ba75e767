"""The rows that snapshots are made of: a fixed number of statements, however many societies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session, aliased

from registry.bodies.models import Body, Decision, Meeting, Post, Tenure, Term
from registry.composition.models import CharterParameter, OfficialStatus
from registry.memberships import counting
from registry.memberships.models import EndReason, Membership
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Branch, Society

Rows = Sequence[Any]
Who = Any
"""Persons by id: some, or a question for them."""


@dataclass(frozen=True)
class Read:
    """What was read of some societies on a day, statement by statement."""

    day: date
    societies: Rows = ()
    persons: Rows = ()
    units: Rows = ()
    branches: Rows = ()
    bodies: Rows = ()
    posts: Rows = ()
    terms: Rows = ()
    tenures: Rows = ()
    people: Rows = ()
    spells: Rows = ()
    officials: Rows = ()
    charter: Rows = ()
    meetings: Rows = ()
    votes: Rows = ()
    documents: Rows = ()
    elsewhere: Rows = ()

    def __iter__(self) -> Iterator[Rows]:
        """Every statement's rows."""
        return (value for key, value in vars(self).items() if key != "day")


def read(session: Session, ids: Collection[int], day: date) -> Read:
    """Ask; sixteen statements."""

    def rows(query: Any) -> Rows:
        return session.execute(query).all()

    counted = (session, true(), ids, day, Membership.society_id)
    return Read(
        day,
        rows(_societies(ids)),
        counting.persons_by(*counted),
        counting.units_by(*counted),
        rows(_branches(ids, day)),
        rows(_bodies(ids, day)),
        rows(_posts(ids)),
        rows(_terms(ids, day)),
        rows(_tenures(ids, day)),
        rows(_people(_ever_in_office(ids))),
        rows(_spells(ids, _in_office(ids, day))),
        rows(_officials(ids)),
        rows(_charter(ids, day)),
        rows(_meetings(ids, day)),
        rows(_votes(ids, day)),
        rows(_documents(ids, _in_office(ids, day))),
        rows(_elsewhere(ids, _in_office(ids, day), day)),
    )


def read_people(session: Session, society_id: int, keys: Collection[int], day: date) -> Read:
    """The same of persons of one society, in office or not; five statements."""

    def rows(query: Any) -> Rows:
        return session.execute(query).all()

    ids = [society_id]
    return Read(
        day,
        people=rows(_people(keys)),
        spells=rows(_spells(ids, keys)),
        officials=rows(_officials(ids)),
        documents=rows(_documents(ids, keys)),
        elsewhere=rows(_elsewhere(ids, keys, day)),
    )


def _societies(ids: Collection[int]) -> Any:
    columns = Society.id, Society.slug, Society.name, Society.founded_on
    return select(*columns).where(Society.id.in_(ids)).order_by(Society.slug)


def _branches(ids: Collection[int], day: date) -> Any:
    columns = Branch.society_id, Branch.id, Branch.name, Branch.host, Branch.kind
    return select(*columns).where(Branch.society_id.in_(ids), Branch.in_force(day)).order_by(Branch.id)


def _bodies(ids: Collection[int], day: date) -> Any:
    columns = Body.society_id, Body.id, Body.kind, Body.name, Body.branch_id, Body.starts_on
    return select(*columns).where(Body.society_id.in_(ids), Body.in_force(day)).order_by(Body.id)


def _posts(ids: Collection[int]) -> Any:
    columns = Post.body_id, Post.id, Post.name, Post.rank, Post.seats, Post.principal
    return select(*columns).where(Post.society_id.in_(ids)).order_by(Post.body_id, Post.rank, Post.id)


def _terms(ids: Collection[int], day: date) -> Any:
    """Those that have begun by the day."""
    columns = (
        Term.body_id,
        Term.id,
        Term.ordinal,
        Term.starts_on,
        Term.planned_end_on,
        Term.ends_on,
        Term.extended_until,
        Term.extension_approval,
    )
    begun = select(*columns).where(Term.society_id.in_(ids), Term.starts_on <= day)
    return begun.order_by(Term.body_id, Term.ordinal)


def _tenures(ids: Collection[int], day: date) -> Any:
    """Those that have begun by the day, in the order of `facts.Holder` after the term."""
    columns = (
        Tenure.term_id,
        Tenure.person_id,
        Tenure.post_id,
        Tenure.starts_on,
        Tenure.ends_on,
        Tenure.planned_end_on,
        Tenure.begun_by,
        Tenure.full_time,
        Tenure.legal_representative,
        Tenure.filing,
        Tenure.nominated_by,
        Tenure.approval,
        Tenure.id,
    )
    return select(*columns).where(Tenure.society_id.in_(ids), *_true_by(day)).order_by(Tenure.id)


def _true_by(day: date) -> tuple[ColumnElement[bool], ...]:
    return (Tenure.starts_on <= day, Tenure.voided_at.is_(None))


def _people(who: Who) -> Any:
    columns = (
        Person.society_id,
        Person.id,
        Person.name,
        Person.birth,
        Person.sex,
        Person.region,
        Person.nationality,
        Person.political,
        Person.employer,
        Person.employer_kind,
        Person.grassroots,
        Person.title_level,
        Person.disciplines,
    )
    return select(*columns).where(Person.id.in_(who))


def _ever_in_office(ids: Collection[int]) -> Any:
    """Whoever was ever in office, by id."""
    held = select(Tenure.person_id).where(Tenure.society_id.in_(ids), Tenure.voided_at.is_(None))
    return held.distinct()


def _in_office(ids: Collection[int], day: date) -> Any:
    """Who is in office on the day, by id."""
    held = select(Tenure.person_id).where(Tenure.society_id.in_(ids), Tenure.in_force(day))
    return held.where(Tenure.voided_at.is_(None)).distinct()


def _spells(ids: Collection[int], who: Who) -> Any:
    columns = Membership.person_id, Membership.starts_on, Membership.ends_on
    never = and_(Membership.end_reason.is_not(None), Membership.end_reason == EndReason.VOIDED)
    query = select(*columns).where(Membership.society_id.in_(ids), Membership.person_id.in_(who), ~never)
    return query.order_by(Membership.id)


def _officials(ids: Collection[int]) -> Any:
    return select(OfficialStatus.person_id, OfficialStatus.kind).where(OfficialStatus.society_id.in_(ids))


def _charter(ids: Collection[int], day: date) -> Any:
    columns = CharterParameter.society_id, CharterParameter.key, CharterParameter.value
    return select(*columns).where(CharterParameter.society_id.in_(ids), CharterParameter.in_force(day))


def _meetings(ids: Collection[int], day: date) -> Any:
    columns = Meeting.society_id, Meeting.id, Meeting.body_id, Meeting.name, Meeting.held_on
    query = select(*columns, Meeting.entitled, Meeting.present).where(Meeting.society_id.in_(ids))
    return query.where(Meeting.held_on <= day, Meeting.body_id.is_not(None)).order_by(Meeting.id)


def _votes(ids: Collection[int], day: date) -> Any:
    """Decisions that stand on the day."""
    annulled = and_(Decision.annulled_on.is_not(None), Decision.annulled_on <= day)
    query = select(Decision.meeting_id, Decision.votes_for).where(Decision.society_id.in_(ids), ~annulled)
    return query.order_by(Decision.id)


def _documents(ids: Collection[int], who: Who) -> Any:
    """Their keyed fingerprints; never a number."""
    columns = IdentityDocument.society_id, IdentityDocument.person_id, IdentityDocument.fingerprint
    theirs = IdentityDocument.person_id.in_(who)
    query = select(*columns).where(IdentityDocument.society_id.in_(ids), theirs)
    return query.order_by(IdentityDocument.id)


def _elsewhere(ids: Collection[int], who: Who, day: date) -> Any:
    """Every office, in whatever society, of whoever bears a document of these."""
    mine, theirs = aliased(IdentityDocument), aliased(IdentityDocument)
    known = select(mine.fingerprint).where(mine.society_id.in_(ids), mine.person_id.in_(who))
    columns = theirs.fingerprint, Tenure.society_id, Post.name, Post.principal, Tenure.legal_representative
    return (
        select(*columns)
        .select_from(Tenure)
        .join(theirs, and_(theirs.society_id == Tenure.society_id, theirs.person_id == Tenure.person_id))
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, and_(Body.id == Post.body_id, Body.kind.in_(("council", "standing", "supervisors"))))
        .where(Tenure.in_force(day), Tenure.voided_at.is_(None), theirs.fingerprint.in_(known))
        .order_by(Tenure.id)
    )
