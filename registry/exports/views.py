"""The roster as a file, as it is narrowed and sorted on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from tempfile import TemporaryFile

from flask import Blueprint, Response, request, send_file
from flask_babel import gettext as _

from registry.core.policy import Action, may
from registry.exports import roster, services
from registry.exports.writing import KINDS, write_table
from registry.roster import queries
from registry.roster.reach import finds_phones, seen
from registry.roster.views import RosterView
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import db, session

bp = Blueprint("exports", __name__)


@bp.get("/societies/<slug>/members/export.<any(xlsx, csv):kind>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def members(society: Society, kind: str) -> Response:
    """What the roster shows under the same address, as a file."""
    view, grants, day = RosterView(society), current.grants(), current.day()
    allowed = seen(Action.ROSTER_EXPORT)
    phones = finds_phones(society.id)
    rows = queries.every(session(), allowed, society.id, view.sought, phones=phones, seen=seen)
    asked = roster.remembered(lambda action, place: may(grants, action, place))
    table = roster.table(session(), society, rows, day, asked, _("会员名册"), _columns(view))
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    count = write_table(out, table, kind, session().info["vault"] if kind == "xlsx" else None)
    _note(society.id, count, kind)
    out.seek(0)
    name = f"{_('会员名册')}-{society.short_name}-{day}.{kind}"
    return send_file(out, KINDS[kind], as_attachment=True, download_name=name)


def _columns(view: RosterView) -> Sequence[str]:
    """Those of the screen in their order, or every one where the address asks for it."""
    if request.args.get("columns") == "all":
        return roster.EVERY
    return view.keys


def _note(society_id: int, count: int, kind: str) -> None:
    """Journal the export in a transaction of its own: what only read so far may not turn into a writer."""
    db.session.rollback()
    narrowed = sorted(key for key, value in request.args.items() if value)
    services.note_export(session(), society_id, count, kind, narrowed)
