"""A member's page, its sections, documents and spells, and the entry of new members."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action
from registry.memberships.models import Membership
from registry.memberships.views import load_member
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web.access import permit_in, permit_on
from registry.web.pages import page as answer

bp = Blueprint("members", __name__, url_prefix="/societies/<slug>/members")


@bp.route("/new", methods=["GET", "POST"])
@permit_in(Action.MEMBERSHIP_EDIT, load_society)
def new(society: Society) -> Response:
    """A new member, entered by hand."""
    return answer("members/page.html", spell=None)


@bp.get("/<number>")
@permit_on(Action.MEMBERSHIP_SEE, load_member)
def page(spell: Membership) -> Response:
    """Everything held about a member."""
    return answer("members/page.html", spell=spell)


@bp.route("/<number>/sections/<section>", methods=["GET", "POST"])
@permit_on(Action.MEMBERSHIP_SEE, load_member)
def section(spell: Membership, section: str) -> Response:
    """One section, to be edited in place."""
    return answer("members/page.html", spell=spell)
