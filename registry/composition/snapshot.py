"""Everything that a rule may look at, as it is on one day: plain values without a database or a clock.

A real term, a past day and a draft become the very same thing. So is a draft judged::

    real = queries.snapshot(session, society_id, day)
    draft = real.with_people(newcomers)                # persons whom no office brought into it yet
    draft = draft.with_term(council_id, Term(...))     # a next 届; the one that ran becomes the previous
    draft = draft.with_holders(council_id, [Holder(...), ...])
    findings = judge(draft, pack)

`with_holders` says who is in office in the body's running term on the day, and leaves those who left
and all other bodies alone; a holder needs no row behind it. Judging a draft again after one change is
`draft.with_holders(...)` and `judge`, without a question to the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from registry.composition.facts import (
    Body,
    Branch,
    Counts,
    Duty,
    Holder,
    Meeting,
    Person,
    Post,
    Society,
    Term,
)


@dataclass(frozen=True)
class Sitting:
    """A body in one term, and who is in office in it on `day`."""

    body: Body
    term: Term
    day: date

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Offices held on the day, by rank."""
        ranks = {post.id: post.rank for post in self.body.posts}
        found = [row for row in self.term.holders if row.holds(self.day)]
        return tuple(sorted(found, key=lambda row: (ranks.get(row.post_id, 0), row.person_id)))

    @cached_property
    def people(self) -> tuple[int, ...]:
        """Everybody once, the highest first."""
        return tuple(dict.fromkeys(row.person_id for row in self.holders))

    @cached_property
    def posts(self) -> Mapping[int, Post]:
        """The body's posts by id."""
        return {post.id: post for post in self.body.posts}

    @cached_property
    def principals(self) -> tuple[tuple[Holder, Duty], ...]:
        """The 负责人 with what they are."""
        pairs = [(row, self.posts[row.post_id].duty) for row in self.holders if row.post_id in self.posts]
        return tuple((row, duty) for row, duty in pairs if duty is not None)

    @cached_property
    def duties(self) -> Mapping[int, str]:
        """Of each person the posts in it, the highest first: 副理事长、理事."""
        found: dict[int, list[str]] = {}
        for row in self.holders:
            if (post := self.posts.get(row.post_id)) is not None:
                found.setdefault(row.person_id, []).append(post.name)
        return {key: "、".join(dict.fromkeys(names)) for key, names in found.items()}

    @property
    def title(self) -> str:
        """理事会第八届."""
        return f"{self.body.name}{self.term.name}"


@dataclass(frozen=True)
class Snapshot:
    """One society on one day; None where nobody looked, which no rule takes for "none"."""

    day: date
    society: Society
    counts: Counts = field(default_factory=Counts)
    bodies: tuple[Body, ...] = ()
    people: Mapping[int, Person] = field(default_factory=dict)
    branches: tuple[Branch, ...] | None = None
    meetings: tuple[Meeting, ...] | None = None
    charter: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sittings(self) -> Mapping[int, Sitting]:
        """Of each body the term that runs on the day."""
        running = ((body, _running(body, self.day)) for body in self.bodies)
        return {body.id: Sitting(body, term, self.day) for body, term in running if term}

    @cached_property
    def own(self) -> Mapping[str, Sitting]:
        """The society's own bodies that sit on the day, by kind."""
        return {row.body.kind: row for row in self.sittings.values() if row.body.branch_id is None}

    def previous(self, sitting: Sitting) -> Sitting | None:
        """The term before as it was on its last day; None where it is not on record."""
        wanted = sitting.term.ordinal - 1
        before = next((term for term in sitting.body.terms if term.ordinal == wanted), None)
        if before is None:
            return None
        last = (before.ends_on or sitting.term.starts_on) - timedelta(days=1)
        return Sitting(sitting.body, before, max(last, before.starts_on))

    def with_people(self, people: Iterable[Person]) -> Snapshot:
        """The same with these persons known, or known otherwise."""
        return replace(self, people={**self.people, **{person.id: person for person in people}})

    def with_holders(self, body_id: int, holders: Iterable[Holder]) -> Snapshot:
        """The same with these in office in the body's running term instead of those who are."""
        term = self.sittings[body_id].term
        left = (row for row in term.holders if not row.holds(self.day))
        return self._with(body_id, replace(term, holders=(*left, *holders)))

    def with_term(self, body_id: int, term: Term) -> Snapshot:
        """The same on the first day of a further term, which ends the running one."""
        day = max(self.day, term.starts_on)
        running = self.sittings.get(body_id)
        ended = replace(running.term, ends_on=term.starts_on) if running else None
        terms = [ended, term] if ended and ended.ordinal != term.ordinal else [term]
        return replace(self._with(body_id, *terms), day=day)

    def _with(self, body_id: int, *terms: Term) -> Snapshot:
        """The same with each term put in the place of its ordinal."""
        bodies = tuple(_termed(body, terms) if body.id == body_id else body for body in self.bodies)
        return replace(self, bodies=bodies)


def _running(body: Body, day: date) -> Term | None:
    return next((term for term in reversed(body.terms) if term.runs(day)), None)


def _termed(body: Body, terms: Iterable[Term]) -> Body:
    every = {term.ordinal: term for term in (*body.terms, *terms)}
    return replace(body, terms=tuple(every[ordinal] for ordinal in sorted(every)))
