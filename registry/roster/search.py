"""Full-text search of one society's people, on FTS5 and on PostgreSQL, behind two questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, cast, column, func, literal, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from registry.core.db import Key
from registry.core.text import Term, query_terms
from registry.memberships.models import Membership
from registry.people.models import Person
from registry.people.services import PHONE_MARK, SOCIETY_MARK

COUNTED = 20_000
"""So many found are counted; beyond it there are only "many"."""

_FIND = {
    "sqlite": "SELECT rowid AS id FROM person_search WHERE person_search MATCH :words",
    "postgresql": "SELECT id FROM person WHERE search_vector @@ CAST(:words AS tsquery)",
}


@dataclass(frozen=True)
class Found:
    """Two clauses that say the same of a membership: `within` names the people, `probe` looks at each row.

    The first is quick where few are found, the second where a page is soon full; `size` is counted up to
    `COUNTED` + 1 and takes no filter into account.
    """

    within: ColumnElement[bool]
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
    found = text(_FIND[dialect]).bindparams(words=words).columns(column("id", Key))
    counted = select(func.count()).select_from(select(found.subquery().c.id).limit(COUNTED + 1).subquery())
    probe = select(1).where(Person.id == Membership.person_id, _probe(dialect, words, terms, phones=phones))
    return Found(
        within=Membership.person_id.in_(select(found.subquery().c.id)),
        probe=probe.exists(),
        size=session.execute(counted).scalar_one(),
    )


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
