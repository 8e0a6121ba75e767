"""Full-text search of one society's people, on FTS5 and on PostgreSQL, behind two questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, literal_column, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from registry.core.text import Term, query_terms
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.people.search import alternatives, in_words, size, spelt


@dataclass(frozen=True)
class Found:
    """The same said twice: `people` names who is found, `probe` looks at each row.

    The first is quick where few are found, the second where a page is soon full; `size` is counted up to
    `COUNTED` + 1 and takes no filter into account.
    """

    people: Select[Any]
    probe: ColumnElement[bool]
    size: int


def matching(session: Session, society_id: int, query: str, *, phones: bool) -> Found | None:
    """Who is found by what was typed; None where nothing was.

    `phones`: whether the reader may find people by their number.
    """
    terms = query_terms(query)
    if not terms:
        return None
    dialect = session.get_bind().dialect.name
    words = in_words(dialect, society_id, terms, phones=phones)
    people = spelt(dialect, words)
    probe = select(1).where(Person.id == Membership.person_id, _probe(dialect, words, terms, phones=phones))
    return Found(people, probe.exists(), size(session, people))


def _probe(dialect: str, words: str, terms: Iterable[Term], *, phones: bool) -> ColumnElement[bool]:
    """FTS5 cannot be asked about one row quickly; there its words are looked for in the row's own text."""
    if dialect == "postgresql":
        return literal_column("person.search_vector").bool_op("@@")(cast(words, TSQUERY))
    padded = literal(" ") + Person.search_text + " "
    return and_(*(or_(*(func.instr(padded, part) > 0 for part in _parts(term, phones))) for term in terms))


def _parts(term: Term, phones: bool) -> list[str]:
    """A phrase whole, a word by its beginning."""
    if isinstance(term, tuple):
        return [f" {' '.join(term)} "]
    return [f" {word}" for word in alternatives(term, phones)]
