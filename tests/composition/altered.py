"""A sound society, altered in one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from registry.composition.facts import Branch, Counts, Elsewhere, Meeting, Official
from registry.composition.snapshot import Snapshot
from registry.core.dates import PartialDate
from tests.composition.made import (
    ASSEMBLY,
    BEFORE,
    BEGUN,
    COUNCIL,
    DIRECTOR,
    PRESIDENT,
    SECRETARY,
    STANDING,
    VICE,
    hold,
    holders,
    person,
    with_person,
    with_term,
    without_body,
)

Case = Callable[[Snapshot], Snapshot] | None


HEADS = (PRESIDENT, VICE, SECRETARY)


OLD = PartialDate(1950, 1, 1)


LATE = PartialDate(1957, 1, 1)
"""Seventy within the term."""


ELSEWHERE = Elsewhere(2, "理事长", principal=True, legal_representative=True)


def same(snapshot: Snapshot) -> Snapshot:
    """In order as it is."""
    return snapshot


def nothing(snapshot: Snapshot) -> Snapshot:
    """No body is in office."""
    return replace(snapshot, bodies=())


def unborn(snapshot: Snapshot) -> Snapshot:
    """The society is founded later."""
    return replace(snapshot, society=replace(snapshot.society, founded_on=date(2030, 1, 1)))


def ended(body_id: int) -> Case:
    """The body has no term in office."""
    return lambda s: with_term(s, body_id, ends_on=date(2026, 1, 1))


def empty(body_id: int) -> Case:
    """The body's term has nobody in it."""
    return lambda s: s.with_holders(body_id, [])


def branched(*branches: Branch) -> Case:
    """The society has these branches."""
    return lambda s: replace(s, branches=branches)


def met_so(*meetings: Meeting) -> Case:
    """These meetings are on record."""
    return lambda s: replace(s, meetings=meetings)


def unrecorded(snapshot: Snapshot) -> Snapshot:
    """Nobody looked for meetings."""
    return replace(snapshot, meetings=None)


def newly(body_id: int) -> Case:
    """The term began a month ago, and no meeting was held."""
    return lambda s: replace(with_term(s, body_id, starts_on=date(2026, 10, 20)), meetings=())


def uncounted(snapshot: Snapshot) -> Snapshot:
    """Nobody counted the members, and there are no delegates."""
    return without_body(replace(snapshot, counts=Counts()), ASSEMBLY)


def twice_more(snapshot: Snapshot) -> Snapshot:
    """The president was president in the two terms before, too."""
    body = next(body for body in snapshot.bodies if body.id == COUNCIL)
    terms = list(body.terms)
    spell = {"starts_on": BEFORE, "ends_on": BEGUN}
    terms[0] = replace(terms[0], holders=(hold(1, PRESIDENT, starts_on=terms[0].starts_on, ends_on=BEFORE),))
    terms[1] = replace(terms[1], holders=(*terms[1].holders, hold(1, PRESIDENT, **spell)))
    changed = replace(body, terms=tuple(terms))
    return replace(snapshot, bodies=tuple(changed if one is body else one for one in snapshot.bodies))


def forgotten(snapshot: Snapshot) -> Snapshot:
    """The president was president before, and the term before that is not on record."""
    served = twice_more(snapshot)
    body = next(body for body in served.bodies if body.id == COUNCIL)
    changed = replace(body, terms=body.terms[1:])
    return replace(served, bodies=tuple(changed if one is body else one for one in served.bodies))


def first_term(snapshot: Snapshot) -> Snapshot:
    """The council sits for the first time."""
    return with_term(snapshot, COUNCIL, ordinal=1)


def no_past(snapshot: Snapshot) -> Snapshot:
    """The council before is not on record."""
    return with_term(snapshot, COUNCIL, ordinal=12)


def changed(many: int) -> Case:
    """So many of the council left within the term, and as many came."""

    def change(snapshot: Snapshot) -> Snapshot:
        gone = tuple(hold(key, DIRECTOR, ends_on=date(2025, 6, 1)) for key in range(16, 16 + many))
        came = [hold(key, DIRECTOR, starts_on=date(2025, 6, 1)) for key in range(20, 20 + many)]
        kept = holders(snapshot, COUNCIL)
        term = snapshot.sittings[COUNCIL].term
        return with_term(snapshot, COUNCIL, holders=(*term.holders, *gone)).with_holders(
            COUNCIL, [*kept, *came]
        )

    return change


def late_from(snapshot: Snapshot) -> Snapshot:
    """All of the council came after its first day."""
    kept = [replace(row, starts_on=date(2024, 6, 1)) for row in holders(snapshot, COUNCIL)]
    return snapshot.with_holders(COUNCIL, kept)


def due(day: date | None, **more: object) -> Case:
    """The council's term was to end on the day."""
    return lambda s: with_term(s, COUNCIL, planned_end_on=day, **more)


def everybody(**facts: object) -> Case:
    """Everybody in the council is so."""
    return lambda s: with_person(s, *range(1, 16), **facts)


def joined(body_id: int, person_id: int, post_id: int) -> Case:
    """One more holds a post."""
    return lambda s: s.with_holders(body_id, [*holders(s, body_id), hold(person_id, post_id)])


def large(body_id: int, many: int, post_id: int) -> Case:
    """So many in a body."""

    def fill(snapshot: Snapshot) -> Snapshot:
        fuller = snapshot.with_people(person(key) for key in range(200, 200 + many))
        return fuller.with_holders(body_id, [hold(key, post_id) for key in range(200, 200 + many)])

    return fill


def unsized(body_id: int) -> Case:
    """The body's posts have no number of seats."""

    def change(snapshot: Snapshot) -> Snapshot:
        bodies = [
            replace(body, posts=tuple(replace(post, seats=None) for post in body.posts))
            if body.id == body_id
            else body
            for body in snapshot.bodies
        ]
        return replace(snapshot, bodies=tuple(bodies))

    return change


def unplanned(snapshot: Snapshot) -> Snapshot:
    """Neither the council's term nor any office in it has a planned end."""
    kept = [replace(row, planned_end_on=None) for row in holders(snapshot, COUNCIL)]
    return with_term(snapshot.with_holders(COUNCIL, kept), COUNCIL, planned_end_on=None)


def legal(*person_ids: int) -> Case:
    """These are 法定代表人."""
    return lambda s: s.with_holders(
        COUNCIL,
        [replace(row, legal_representative=row.person_id in person_ids) for row in holders(s, COUNCIL)],
    )


def cadre(kind: Official, approval: str, **facts: object) -> Case:
    """The first of the council is a leading cadre."""

    def change(snapshot: Snapshot) -> Snapshot:
        told = with_person(snapshot, 1, official=kind, **facts)
        for body_id in (COUNCIL, STANDING):
            rows = [replace(row, approval=approval) for row in holders(told, body_id)]
            told = told.with_holders(body_id, [replace(row, legal_representative=False) for row in rows])
        return told

    return change
