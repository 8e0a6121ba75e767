"""Full-text search of people, on FTS5 and on PostgreSQL: who is named by what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, bindparam, column, func, select, text
from sqlalchemy.orm import Session

from registry.core.db import Key
from registry.core.text import Term, query_terms
from registry.people.services import DISCIPLINE_MARK, PHONE_MARK, SOCIETY_MARK

COUNTED = 20_000
"""So many found are counted; beyond it there are only "many"."""

_FIND = {
    "sqlite": "SELECT rowid AS id FROM person_search WHERE person_search MATCH :words",
    "postgresql": "SELECT id FROM person WHERE search_vector @@ CAST(:words AS tsquery)",
}


def named(dialect: str, society_id: int, terms: Iterable[Term], *, phones: bool) -> Select[Any]:
    """The ids of those in a society whom the terms name; by telephone only where `phones`."""
    return spelt(dialect, in_words(dialect, society_id, terms, phones=phones))


def in_words(dialect: str, society_id: int, terms: Iterable[Term], *, phones: bool) -> str:
    """The terms in the database's own language."""
    return _SPELLINGS[dialect](society_id, terms, phones=phones)


def across(session: Session, query: str, societies: Collection[int]) -> Select[Any] | None:
    """Who is found in several societies; never by telephone."""
    terms = query_terms(query)
    if not terms or not societies:
        return None
    dialect = session.get_bind().dialect.name
    return spelt(dialect, _ACROSS[dialect](terms, sorted(societies)))


def size(session: Session, people: Select[Any], most: int = COUNTED) -> int:
    """How many the index names; one more than `most` stands for more than that."""
    counted = select(func.count()).select_from(people.limit(most + 1).subquery())
    return session.execute(counted).scalar_one()


def of_disciplines(dialect: str, society_id: int, codes: Iterable[str]) -> Select[Any]:
    """Who has one of the disciplines, by the marked words of the same index."""
    marked = [f"{DISCIPLINE_MARK}{code}" for code in codes]
    if dialect == "postgresql":
        any_of = " | ".join(f"'{word}'" for word in marked)
        return spelt(dialect, f"'{SOCIETY_MARK}{society_id}' & ({any_of})")
    any_of = " OR ".join(f'"{word}"' for word in marked)
    return spelt(dialect, f'"{SOCIETY_MARK}{society_id}" AND ({any_of})')


def spelt(dialect: str, words: str) -> Select[Any]:
    """Whom such words name; bound under a name of its own, for two may be asked in one statement."""
    found = text(_FIND[dialect]).bindparams(bindparam("words", words, unique=True))
    return select(found.columns(column("id", Key)).subquery().c.id)


def _fts5(society_id: int, terms: Iterable[Term], *, phones: bool) -> str:
    """FTS5's language: phrases in quotes, a star for words that begin so."""
    return " AND ".join((f'"{SOCIETY_MARK}{society_id}"', *(_fts5_term(term, phones) for term in terms)))


def _fts5_term(term: Term, phones: bool) -> str:
    if isinstance(term, tuple):
        return f'"{" ".join(term)}"'
    return "(" + " OR ".join(f'"{word}"*' for word in alternatives(term, phones)) + ")"


def _tsquery(society_id: int, terms: Iterable[Term], *, phones: bool) -> str:
    """PostgreSQL's language; terms hold letters and digits only, so quotes cannot be broken."""
    return " & ".join((f"'{SOCIETY_MARK}{society_id}'", *(_tsquery_term(term, phones) for term in terms)))


def _tsquery_term(term: Term, phones: bool) -> str:
    if isinstance(term, tuple):
        return "(" + " <-> ".join(f"'{character}'" for character in term) + ")"
    return "(" + " | ".join(f"'{word}':*" for word in alternatives(term, phones)) + ")"


def alternatives(word: str, phones: bool) -> list[str]:
    """A word of digits may also be the beginning of a telephone number."""
    return [word, f"{PHONE_MARK}{word}"] if phones and word.isdigit() else [word]


_SPELLINGS = {"sqlite": _fts5, "postgresql": _tsquery}


def _fts5_across(terms: Iterable[Term], societies: Iterable[int]) -> str:
    marks = " OR ".join(f'"{SOCIETY_MARK}{key}"' for key in societies)
    return " AND ".join((f"({marks})", *(_fts5_term(term, phones=False) for term in terms)))


def _tsquery_across(terms: Iterable[Term], societies: Iterable[int]) -> str:
    marks = " | ".join(f"'{SOCIETY_MARK}{key}'" for key in societies)
    return " & ".join((f"({marks})", *(_tsquery_term(term, phones=False) for term in terms)))


_ACROSS = {"sqlite": _fts5_across, "postgresql": _tsquery_across}
