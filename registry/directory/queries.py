"""Reading the directory: who chose to be in it, with what each chose, and found by nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select, tuple_
from sqlalchemy.orm import Session

from registry.consents.models import Consent
from registry.consents.purposes import DIRECTORY
from registry.consents.queries import chosen
from registry.core.text import Term, query_terms, search_tokens
from registry.memberships.models import Membership
from registry.people.facts import shown
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.people.search import named
from registry.societies.models import Branch, Category

PAGE, BATCH, LOOKS = 50, 200, 25
"""Rows shown, and how many are looked through for them: at most `LOOKS` times `BATCH`."""
_NAMES = ("name", "name_traditional", "name_pinyin", "name_latin")
_FOUND_BY = ("employer", "position", "title")

_ROW: tuple[Any, ...] = (
    Membership.id,
    Membership.person_id,
    *(getattr(Person, key) for key in (*_NAMES, "employer", "position", "title", "disciplines", "bio")),
    Person.phone,
    Person.email,
    Category.name.label("category"),
    Branch.name.label("branch"),
)


@dataclass(frozen=True)
class Sought:
    """Words of the name, or of what is shown of the work; a branch; the row to go on behind."""

    q: str = ""
    branch_id: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Listed:
    """A member with the facts that they chose to show, by key."""

    row: Row[Any]
    facts: Sequence[str]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Key, label and words of each fact that is known."""
        words = ((key, FIELDS[key].label, shown(key, getattr(self.row, key))) for key in self.facts)
        return [fact for fact in words if fact[2]]

    def answers(self, terms: Sequence[Term]) -> bool:
        """Found by what may be seen alone: the register's index knows more."""
        keys = (*_NAMES, *(key for key in _FOUND_BY if key in self.facts))
        padded = f" {search_tokens(*(getattr(self.row, key) for key in keys))} "
        return all(_part(term) in padded for term in terms)


def _part(term: Term) -> str:
    """A phrase whole, a word by its beginning."""
    return f" {' '.join(term)} " if isinstance(term, tuple) else f" {term}"


def page(session: Session, society_id: int, sought: Sought, day: date) -> tuple[list[Listed], int | None]:
    """Those of the next page in the order of pinyin, and the row to go on behind; None at the end."""
    terms, found, last = query_terms(sought.q), list[Listed](), sought.after
    for batch in _batches(session, society_id, sought, terms, day):
        told = chosen(session, society_id, [row.person_id for row in batch], DIRECTORY)
        listed = [Listed(row, told[row.person_id]) for row in batch if row.person_id in told]
        found += [one for one in listed if one.answers(terms)]
        if len(found) > PAGE:
            return found[:PAGE], found[PAGE - 1].row.id
        last = batch[-1].id if len(batch) == BATCH else None
    return found, last


def _batches(
    session: Session, society_id: int, sought: Sought, terms: Sequence[Term], day: date
) -> Iterator[Sequence[Row[Any]]]:
    query, after = _members(session, society_id, sought, terms, day), sought.after
    for _look in range(LOOKS):
        batch = session.execute(_behind(query, society_id, after).limit(BATCH)).all()
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        after = batch[-1].id


def _members(
    session: Session, society_id: int, sought: Sought, terms: Sequence[Term], day: date
) -> Select[Any]:
    query = (
        select(*_ROW)
        .join(Person, Person.id == Membership.person_id)
        .join(Category, Category.id == Membership.category_id)
        .outerjoin(Branch, Branch.id == Membership.branch_id)
        .where(Membership.society_id == society_id, Membership.in_force(day), _perhaps_listed(society_id))
        .order_by(Membership.sort_pinyin, Membership.id)
    )
    if sought.branch_id:
        query = query.where(Membership.branch_id == sought.branch_id)
    if terms:
        dialect = session.get_bind().dialect.name
        query = query.where(Membership.person_id.in_(named(dialect, society_id, terms, phones=False)))
    return query


def _perhaps_listed(society_id: int) -> ColumnElement[bool]:
    """Who ever agreed, or has taken in an entry that did; whether it still holds is looked at row by row."""
    agreed = select(Consent.person_id).where(
        Consent.society_id == society_id, Consent.purpose == DIRECTORY, Consent.given
    )
    joined = select(Person.merged_into_id).where(
        Person.society_id == society_id, Person.merged_into_id.is_not(None)
    )
    return or_(Membership.person_id.in_(agreed), Membership.person_id.in_(joined))


def _behind(query: Select[Any], society_id: int, after: int | None) -> Select[Any]:
    """Where nobody else's name can be placed by its key."""
    if after is None:
        return query
    place = select(Membership.sort_pinyin, Membership.id).where(
        Membership.id == after, Membership.society_id == society_id, _perhaps_listed(society_id)
    )
    return query.where(tuple_(Membership.sort_pinyin, Membership.id) > place.scalar_subquery())
