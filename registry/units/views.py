"""The list of unit members, and a unit's page."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action
from registry.memberships.models import Membership
from registry.memberships.views import load_unit_member
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web.access import permit_in, permit_on
from registry.web.pages import page as answer

bp = Blueprint("units", __name__, url_prefix="/societies/<slug>/units")


@bp.get("/")
@permit_in(Action.ROSTER_SEE, load_society)
def index(society: Society) -> Response:
    """The unit members of a society."""
    return answer("units/index.html")


@bp.route("/new", methods=["GET", "POST"])
@permit_in(Action.MEMBERSHIP_EDIT, load_society)
def new(society: Society) -> Response:
    """A new unit member."""
    return answer("units/index.html")


@bp.get("/<number>")
@permit_on(Action.MEMBERSHIP_SEE, load_unit_member)
def page(spell: Membership) -> Response:
    """Everything held about a unit member."""
    return answer("units/index.html", spell=spell)
