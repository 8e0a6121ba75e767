"""Who holds offices in several societies, told by the keyed fingerprint of a document, never by a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from registry.bodies.models import Body, BodyKind, Post, Tenure
from registry.composition.facts import Official
from registry.composition.models import OfficialStatus
from registry.people.models import IdentityDocument, Person

Holder = tuple[int, int]
"""A person as a society knows them: society and person."""
_BEARS = and_(
    IdentityDocument.society_id == Tenure.society_id, IdentityDocument.person_id == Tenure.person_id
)
ONLY = ("legal", "principal", "retired")
"""What the people may be narrowed to."""


class Held(NamedTuple):
    """What a person holds in one society: the posts, since when, until when at most."""

    society_id: int
    posts: str
    legal: bool
    starts_on: date
    planned_end_on: date | None


@dataclass(frozen=True)
class Both:
    """One person with the offices held in several societies, as rows of the statement in `posts`."""

    offices: Sequence[Any]
    retired: bool

    @property
    def names(self) -> list[str]:
        """As the societies write the name, each once."""
        return list(dict.fromkeys(row.name for row in self.offices))

    @cached_property
    def held(self) -> list[Held]:
        """The offices by society."""
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self.offices:
            found[row.society_id].append(row)
        return [_held(society_id, rows) for society_id, rows in found.items()]

    @cached_property
    def legal(self) -> int:
        """Of how many societies the person is 法定代表人."""
        return len({row.society_id for row in self.offices if row.legal_representative})

    @cached_property
    def principal(self) -> int:
        """In how many societies the person is 负责人."""
        return len({row.society_id for row in self.offices if row.principal})

    @property
    def societies(self) -> int:
        """In how many societies the person holds an office."""
        return len({row.society_id for row in self.offices})

    def is_one(self, only: str) -> bool:
        """Whether the person belongs to what was narrowed to."""
        return {"legal": self.legal > 1, "principal": self.principal > 1, "retired": self.retired}.get(
            only, True
        )

    @property
    def gravity(self) -> tuple[int, bool, int, int]:
        """What the rules forbid first."""
        return (-self.legal, not self.retired, -self.principal, -self.societies)


def _held(society_id: int, rows: Sequence[Any]) -> Held:
    ends = [row.planned_end_on for row in rows if row.planned_end_on]
    return Held(
        society_id,
        "、".join(dict.fromkeys(row.post for row in rows)),
        any(row.legal_representative for row in rows),
        min(row.starts_on for row in rows),
        max(ends, default=None),
    )


def neighbours(session: Session) -> Mapping[int, frozenset[int]]:
    """Of each society those whose officers are also its own: what they write may change its verdicts."""
    held = select(Tenure.society_id, IdentityDocument.fingerprint).join(IdentityDocument, _BEARS)
    found: dict[int, set[int]] = defaultdict(set)
    for societies in _together(session, held.where(Tenure.voided_at.is_(None))).values():
        for society_id in societies:
            found[society_id] |= societies - {society_id}
    return {society_id: frozenset(others) for society_id, others in found.items()}


def _together(session: Session, held: Any) -> Mapping[str, set[int]]:
    """Of each fingerprint that several societies know those societies."""
    rows = held.distinct().subquery()
    several = select(rows.c.fingerprint).group_by(rows.c.fingerprint).having(func.count() > 1)
    query = select(rows.c.fingerprint, rows.c.society_id).where(rows.c.fingerprint.in_(several))
    found: dict[str, set[int]] = defaultdict(set)
    for fingerprint, society_id in session.execute(query):
        found[fingerprint].add(society_id)
    return found


def several(session: Session, society_ids: Collection[int], day: date) -> list[Both]:
    """Everybody who holds offices in several of the societies on the day, by four statements."""
    held = _in_office(society_ids, day)
    shared = _together(session, held.with_only_columns(Tenure.society_id, IdentityDocument.fingerprint))
    bearers = session.execute(
        held.with_only_columns(Tenure.society_id, Tenure.person_id, IdentityDocument.fingerprint)
        .where(IdentityDocument.fingerprint.in_(shared))
        .distinct()
    )
    groups = _joined(bearers)
    offices = _offices(session, society_ids, {key for group in groups for key in group}, day)
    retired = _retired(session, society_ids)
    found = [
        Both([row for key in sorted(group) for row in offices[key]], bool(group & retired))
        for group in groups
    ]
    return sorted(found, key=lambda one: (one.gravity, one.names))


def _in_office(society_ids: Collection[int], day: date) -> Any:
    own = and_(Body.id == Post.body_id, Body.kind != BodyKind.COMMITTEE)
    query = select(Tenure).join(Post, Post.id == Tenure.post_id).join(Body, own)
    query = query.join(IdentityDocument, _BEARS).where(Tenure.society_id.in_(society_ids))
    return query.where(Tenure.in_force(day), Tenure.voided_at.is_(None))


def _joined(bearers: Iterable[Any]) -> list[set[Holder]]:
    """Those who share a document are one; somebody may bear several."""
    groups: dict[Holder, set[Holder]] = {}
    first: dict[str, Holder] = {}
    for society_id, person_id, fingerprint in bearers:
        key = (society_id, person_id)
        other = first.setdefault(fingerprint, key)
        merged = groups.get(key, {key}) | groups.get(other, {other})
        groups |= dict.fromkeys(merged, merged)
    once = {id(group): group for group in groups.values()}
    return [group for group in once.values() if len({society_id for society_id, _person in group}) > 1]


def _offices(
    session: Session, society_ids: Collection[int], keys: Collection[Holder], day: date
) -> Mapping[Holder, list[Any]]:
    """The offices of these people: society, person, name, body, post, dates, and what they weigh."""
    found: dict[Holder, list[Any]] = defaultdict(list)
    query = (
        select(
            Tenure.society_id,
            Tenure.person_id,
            Person.name,
            Body.name.label("body"),
            Post.name.label("post"),
            Post.principal,
            Tenure.legal_representative,
            Tenure.starts_on,
            Tenure.planned_end_on,
        )
        .join(Post, Post.id == Tenure.post_id)
        .join(Body, and_(Body.id == Post.body_id, Body.kind != BodyKind.COMMITTEE))
        .join(Person, Person.id == Tenure.person_id)
        .where(
            Tenure.society_id.in_(society_ids), Tenure.person_id.in_({person for _society, person in keys})
        )
        .where(Tenure.in_force(day), Tenure.voided_at.is_(None))
        .order_by(Post.rank, Tenure.starts_on)
    )
    for row in session.execute(query):
        found[row.society_id, row.person_id].append(row)
    return found


def _retired(session: Session, society_ids: Collection[int]) -> set[Holder]:
    query = select(OfficialStatus.society_id, OfficialStatus.person_id)
    retired = OfficialStatus.kind == Official.RETIRED
    rows = session.execute(query.where(OfficialStatus.society_id.in_(society_ids), retired))
    return {(row.society_id, row.person_id) for row in rows}


def unknown(session: Session, society_ids: Collection[int], day: date) -> int:
    """How many officers bear no document, so that nobody can tell whether they sit elsewhere too."""
    own = and_(Body.id == Post.body_id, Body.kind != BodyKind.COMMITTEE)
    query = select(Tenure.society_id, Tenure.person_id).join(Post, Post.id == Tenure.post_id).join(Body, own)
    query = query.outerjoin(IdentityDocument, _BEARS).where(Tenure.society_id.in_(society_ids))
    query = query.where(Tenure.in_force(day), Tenure.voided_at.is_(None), IdentityDocument.id.is_(None))
    return session.execute(select(func.count()).select_from(query.distinct().subquery())).scalar_one()
