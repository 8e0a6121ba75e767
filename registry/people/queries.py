"""Reading what hangs on persons, for many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.plans import unindexed
from registry.people.models import IdentityDocument, Person

_AT_ONCE = 500


def documents_of(
    session: Session, society_id: int, people: Iterable[int]
) -> dict[int, list[tuple[str, str]]]:
    """Kind and last four of each person's documents."""
    held: dict[int, list[tuple[str, str]]] = {}
    document = IdentityDocument
    query = select(document.person_id, document.kind, document.last4).where(document.society_id == society_id)
    for part in _parts(people):
        for person_id, kind, last4 in session.execute(
            query.where(document.person_id.in_(part)).order_by(document.id)
        ):
            held.setdefault(person_id, []).append((kind, last4))
    return held


def any_erased(session: Session, society_id: int, people: Iterable[int]) -> bool:
    """Whether somebody among them was erased by law."""
    mine = unindexed(Person.society_id) == society_id
    gone = select(Person.id).where(mine, Person.erased_at.is_not(None)).limit(1)
    return any(session.scalar(gone.where(Person.id.in_(part))) for part in _parts(people))


def _parts(people: Iterable[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(set(people))
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))
