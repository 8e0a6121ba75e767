"""Integrity records of a member: put on record, and lifted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, g, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies.forms import DeedForm
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.integrity import forms, queries, services
from registry.integrity.models import IntegrityRecord
from registry.memberships.models import Membership
from registry.memberships.views import load_member
from registry.web import current
from registry.web.access import permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("integrity", __name__, url_prefix="/societies/<slug>/members/<number>/integrity")
BOTH = ["GET", "POST"]


def load_record(session: Session, slug: str, number: str, record_id: int) -> IntegrityRecord:
    """A record of the member under the number."""
    spell = load_member(session, slug, number)
    row = queries.one(session, spell.society_id, record_id)
    if row is None or row.person_id != spell.person_id:
        raise NotThere
    return row


@bp.route("/new", methods=BOTH)
@permit_on(Action.INTEGRITY_EDIT, load_member)
def new(spell: Membership) -> Response:
    """Put on record what an authority found."""
    form, today, person = forms.FindForm(), current.today(), spell.person_id or 0
    deed = lambda: services.record(session(), spell.society_id, person, form.command(), today)  # noqa: E731
    return _done(form, deed, _("登记诚信记录"), _("已登记"))


@bp.route("/<int:record_id>/lift", methods=BOTH)
@permit_on(Action.INTEGRITY_EDIT, load_record)
def lift(row: IntegrityRecord) -> Response:
    """It weighs no longer."""
    form = forms.LiftForm(data={"on": current.today()})
    deed = lambda: services.lift(session(), row, form.why.data, form.on.data)  # noqa: E731
    return _done(form, deed, _("解除诚信记录"), _("已解除，记录仍在"))


def _done(form: DeedForm, deed: Callable[[], Any], title: str, told: str) -> Response:
    number = (request.view_args or {})["number"]
    back = link("members.page", slug=g.society.slug, number=number) + "#integrity"
    status = attempt(form, deed)
    if status is None:
        flash(told, "done")
        return go(back)
    return page("integrity/form.html", "form", status, form=form, title=title, back=back)
