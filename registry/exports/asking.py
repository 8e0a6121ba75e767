"""The lists as the reader may have them: from what is asked to a table, or to an order for a long roster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import request

from registry.core.policy import POLICY, Action, may, within
from registry.exports.forms import Asked, read_asked
from registry.exports.lists import institutions, officers, roster
from registry.exports.tables import Table
from registry.exports.waiting import Order
from registry.memberships.models import Membership
from registry.roster import queries
from registry.roster.reach import finds_phones, seen
from registry.roster.views import RosterView
from registry.societies.models import Branch, Society
from registry.web import current
from registry.web.database import session


def filename(society: Society, asked: Asked) -> str:
    """As it is saved: list, society and day."""
    return f"{asked.title}-{society.short_name}-{current.day()}.{asked.kind}"


def narrowed() -> list[str]:
    """What the address narrows a list by, for the journal: the keys alone."""
    return sorted(key for key, value in request.args.items() if value)


def ordered(society: Society, kind: str, typed: Any) -> Order:
    """What was typed and the address, with the reader's rights, for whoever has no request to ask."""
    view, asked, reader = RosterView(society), read_asked("members", kind, typed), current.reader()
    known = {action: seen(action) for action in POLICY}
    orders = {*queries.SORTS, *(f"-{key}" for key in queries.SORTS)}
    sort = typed.get("sort", "")
    return Order(
        society_id=society.id,
        branch_id=current.own_branch(Action.ROSTER_EXPORT, society.id),
        account_id=reader.account_id if reader else 0,
        sought=replace(view.sought, sort=sort) if sort in orders else view.sought,
        allowed=known[Action.ROSTER_EXPORT],
        seen=known.__getitem__,
        may=_may(),
        phones=finds_phones(society.id),
        columns=asked.columns or view.keys,
        title=asked.title,
        name=filename(society, asked),
        kind=kind,
        keyed=asked.keyed,
        narrowed_by=[*narrowed(), *(["directory"] if asked.directory else [])],
        directory=asked.directory,
    )


def _members(society: Society, asked: Asked) -> Table:
    view = RosterView(society)
    phones, allowed = finds_phones(society.id), seen(Action.ROSTER_EXPORT)
    rows = queries.every(session(), allowed, society.id, view.sought, phones=phones, seen=seen)
    columns = asked.columns or view.keys
    wanted = (current.day(), _may(), asked.title, columns)
    return roster.table(session(), society, rows, *wanted, directory=asked.directory)


def _units(society: Society, asked: Asked) -> Table:
    allowed = within(current.grants(), Action.ROSTER_EXPORT, Membership)
    return institutions.units(session(), society, allowed, current.day(), asked.title, past=asked.past)


def _branches(society: Society, asked: Asked) -> Table:
    allowed = within(current.grants(), Action.BRANCH_SEE, Branch)
    return institutions.branches(session(), society, allowed, current.day(), asked.title, elsewhen=asked.past)


def _offices(society: Society, asked: Asked) -> Table:
    return officers.officers(session(), society, current.day(), _may(), asked.title, past=asked.past)


def _may() -> roster.May:
    """The reader's rights, each asked once for a branch."""
    grants = current.grants()
    return roster.remembered(lambda action, place: may(grants, action, place))


TABLES: dict[str, Callable[[Society, Asked], Table]] = {
    "members": _members,
    "units": _units,
    "branches": _branches,
    "offices": _offices,
}
