"""Reading what was chosen: the spells that are held, in full, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session, aliased

from registry.bulk.models import Choice
from registry.memberships.models import EndReason, Membership
from registry.people.models import Person
from registry.roster import queries as roster
from registry.societies.models import Branch, Category, Society

AT_ONCE = 1000
MOST = 20_000
"""So many may be chosen at once: the roster counts no further."""

_PLACED = (
    Membership.category_id,
    Category.name.label("category"),
    Branch.name.label("branch"),
)
_SPELL = (
    Membership.id,
    Membership.society_id,
    Membership.branch_id,
    Membership.person_id,
    Membership.number,
    Membership.starts_on,
    Membership.ends_on,
    Membership.end_reason,
    Person.name,
)


def choice_of(session: Session, slug: str, choice_id: int) -> Choice | None:
    """A choice of the society in the address."""
    query = select(Choice).join(Society, Society.id == Choice.society_id)
    return session.scalars(query.where(Society.slug == slug, Choice.id == choice_id)).first()


def found(session: Session, clauses: Collection[ColumnElement[bool]]) -> list[int]:
    """The spells that the roster's clauses leave, one more than `MOST` where there are more."""
    return list(session.scalars(select(Membership.id).where(*clauses).limit(MOST + 1)))


def existing(
    session: Session, allowed: ColumnElement[bool], society_id: int, ids: Sequence[int]
) -> list[int]:
    """Those of the spells that are persons' in the society and within the clause of rights.

    A spell that was changed meanwhile stands for the one in which it went on.
    """
    wanted, seen, kept = list(ids), set[int](), set[int]()
    while wanted:
        seen |= set(wanted)
        found = [
            row for part in _parts(wanted) for row in session.execute(_followed(allowed, society_id, part))
        ]
        kept |= {row.id for row in found if row.next_id is None}
        wanted = [row.next_id for row in found if row.next_id is not None and row.next_id not in seen]
    return sorted(kept)


def _followed(allowed: ColumnElement[bool], society_id: int, part: Sequence[int]) -> Select[int, int]:
    """Each spell with the id of its successor; a change begins the next spell on the day it ends the last."""
    later = aliased(Membership)
    went_on = and_(
        Membership.end_reason == EndReason.CHANGED,
        later.society_id == Membership.society_id,
        later.person_id == Membership.person_id,
        later.starts_on == Membership.ends_on,
        later.id != Membership.id,
        later.end_reason.is_distinct_from(EndReason.VOIDED),
    )
    query = select(Membership.id, later.id.label("next_id")).outerjoin(later, went_on)
    return query.where(*_whose(allowed, society_id), Membership.id.in_(part))


def spells(
    session: Session, allowed: ColumnElement[bool], choice: Choice, *facts: Any, extra: Any = _PLACED
) -> list[Row[Any]]:
    """The spells held, by number of row, with what a deed looks at; `facts` are columns of the person."""
    return [
        row
        for part in _parts(choice.spell_ids)
        for row in session.execute(_rows(allowed, choice.society_id, part, (*_SPELL, *extra, *facts)))
    ]


def in_order(session: Session, allowed: ColumnElement[bool], choice: Choice) -> Iterator[Row[Any]]:
    """The same as the roster's columns, by number, for a file; the numbers are read first."""
    query = select(Membership.id, Membership.sort_number)
    held = [
        row
        for part in _parts(choice.spell_ids)
        for row in session.execute(query.where(*_whose(allowed, choice.society_id), Membership.id.in_(part)))
    ]
    ids = [row.id for row in sorted(held, key=lambda row: (row.sort_number, row.id))]
    for part in _parts(ids):
        rows = {
            row.id: row for row in session.execute(_rows(allowed, choice.society_id, part, roster.COLUMNS))
        }
        yield from (rows[key] for key in part if key in rows)


def _rows(
    allowed: ColumnElement[bool], society_id: int, part: Sequence[int], columns: Sequence[Any]
) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Category, Category.id == Membership.category_id)
        .outerjoin(Branch, Branch.id == Membership.branch_id)
    )
    return query.where(*_whose(allowed, society_id), Membership.id.in_(part)).order_by(Membership.id)


def _whose(allowed: ColumnElement[bool], society_id: int) -> tuple[ColumnElement[bool], ...]:
    return (allowed, Membership.society_id == society_id, Membership.person_id.is_not(None))


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
