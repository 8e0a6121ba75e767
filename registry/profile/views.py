"""A member's own page: everything held, and what the member corrects alone."""

from __future__ import annotations

from flask import Blueprint, Response, flash
from flask_babel import gettext as _

from registry.confirmations import services as confirmations
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.members import editing
from registry.members.mine import load_own, own_societies, own_society
from registry.memberships.models import Membership
from registry.memberships.services import edit_member
from registry.people.fields import SECTION
from registry.profile.own import OwnSheet
from registry.web import current
from registry.web.access import permit, permit_on
from registry.web.database import session
from registry.web.pages import go
from registry.web.pages import page as answer

bp = Blueprint("profile", __name__, url_prefix="/me")


def sheet(spell: Membership) -> OwnSheet:
    """The page of a spell that `load_own` found."""
    if spell.person is None:
        raise NotThere
    return OwnSheet(own_society(spell), spell, spell.person)


def _show(spell: Membership) -> Response:
    return answer("profile/page.html", view=sheet(spell), societies=own_societies())


@bp.get("")
@permit(Action.PROFILE_SEE)
def index() -> Response:
    """What the first of the reader's societies holds."""
    return _show(load_own(session(), own_societies()[0].slug))


@bp.get("/<slug>")
@permit_on(Action.PROFILE_SEE, load_own)
def page(spell: Membership) -> Response:
    """What one society holds about the reader."""
    return _show(spell)


@bp.post("/<slug>/confirm")
@permit_on(Action.CONFIRM_OWN, load_own)
def confirm(spell: Membership) -> Response:
    """All that stands here is still true."""
    view = sheet(spell)
    confirmations.confirm(session(), view.person, current.today())
    flash(_("谢谢，已记下您的确认"), "done")
    return go(view.href)


@bp.route("/<slug>/sections/<section>", methods=["GET", "POST"])
@permit_on(Action.PROFILE_SEE, load_own)
def section(spell: Membership, section: str) -> Response:
    """One section of the own entry; what is edited here is decided by the table of rights."""
    if section not in SECTION:
        raise NotThere
    return editing.section(sheet(spell), SECTION[section], edit_member)
