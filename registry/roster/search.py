"""Full-text search of one society's people, on FTS5 and on PostgreSQL, behind two questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from registry.core.db import Key
from registry.core.text import Term, query_terms
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.people.services import DISCIPLINE_MARK, PHONE_MARK, SOCIETY_MARK

COUNTED = 20_000
"""So many found are counted; beyond it there are only "many"."""

_FIND = {
    "sqlite": "SELECT rowid AS id FROM person_search WHERE person_search MATCH :words",
    "postgresql": "SELECT id FROM person WHERE search_vector @@ CAST(:words AS tsquery)",
}


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
    words = _SPELLINGS[dialect](society_id, terms, phones=phones)
    people = _people(dialect, words)
    probe = select(1).where(Person.id == Membership.person_id, _probe(dialect, words, terms, phones=phones))
    return Found(people, probe.exists(), size(session, people))


def across(session: Session, query: str, societies: Collection[int]) -> Select[Any] | None:
    """Who is found in several societies; never by telephone."""
    terms = query_terms(query)
    if not terms or not societies:
        return None
    dialect = session.get_bind().dialect.name
    return _people(dialect, _ACROSS[dialect](terms, sorted(societies)))


def size(session: Session, people: Select[Any], most: int = COUNTED) -> int:
    """How many the index names; one more than `most` stands for more than that."""
    counted = select(func.count()).select_from(people.limit(most + 1).subquery())
    return session.execute(counted).scalar_one()


def of_disciplines(dialect: str, society_id: int, codes: Iterable[str]) -> Select[Any]:
    """Who has one of the disciplines, by the marked words of the same index."""
    marked = [f"{DISCIPLINE_MARK}{code}" for code in codes]
    if dialect == "postgresql":
        any_of = " | ".join(f"'{word}'" for word in marked)
        return _people(dialect, f"'{SOCIETY_MARK}{society_id}' & ({any_of})")
    any_of = " OR ".join(f'"{word}"' for word in marked)
    return _people(dialect, f'"{SOCIETY_MARK}{society_id}" AND ({any_of})')


def _people(dialect: str, words: str) -> Select[Any]:
    """Bound under a name of its own, for two may be asked in one statement."""
    found = text(_FIND[dialect]).bindparams(bindparam("words", words, unique=True))
    return select(found.columns(column("id", Key)).subquery().c.id)


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
    return [f" {word}" for word in _alternatives(term, phones)]


def _fts5(society_id: int, terms: Iterable[Term], *, phones: bool) -> str:
    """FTS5's language: phrases in quotes, a star for words that begin so."""
    return " AND ".join((f'"{SOCIETY_MARK}{society_id}"', *(_fts5_term(term, phones) for term in terms)))


def _fts5_term(term: Term, phones: bool) -> str:
    if isinstance(term, tuple):
        return f'"{" ".join(term)}"'
    return "(" + " OR ".join(f'"{word}"*' for word in _alternatives(term, phones)) + ")"


def _tsquery(society_id: int, terms: Iterable[Term], *, phones: bool) -> str:
    """PostgreSQL's language; terms hold letters and digits only, so quotes cannot be broken."""
    return " & ".join((f"'{SOCIETY_MARK}{society_id}'", *(_tsquery_term(term, phones) for term in terms)))


def _tsquery_term(term: Term, phones: bool) -> str:
    if isinstance(term, tuple):
        return "(" + " <-> ".join(f"'{character}'" for character in term) + ")"
    return "(" + " | ".join(f"'{word}':*" for word in _alternatives(term, phones)) + ")"


def _alternatives(word: str, phones: bool) -> list[str]:
    return [word, f"{PHONE_MARK}{word}"] if phones and word.isdigit() else [word]


_SPELLINGS = {"sqlite": _fts5, "postgresql": _tsquery}


def _fts5_across(terms: Iterable[Term], societies: Iterable[int]) -> str:
    marks = " OR ".join(f'"{SOCIETY_MARK}{key}"' for key in societies)
    return " AND ".join((f"({marks})", *(_fts5_term(term, phones=False) for term in terms)))


def _tsquery_across(terms: Iterable[Term], societies: Iterable[int]) -> str:
    marks = " | ".join(f"'{SOCIETY_MARK}{key}'" for key in societies)
    return " & ".join((f"({marks})", *(_tsquery_term(term, phones=False) for term in terms)))


_ACROSS = {"sqlite": _fts5_across, "postgresql": _tsquery_across}
