"""Whom the names of a list may mean: by the name in any script, and by the unit and title beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from registry.bodies.queries import numbers_of
from registry.core.text import simplify, squeeze_name, traditional
from registry.lists.judged import Candidate
from registry.people.models import Person

_AT_ONCE = 200
_ALIKE = 0.6


def named(session: Session, society_id: int, names: Iterable[str]) -> dict[str, list[Candidate]]:
    """By name everyone of the register who bears it, in whatever script."""
    wanted = {squeeze_name(name) for name in names} - {""}
    found: dict[str, list[Candidate]] = defaultdict(list)
    for person in _people(session, society_id, sorted(wanted)):
        candidate = Candidate(person.id, person.name, "", person.employer or "", person.title or "")
        for name in {_plain(person.name), _plain(person.name_latin or "")}:
            found[name].append(candidate)
    numbers = numbers_of(session, society_id, {row.id for rows in found.values() for row in rows})
    return {
        name: [
            Candidate(row.id, row.name, numbers.get(row.id, ""), row.employer, row.title)
            for row in found.get(_plain(name), [])
        ]
        for name in wanted
    }


def squeezed(name: str) -> str:
    """The key by which `named` answers."""
    return squeeze_name(name)


def _plain(name: str) -> str:
    return simplify(squeeze_name(name)).casefold()


def _people(session: Session, society_id: int, names: Sequence[str]) -> Iterable[Person]:
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        spelt = {*part, *map(simplify, part), *map(traditional, part)}
        meant = or_(
            Person.name.in_(spelt),
            Person.name_traditional.in_(spelt),
            func.lower(Person.name_latin).in_({name.lower() for name in part}),
        )
        query = select(Person).where(Person.society_id == society_id, Person.merged_into_id.is_(None), meant)
        yield from session.scalars(query.order_by(Person.id))


def fitting(candidates: Sequence[Candidate], cells: Mapping[str, str]) -> Candidate | None:
    """The one whom unit or title single out; of one alone it is enough that they do not contradict."""
    unit = cells.get("employer", "") or cells.get("employer_title", "")
    alike = [row for row in candidates if unit and _same_unit(row.employer, unit)]
    if len(alike) > 1 and cells.get("title"):
        alike = [row for row in alike if row.title and row.title in cells["title"]]
    if len(alike) == 1:
        return alike[0]
    alone = candidates[0] if len(candidates) == 1 else None
    return alone if alone and not (unit and alone.employer) else None


def _same_unit(known: str, told: str) -> bool:
    if not known:
        return False
    return known in told or told in known or SequenceMatcher(None, known, told).ratio() >= _ALIKE
