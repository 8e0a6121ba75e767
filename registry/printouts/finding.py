"""Whom each kind of list names, as the address asks and the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import request
from sqlalchemy import ColumnElement

from registry.bodies.models import Body, BodyKind, Post, Tenure, Term
from registry.bodies.queries import bodies
from registry.bodies.seating import day_within
from registry.core.policy import Action, within
from registry.memberships.models import Membership
from registry.people.queries import documents_of
from registry.printouts import queries
from registry.printouts.columns import Beside
from registry.printouts.composing import Found
from registry.printouts.layouts import Layout
from registry.roster.queries import every
from registry.roster.reach import finds_phones, seen
from registry.roster.views import RosterView
from registry.societies.models import Branch, Society
from registry.web import current
from registry.web.database import session

_DOCUMENTS = {"document_kinds", "document_numbers"}


@dataclass(frozen=True)
class Council:
    """A term of a body that can be printed; `value` names it in addresses."""

    body: Body
    term: Term

    @property
    def value(self) -> str:
        """Of the body and the ordinal."""
        return f"{self.body.id}.{self.term.ordinal}"


def councils(society: Society, day: date) -> list[Council]:
    """Every term of every body: those of the day first, then the past, the newest first."""
    found = [Council(body, term) for body in bodies(session(), society.id) for term in body.terms]
    late = lambda one: (not one.term.period.holds(day), one.body.kind == BodyKind.ASSEMBLY)  # noqa: E731
    return sorted(found, key=late)


def council(society: Society, day: date) -> Council | None:
    """The one in the address, otherwise the council of the day."""
    choices = councils(society, day)
    asked = request.args.get("of", "")
    return next((one for one in choices if one.value == asked), choices[0] if choices else None)


def members(society: Society, layout: Layout) -> Found:
    """The roster as the address narrows it."""
    view, day = RosterView(society), current.day()
    phones, allowed = finds_phones(society.id), seen(Action.ROSTER_EXPORT)
    sought = replace(view.sought, sort="number")
    rows = list(every(session(), allowed, society.id, sought, phones=phones, seen=seen))
    return Found(rows, _beside(society.id, layout, day, [row.person_id for row in rows]))


def _council(society: Society, layout: Layout) -> Found:
    one = council(society, current.day())
    if one is None:
        return Found([], Beside(current.day()))
    day = day_within(one.term, current.day())
    found = _holders(society, layout, day, Post.body_id == one.body.id, Tenure.term_id == one.term.id)
    return replace(found, body=one.body.name, term=one.term.name)


def _officers(society: Society, layout: Layout) -> Found:
    of_society = (Post.principal.is_(True), Body.branch_id.is_(None))
    return _holders(society, layout, current.day(), *of_society)


def _holders(society: Society, layout: Layout, day: date, *of: ColumnElement[bool]) -> Found:
    held = queries.said(queries.holding(session(), society.id, day, *of))
    rows = queries.people(session(), society.id, held, day)
    beside = replace(
        _beside(society.id, layout, day, list(held)),
        offices=queries.offices(held, apart=False),
        again=queries.again(session(), society.id, held) if "again" in layout.columns else {},
    )
    return Found(rows, beside)


def _beside(society_id: int, layout: Layout, day: date, people: list[int]) -> Beside:
    held = queries.offices(queries.said(queries.holding(session(), society_id, day)))
    asked = _DOCUMENTS & set(layout.columns)
    return Beside(day, held, {}, documents_of(session(), society_id, people) if asked else {})


def _branches(society: Society, _layout: Layout) -> Found:
    allowed = within(current.grants(), Action.BRANCH_SEE, Branch)
    day = current.day()
    return Found(queries.branch_lines(session(), society.id, allowed, day), Beside(day))


def _units(society: Society, _layout: Layout) -> Found:
    allowed = within(current.grants(), Action.ROSTER_EXPORT, Membership)
    day = current.day()
    return Found(queries.unit_lines(session(), society.id, allowed, day), Beside(day))


FIND: Mapping[str, Callable[[Society, Layout], Found]] = {
    "members": members,
    "council": _council,
    "officers": _officers,
    "branches": _branches,
    "units": _units,
}
