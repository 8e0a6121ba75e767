"""The members of an invented society: who they are, and how they came, changed and left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from registry.core import batches
from registry.demo import loading, people, spells, work
from registry.demo.people import Invented
from registry.demo.spells import Home, Spell
from registry.demo.stock import Weighted
from registry.journal.chain import entry
from registry.journal.services import act, record, seal
from registry.memberships.models import Membership
from registry.merging.marking import rows as rows_of_marks
from registry.merging.models import TwinMark
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Society
from registry.societies.queries import categories

_STUDENTS = 0.08
_BATCH = 5000
REASON = "按示例数据批量录入"


@dataclass(frozen=True)
class Newcomer:
    """Somebody invented who has no number yet."""

    invented: Invented
    spells: tuple[Spell, ...]


@dataclass(frozen=True, eq=False)
class Member:
    """A loaded person, as far as offices need to know."""

    person_id: int
    number: str
    invented: Invented
    spells: tuple[Spell, ...]

    def belongs(self, day: date) -> bool:
        """A voting member on that day."""
        return any(
            spell.starts_on <= day and (spell.ends_on is None or day < spell.ends_on)
            for spell in self.spells
            if spell.category in {"ordinary", "senior", "fellow"}
        )


def newcomers(
    rng: Random,
    trade: work.Trade,
    regions: Weighted[str],
    society: Society,
    branches: Sequence[Home],
    *,
    papers: float = 1,
) -> Iterator[Newcomer]:
    """Without end; `papers` is the share of those who show documents."""
    founded = society.founded_on or date(1980, 1, 1)
    while True:
        region = regions.draw(rng)
        student = region == "CN" and rng.random() < _STUDENTS
        shows = papers >= 1 or rng.random() < papers
        somebody = people.invent(rng, trade, region, student=student, shows_papers=shows)
        yield join(rng, somebody, branches, founded, student=student)


def join(
    rng: Random,
    somebody: Invented,
    branches: Sequence[Home],
    founded: date,
    *,
    student: bool = False,
) -> Newcomer:
    """One person's way through a society."""
    region = somebody.facts["region"]
    return Newcomer(
        somebody, tuple(spells.invent(rng, somebody.born, region, branches, founded, student=student))
    )


def enrol(
    session: Session, society: Society, coming: Iterable[Newcomer], count: int, first_number: int = 1
) -> Iterator[list[Member]]:
    """Load so many in batches, numbered in the order they come, as one act with a summary."""
    act(session, "people:load", society.id, REASON)
    connection = session.connection()
    keys = batches.take_keys(connection, Person, count)
    codes = {category.code: category.id for category in categories(session, society.id)}
    load = _Load(session, society, codes)
    waiting: list[Member] = []
    for key, number, newcomer in zip(keys, range(first_number, first_number + count), coming, strict=False):
        label = f"{society.number_prefix}{number:05d}"
        waiting.append(Member(key, label, newcomer.invented, newcomer.spells))
        if len(waiting) == _BATCH or key == keys[-1]:
            load.enter(waiting)
            yield waiting
            waiting = []
    record(session, [entry("person", None, None, "new", {}, {"remark": f"{count} 人"})])
    seal(session)


class _Load:
    """Turns members into rows; remembers the documents, for the same one must not come twice."""

    def __init__(self, session: Session, society: Society, categories: Mapping[str, int]) -> None:
        self._session, self._society, self._categories = session, society, categories
        self._fingerprints: set[str] = set()

    def enter(self, members: Sequence[Member]) -> None:
        connection = self._session.connection()
        vault = self._session.info["vault"]
        persons = [
            loading.person_row(member.person_id, self._society.id, member.invented, member.number)
            for member in members
        ]
        pairs = list(zip(persons, members, strict=True))
        batches.enter(connection, Person, persons)
        marks = [
            row for person in persons for row in rows_of_marks(person["society_id"], person["id"], person)
        ]
        batches.enter(connection, TwinMark, marks)
        rows = (loading.membership_rows(row, who.number, who.spells, self._categories) for row, who in pairs)
        batches.enter(connection, Membership, [spell for spells in rows for spell in spells])
        documents = (loading.document_rows(vault, row, who.invented) for row, who in pairs)
        batches.enter(
            connection, IdentityDocument, [paper for papers in documents for paper in self._new(papers)]
        )

    def _new(self, papers: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for paper in papers:
            if paper["fingerprint"] not in self._fingerprints:
                self._fingerprints.add(paper["fingerprint"])
                yield paper
