"""What others changed in the rows that a page shows, for pages that stay open."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action, within
from registry.memberships.models import Membership
from registry.roster import recent
from registry.roster.views import RosterView
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import addresses, current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("live", __name__)


@bp.get("/societies/<slug>/members/changes")
@permit_in(Action.ROSTER_SEE, load_society)
def changes(society: Society) -> Response:
    """The rows of the page in this address changed after act `since`; nothing where nothing was done."""
    since, newest = addresses.number("since"), recent.newest(session(), society.id)
    if since is None or since == newest.id:
        return Response(status=204)
    view = RosterView(society, newest)
    changed = recent.people(session(), society.id, since)
    rows = [row for row in view.page.rows if changed is None or row.person_id in changed]
    allowed = within(current.grants(), Action.ROSTER_SEE, Membership)
    numbers = recent.numbers(session(), allowed, society.id, changed or ())
    entered = recent.entered(session(), view.roster.clauses(), society.id, since) if changed else ()
    return page(
        "roster/changes.html",
        view=view,
        rows=view.writing.rows(rows),
        numbers=numbers,
        entered=entered,
        many=changed is None,
    )
