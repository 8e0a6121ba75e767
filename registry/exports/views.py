"""The lists of a society as files: the roster as the screen narrows it, unit members, branches, offices."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile

from flask import Blueprint, Response, request, send_file

from registry.core.policy import Action, may, within
from registry.exports import services
from registry.exports.forms import Asked, read_asked
from registry.exports.lists import institutions, officers, roster
from registry.exports.showing import Leaving
from registry.exports.tables import Table
from registry.exports.writing import KINDS, write_table
from registry.memberships.models import Membership
from registry.roster import queries
from registry.roster.reach import finds_phones, seen
from registry.roster.views import RosterView
from registry.societies.models import Branch, Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import db, session
from registry.web.pages import page

bp = Blueprint("exports", __name__, url_prefix="/societies/<slug>")


@bp.get("/members/export.<any(xlsx, csv):kind>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def members(society: Society, kind: str) -> Response:
    """What the roster shows under the same address, as a file."""
    return _sent(society, read_asked("members", kind, request.args))


@bp.get("/exports/")
@permit_in(Action.ROSTER_EXPORT, load_society)
def index(society: Society) -> Response:
    """The lists, and what can be chosen of each."""
    return page("exports/index.html", view=Leaving(society))


@bp.get("/exports/<any(members, units, branches, offices):what>.<any(xlsx, csv):kind>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def file(society: Society, what: str, kind: str) -> Response:
    """One of the lists, as a file."""
    return _sent(society, read_asked(what, kind, request.args))


def _sent(society: Society, asked: Asked) -> Response:
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    vault = session().info["vault"] if asked.keyed else None
    count = write_table(out, _TABLES[asked.what](society, asked), asked.kind, vault)
    _note(society.id, asked, count)
    out.seek(0)
    name = f"{asked.title}-{society.short_name}-{current.day()}.{asked.kind}"
    return send_file(out, KINDS[asked.kind], as_attachment=True, download_name=name)


def _note(society_id: int, asked: Asked, count: int) -> None:
    """Journal the export in a transaction of its own: what only read so far may not turn into a writer."""
    db.session.rollback()
    narrowed = sorted(key for key, value in request.args.items() if value)
    services.note_export(session(), society_id, count, asked.kind, narrowed, asked.what)


def _members(society: Society, asked: Asked) -> Table:
    view = RosterView(society)
    phones, allowed = finds_phones(society.id), seen(Action.ROSTER_EXPORT)
    rows = queries.every(session(), allowed, society.id, view.sought, phones=phones, seen=seen)
    columns = asked.columns or view.keys
    return roster.table(session(), society, rows, current.day(), _may(), asked.title, columns)


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


_TABLES: dict[str, Callable[[Society, Asked], Table]] = {
    "members": _members,
    "units": _units,
    "branches": _branches,
    "offices": _offices,
}
