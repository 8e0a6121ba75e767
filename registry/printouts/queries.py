"""Whom a list names on a day: members of a body, 负责人, branches, units; and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session

from registry.bodies.models import Body, BodyKind, Post, Tenure, Term
from registry.bodies.queries import branch_heads
from registry.branches.queries import member_counts
from registry.memberships.models import Membership, Representative, Unit
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.printouts.columns import Office
from registry.printouts.models import PrintedFile, PrintLayout
from registry.societies.models import BRANCH_KINDS, Branch, BranchKind, Category
from registry.societies.queries import branches, branches_on

_KINDS = (
    BodyKind.COUNCIL,
    BodyKind.STANDING,
    BodyKind.SUPERVISORS,
    BodyKind.PARTY,
    BodyKind.ASSEMBLY,
    BodyKind.COMMITTEE,
)
"""The order in which offices of one person are said."""
_AT_ONCE = 1000
Held = Mapping[int, Sequence[Row[Any]]]
"""Who holds what, by person."""


@dataclass(frozen=True)
class BranchLine:
    """A branch as a list has it."""

    code: str
    name: str
    kind: str
    starts_on: date
    host: str
    head: str
    members: int
    decision: str


def layout(session: Session, society_id: int, kind: str) -> PrintLayout | None:
    """The society's own layout of a kind of list, if it has one."""
    query = select(PrintLayout).where(PrintLayout.society_id == society_id, PrintLayout.kind == kind)
    return session.scalars(query).first()


def layouts(session: Session, society_id: int) -> Sequence[PrintLayout]:
    """The society's own layouts."""
    return session.scalars(select(PrintLayout).where(PrintLayout.society_id == society_id)).all()


def printed_file(session: Session, society_id: int, job_id: int) -> PrintedFile | None:
    """What a job has printed."""
    query = select(PrintedFile).where(PrintedFile.society_id == society_id, PrintedFile.job_id == job_id)
    return session.scalars(query).first()


def holding(
    session: Session, society_id: int, day: date, *of: ColumnElement[bool]
) -> dict[int, list[Row[Any]]]:
    """Who holds which posts on the day, by person, the highest first; narrowed by further clauses."""
    query = _tenures(Tenure.person_id, Post.id.label("post_id"), Post.name, Post.rank).add_columns(
        Body.kind,
        Body.id.label("body_id"),
        Body.name.label("body"),
        Term.ordinal,
        Tenure.full_time,
        Tenure.nominated_by,
    )
    query = query.add_columns(Tenure.legal_representative)
    query = query.where(
        Tenure.society_id == society_id, Tenure.in_force(day), Tenure.voided_at.is_(None), *of
    )
    held: dict[int, list[Row[Any]]] = {}
    for row in sorted(session.execute(query), key=_order):
        held.setdefault(row.person_id, []).append(row)
    return held


def _tenures(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join_from(Tenure, Post, Post.id == Tenure.post_id)
        .join(Body, Body.id == Post.body_id)
        .join(Term, Term.id == Tenure.term_id)
    )


def _order(row: Row[Any]) -> tuple[int, int]:
    return _KINDS.index(BodyKind(row.kind)), row.rank


def said(held: Held) -> dict[int, list[Row[Any]]]:
    """The posts that lists say: the plain seat of a body goes unsaid beside a higher post of it."""
    plain: dict[int, int] = {}
    for row in (row for rows in held.values() for row in rows):
        plain[row.body_id] = max(plain.get(row.body_id, 0), row.rank)
    return {person_id: _higher(rows, plain) for person_id, rows in held.items()}


def _higher(rows: Sequence[Row[Any]], plain: Mapping[int, int]) -> list[Row[Any]]:
    bodies = {row.body_id for row in rows if row.rank < plain[row.body_id]}
    return [row for row in rows if row.body_id not in bodies or row.rank < plain[row.body_id]]


def offices(held: Held, *, apart: bool = True) -> dict[int, list[Office]]:
    """The same as lists have it; `apart`: of many bodies, so that a branch's committee is named."""
    return {person_id: [_office(row, apart=apart) for row in rows] for person_id, rows in held.items()}


def _office(row: Row[Any], *, apart: bool) -> Office:
    post = f"{row.body}{row.name}" if apart and row.kind == BodyKind.COMMITTEE else row.name
    return Office(post, _order(row), row.full_time, row.legal_representative, row.nominated_by)


def again(session: Session, society_id: int, held: Held) -> dict[int, bool | None]:
    """Of each person: held one of the posts in the term before too; None where no term before is known."""
    bodies = {row.body_id for rows in held.values() for row in rows}
    query = _tenures(Tenure.person_id, Tenure.post_id, Term.ordinal)
    query = query.where(
        Tenure.society_id == society_id, Body.id.in_(bodies), Tenure.voided_at.is_(None)
    ).distinct()
    past = {tuple(row) for row in session.execute(query)}
    terms = {
        tuple(row)
        for row in session.execute(select(Term.body_id, Term.ordinal).where(Term.body_id.in_(bodies)))
    }
    found: dict[int, bool | None] = {}
    for person_id, rows in held.items():
        known = [row for row in rows if (row.body_id, row.ordinal - 1) in terms]
        kept = any((person_id, row.post_id, row.ordinal - 1) in past for row in known)
        found[person_id] = kept if known else None
    return found


def people(session: Session, society_id: int, ids: Iterable[int], day: date) -> list[Row[Any]]:
    """Persons with their facts, and with their spell of the day where they are members."""
    spell = and_(
        Membership.person_id == Person.id, Membership.society_id == society_id, Membership.in_force(day)
    )
    columns: list[Any] = [
        Person.society_id,
        Person.id.label("person_id"),
        *(getattr(Person, key) for key in FIELDS),
        Membership.branch_id,
        Membership.number,
        Membership.starts_on,
        Membership.starts_known,
        Membership.remark,
        Category.name.label("category"),
        Branch.name.label("branch"),
    ]
    query = (
        select(*columns)
        .outerjoin(Membership, spell)
        .outerjoin(Category, Category.id == Membership.category_id)
        .outerjoin(Branch, Branch.id == Membership.branch_id)
        .where(Person.society_id == society_id)
    )
    wanted = sorted(ids)
    parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
    return [row for part in parts for row in session.execute(query.where(Person.id.in_(part)))]


def branch_lines(
    session: Session, society_id: int, allowed: ColumnElement[bool], day: date
) -> list[BranchLine]:
    """The branches of the day under their names of that day, by code."""
    heads = branch_heads(session, society_id, day)
    counts = member_counts(session, society_id, day)
    return [
        BranchLine(
            branch.code,
            branch.name_on(day),
            BRANCH_KINDS[BranchKind(branch.kind)],
            branch.starts_on,
            branch.host,
            "、".join(name for name, _post in heads.get(branch.id, [])[:1]),
            counts.get(branch.id, 0),
            branch.founding_decision,
        )
        for branch in branches_on(branches(session, society_id, allowed), day)
    ]


def unit_lines(
    session: Session, society_id: int, allowed: ColumnElement[bool], day: date
) -> Sequence[Row[Any]]:
    """The unit members of the day, with who acts for each."""
    acting = and_(Representative.unit_id == Membership.unit_id, Representative.in_force(day))
    columns: list[Any] = [
        Membership.number,
        Membership.starts_on,
        Membership.starts_known,
        Unit.name,
        Unit.credit_code,
        Category.name.label("category"),
        Person.name.label("representative"),
    ]
    query = (
        select(*columns)
        .join(Unit, Unit.id == Membership.unit_id)
        .join(Category, Category.id == Membership.category_id)
        .outerjoin(Representative, acting)
        .outerjoin(Person, Person.id == Representative.person_id)
        .where(Membership.society_id == society_id, allowed, Membership.in_force(day))
    )
    return session.execute(query.order_by(Membership.sort_number, Membership.id)).all()
