"""A member's own page: everything held, and what the member corrects alone."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from registry.confirmations import services as confirmations
from registry.consents import services as consents
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.members import editing
from registry.members.mine import load_own, own_societies, own_society
from registry.memberships.models import Membership
from registry.memberships.services import edit_member
from registry.people.fields import SECTION
from registry.profile.forms import VisibleForm
from registry.profile.own import OwnSheet
from registry.web import current
from registry.web.access import permit, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import from_htmx, go, wants_part
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


@bp.route("/<slug>/visible", methods=["GET", "POST"])
@permit_on(Action.CONSENT_GIVE, load_own)
def visible(spell: Membership) -> Response:
    """What fellow members may see: read, with `?edit` its form, POST saves."""
    view = sheet(spell)
    if request.method == "GET" and "edit" not in request.args:
        return _visible(view, None) if wants_part() else go(f"{view.href}#visible")
    form = VisibleForm(view.directory)
    status = attempt(form, lambda: _choose(view, form))
    if status:
        return _visible(view, form, status)
    return _visible(sheet(spell), None) if from_htmx() else go(f"{view.href}#visible")


def _choose(view: OwnSheet, form: VisibleForm) -> None:
    keys = (view.society.id, view.person.id, view.directory)
    consents.decide(session(), *keys, given=form.listed.data, paper=None, facts=form.facts.data or ())


def _visible(view: OwnSheet, form: VisibleForm | None, status: int = 200) -> Response:
    return answer("profile/page.html", "visible", status, view=view, choosing=form, societies=own_societies())
