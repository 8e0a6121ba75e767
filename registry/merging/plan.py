"""What a merge would do, before it does it: what moves, what must be voided, what stands in the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.models import RoleGrant
from registry.bodies.models import Tenure
from registry.bodies.queries import tenures_of_person
from registry.memberships.models import EndReason, Membership, Representative
from registry.memberships.queries import spells
from registry.people.fields import FIELDS
from registry.people.models import IdentityDocument, Person
from registry.tags.models import Tag, Tagging

Row = Any

MOVED = (Membership, Tenure, IdentityDocument, Representative, Tagging)
"""Rows that go to the survivor; whatever else points at a person stays where it is, or ends."""


@dataclass(frozen=True)
class Holding:
    """One person with everything that hangs on the entry."""

    person: Person
    spells: Sequence[Membership]
    tenures: Sequence[Tenure]
    documents: Sequence[IdentityDocument]
    representatives: Sequence[Representative]
    grants: Sequence[RoleGrant]
    tags: Mapping[str, Tagging]

    @property
    def rows(self) -> list[Row]:
        """What hangs on it and can hang on another."""
        return [*self.spells, *self.tenures, *self.documents, *self.representatives, *self.tags.values()]

    def in_force(self, day: date) -> list[RoleGrant]:
        """The grants that hold on the day or will."""
        return [row for row in self.grants if row.ends_on is None or row.ends_on > day]


@dataclass(frozen=True)
class Clash:
    """Two rows of one kind that share days; `settled`: the inner lies within the outer and can be voided."""

    inner: Row
    outer: Row
    settled: bool


@dataclass(frozen=True)
class Plan:
    """What a merge would do; `facts` are those taken from the merged entry, with their new values."""

    survivor: Holding
    merged: Holding
    facts: Mapping[str, Any]
    clashes: Sequence[Clash] = field(default=())

    @property
    def voided(self) -> list[Row]:
        """Rows to be voided, because another holds the same days."""
        return [clash.inner for clash in self.clashes if clash.settled]

    @property
    def obstacles(self) -> list[Clash]:
        """What a clerk has to settle first."""
        return [clash for clash in self.clashes if not clash.settled]

    @property
    def moved(self) -> list[Row]:
        """What the merged entry gives; a tag that both have or had stays what it is with the survivor."""
        mine = self.survivor.tags.keys()
        twice = {id(row) for name, row in self.merged.tags.items() if name in mine}
        return [row for row in self.merged.rows if id(row) not in twice]

    @property
    def kept(self) -> list[Row]:
        """What moves as it is."""
        void = {id(row) for row in self.voided}
        return [row for row in self.moved if id(row) not in void]

    @property
    def tags(self) -> list[str]:
        """The tags that the survivor gets."""
        return [name for name, row in self.merged.tags.items() if row.held and row in self.kept]


def hold(session: Session, person: Person) -> Holding:
    """Everything that hangs on a person; seven statements."""
    mine = (person.society_id, person.id)
    return Holding(
        person,
        spells(session, *mine),
        tenures_of_person(session, *mine),
        _of(session, IdentityDocument, *mine),
        _of(session, Representative, *mine, joinedload(Representative.unit)),
        session.scalars(
            select(RoleGrant)
            .where(RoleGrant.person_id == person.id)
            .options(joinedload(RoleGrant.account))
            .order_by(RoleGrant.id)
        ).all(),
        _tags(session, *mine),
    )


def _of(session: Session, model: Any, society_id: int, person_id: int, *options: Any) -> Sequence[Any]:
    query = select(model).where(model.society_id == society_id, model.person_id == person_id)
    return session.scalars(query.options(*options).order_by(model.id)).all()


def _tags(session: Session, society_id: int, person_id: int) -> dict[str, Tagging]:
    """By the word, those taken off too."""
    query = select(Tag.name, Tagging).join(Tag, Tag.id == Tagging.tag_id)
    found = session.execute(query.where(Tagging.society_id == society_id, Tagging.person_id == person_id))
    return {name: row for name, row in found}  # noqa: C416 - rows are no pairs to a dict


def draw(survivor: Holding, merged: Holding, taken: Iterable[str]) -> Plan:
    """What comes of it where these facts are taken from the merged entry."""
    wanted = set(taken)
    facts = {
        key: getattr(merged.person, key)
        for key in FIELDS
        if key in wanted and getattr(merged.person, key) != getattr(survivor.person, key)
    }
    remark = _both_remarks(survivor.person, merged.person)
    if remark != survivor.person.remark:
        facts["remark"] = remark
    clashes = [
        *_clashes(_true_spells(survivor.spells), _true_spells(merged.spells)),
        *_clashes(_true_tenures(survivor.tenures), _true_tenures(merged.tenures)),
    ]
    return Plan(survivor, merged, facts, clashes)


def _both_remarks(survivor: Person, merged: Person) -> str:
    return "\n".join(dict.fromkeys(remark for remark in (survivor.remark, merged.remark) if remark))


def _true_spells(rows: Iterable[Membership]) -> list[Membership]:
    return [row for row in rows if row.end_reason != EndReason.VOIDED and row.ends_on != row.starts_on]


def _true_tenures(rows: Iterable[Tenure]) -> list[Tenure]:
    return [row for row in rows if row.voided_at is None and row.ends_on != row.starts_on]


def _clashes(mine: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Clash]:
    """A row that is voided already clashes no further."""
    void: set[int] = set()
    for one in sorted(mine, key=lambda row: row.starts_on):
        for other in sorted(theirs, key=lambda row: row.starts_on):
            if id(one) in void or id(other) in void or not _collide(one, other):
                continue
            clash = _settle(one, other)
            if clash.settled:
                void.add(id(clash.inner))
            yield clash


def _collide(one: Row, other: Row) -> bool:
    """Two spells of membership, or two tenures of one post, on the same days."""
    return getattr(one, "post_id", None) == getattr(other, "post_id", None) and one.period.overlaps(
        other.period
    )


def _settle(mine: Row, theirs: Row) -> Clash:
    """No day may be lost: only what lies wholly within the other is voided."""
    if theirs.period.within(mine.period):
        return Clash(theirs, mine, settled=True)
    if mine.period.within(theirs.period):
        return Clash(mine, theirs, settled=True)
    first, later = sorted((mine, theirs), key=lambda row: row.starts_on)
    return Clash(later, first, settled=False)


def state(one: Holding, two: Holding) -> str:
    """Equal as long as nobody changed anything of either, in whichever order they are named."""
    rows = sorted(
        (row.__tablename__, row.id, getattr(row, "version", str(getattr(row, "ends_on", ""))))
        for side in (one, two)
        for row in (side.person, *side.rows, *side.grants)
    )
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:24]
