"""Full-text search of one society's people, on FTS5 and on PostgreSQL, behind two questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, TextClause, literal_column, select, text
from sqlalchemy.orm import Session

from registry.core.text import Term, query_terms
from registry.memberships.models import Membership
from registry.people.services import PHONE_MARK, SOCIETY_MARK

MANY = 3000
"""Up to here the found are sorted; beyond it the roster is walked in order until a page is full."""

_FIND = {
    "sqlite": "SELECT rowid FROM person_search WHERE person_search MATCH :words LIMIT :limit",
    "postgresql": "SELECT id FROM person WHERE search_vector @@ CAST(:words AS tsquery) LIMIT :limit",
}
_PROBE = {
    "sqlite": "person_search MATCH :words AND person_search.rowid = membership.person_id",
    "postgresql": "person.search_vector @@ CAST(:words AS tsquery)",
}


def matching(session: Session, society_id: int, query: str, *, phones: bool) -> ColumnElement[bool] | None:
    """A clause on membership and person for what was typed; None where nothing was.

    `phones`: whether the reader may find people by their number.
    """
    terms = query_terms(query)
    if not terms:
        return None
    dialect = session.get_bind().dialect.name
    words = _SPELLINGS[dialect](society_id, terms, phones=phones)
    found = session.scalars(text(_FIND[dialect]), {"words": words, "limit": MANY + 1}).all()
    return _walk(dialect, words) if len(found) > MANY else Membership.person_id.in_(_numbers(found))


def _numbers(found: Sequence[int]) -> list[ColumnElement[int]]:
    """Written out, as thousands of bound parameters are slow."""
    return [literal_column(str(int(number))) for number in found]


def _walk(dialect: str, words: str) -> ColumnElement[bool]:
    probe: TextClause = text(_PROBE[dialect]).bindparams(words=words)
    if dialect == "postgresql":
        return probe  # type: ignore[return-value]
    return select(1).select_from(text("person_search")).where(probe).exists()


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
