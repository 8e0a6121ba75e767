"""The directory (会员通讯录) as the members of a society read it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from registry.core.errors import NotAllowed, NotThere
from registry.core.policy import Action
from registry.directory import queries
from registry.members.mine import load_own
from registry.societies.models import Society
from registry.societies.queries import branches, branches_on
from registry.societies.views import load_society
from registry.web import addresses, current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("directory", __name__, url_prefix="/societies/<slug>/directory")
_LONGEST = 100


@bp.get("/")
@permit_in(Action.DIRECTORY_SEE, load_society)
def index(society: Society) -> Response:
    """Nothing where the society has not opened it; it is of today, whatever day is looked at."""
    if not society.directory:
        raise NotThere
    _refuse_who_left(society)
    day = current.today()
    places = branches_on(branches(session(), society.id), day)
    typed = request.args.get("q", "").strip()[:_LONGEST]
    sought = queries.Sought(typed, addresses.number("branch"), addresses.number("after"))
    found, after = queries.page(session(), society.id, sought, day)
    return page("directory/index.html", "rows", found=found, after=after, sought=sought, places=places)


def _refuse_who_left(society: Society) -> None:
    """The account of a member outlasts the membership; the office reads what members read."""
    if current.allowed(Action.ROSTER_SEE, society):
        return
    if load_own(session(), society.slug).state_on(current.today()) != "active":
        raise NotAllowed
