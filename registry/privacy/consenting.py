"""The office's side of consent: how many agreed, whom they are asked for abroad, and what came on paper."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, request
from flask_babel import gettext as _

from registry.consents import queries, services
from registry.consents.purposes import ABROAD, ALWAYS, DUTY, DUTY_TITLE, PURPOSES
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.members.sheet import Sheet
from registry.memberships.deeds import Wording, carry_out
from registry.memberships.models import Membership
from registry.memberships.views import load_member
from registry.privacy.forms import PaperForm, RecipientForm
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("consents", __name__, url_prefix="/societies/<slug>")

BOTH = ["GET", "POST"]


@bp.get("/consents/")
@permit_in(Action.CONSENT_EDIT, load_society)
def index(society: Society) -> Response:
    """How many agreed to what, and the recipients abroad."""
    named = queries.recipients(session(), society.id)
    asked = [(purpose, None) for purpose in ALWAYS] + [(PURPOSES[ABROAD], row) for row in named]
    tallies = queries.tallies(session(), society.id)
    return page("consents/index.html", None, asked=asked, tallies=tallies, duty=(DUTY_TITLE, DUTY))


@bp.post("/consents/directory")
@permit_in(Action.CONSENT_EDIT, load_society)
def directory(society: Society) -> Response:
    """Open the members' directory, or close it."""
    opened = request.form.get("opened") == "yes"
    services.set_directory(session(), society, opened=opened)
    flash(_("会员通讯录已开放") if opened else _("会员通讯录已关闭"), "done")
    return go(link("consents.index", slug=society.slug))


@bp.route("/consents/recipients/new", methods=BOTH)
@permit_in(Action.CONSENT_EDIT, load_society)
def recipient(society: Society) -> Response:
    """Name somebody abroad, of whom members are then asked."""
    form = RecipientForm()
    lead = _("下面七项会原样给会员看，由每位会员单独同意。登记以后不能改；要改，就停用这一个，另登记一个。")
    back = link("consents.index", slug=society.slug)
    wording = Wording(_("登记境外接收方"), lead, _("已登记，会员可以决定是否同意"), back)
    return carry_out(form, wording, lambda: services.name_recipient(session(), society.id, form.command()))


@bp.post("/consents/recipients/<int:recipient_id>/end")
@permit_in(Action.CONSENT_EDIT, load_society)
def end(society: Society, recipient_id: int) -> Response:
    """Nothing is given to this one any more."""
    row = queries.recipient_of(session(), society.id, recipient_id)
    if row is None:
        raise NotThere
    services.end_recipient(session(), row)
    flash(_("已停用，不再问会员"), "done")
    return go(link("consents.index", slug=society.slug))


@bp.get("/members/<number>/consents")
@permit_on(Action.CONSENT_EDIT, load_member)
def of_member(spell: Membership) -> Response:
    """What one member agreed to, and how it came about."""
    return page("consents/member.html", None, view=_sheet(spell))


@bp.route("/members/<number>/consents/<key>", methods=BOTH)
@permit_on(Action.CONSENT_EDIT, load_member)
def paper(spell: Membership, key: str) -> Response:
    """Record what a member signed on paper."""
    view = _sheet(spell)
    standing = next((row for row in view.consents or () if row.key == key), None)
    if standing is None:
        raise NotThere
    form = PaperForm(data={"signed_on": current.today()}).offer(standing.purpose.offers)
    title = _("录入书面同意：%(purpose)s", purpose=_(standing.purpose.title))
    back = link("consents.of_member", slug=g.society.slug, number=spell.number)
    wording = Wording(title, _(standing.purpose.wording), _("已录入"), back, view.person.name)
    keys = (spell.society_id, view.person.id, standing)
    return carry_out(
        form,
        wording,
        lambda: services.decide(session(), *keys, given=form.agreed, paper=form.command(), facts=form.chosen),
    )


def _sheet(spell: Membership) -> Sheet:
    if spell.person is None:
        raise NotThere
    return Sheet(g.society, spell, spell.person)
