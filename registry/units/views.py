"""The list of unit members, and a unit's page with its facts, representatives and spells."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action, within
from registry.memberships import deeds
from registry.memberships.models import Membership, Representative
from registry.memberships.queries import by_id
from registry.memberships.units import edit_unit
from registry.memberships.views import load_unit_member
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.units import queries, services
from registry.units.forms import NewUnitForm, RepresentForm, StandDownForm, UnitForm
from registry.units.sheet import UnitSheet
from registry.web import addresses, current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, wants_part
from registry.web.pages import page as answer

bp = Blueprint("units", __name__, url_prefix="/societies/<slug>/units")

BOTH = ["GET", "POST"]


def load_spell(session: Session, slug: str, number: str, spell_id: int) -> Membership:
    """One of the spells of the unit under the number."""
    member = load_unit_member(session, slug, number)
    spell = by_id(session, member.society_id, spell_id)
    if spell is None or spell.unit_id != member.unit_id:
        raise NotThere
    return spell


def _sheet(spell: Membership) -> UnitSheet:
    if spell.unit is None:
        raise NotThere
    return UnitSheet(g.society, spell, spell.unit)


def _holder(spell: Membership) -> deeds.Holder:
    view = _sheet(spell)
    return deeds.Holder(view.href(), view.unit.name, current.day())


@bp.get("/")
@permit_in(Action.ROSTER_SEE, load_society)
def index(society: Society) -> Response:
    """The unit members, in force on the day or ended by then."""
    asked = request.args
    words, after = asked.get("q", "").strip()[:100], addresses.number("after")
    sought = queries.Sought(current.day(), words, asked.get("state") == "ended", after)
    allowed = within(current.grants(), Action.ROSTER_SEE, Membership)
    found = queries.rows(session(), allowed, society.id, sought)
    shown = found[: queries.PAGE]
    more = shown[-1].id if len(found) > len(shown) else None
    total = queries.count(session(), allowed, society.id, sought)
    return answer("units/index.html", "rows", rows=shown, more=more, total=total, sought=sought)


@bp.route("/new", methods=BOTH)
@permit_in(Action.MEMBERSHIP_EDIT, load_society)
def new(society: Society) -> Response:
    """A new unit member."""
    form = NewUnitForm(data={"starts_on": current.day()})
    deeds.choices(society.id, current.day(), for_units=True).offer(form)
    made: list[Membership] = []
    status = attempt(form, lambda: made.append(services.enter_unit_member(session(), society, form.entry())))
    if status:
        return answer("units/new.html", "form", status, form=form)
    flash(_("已登记，会员号 %(number)s", number=made[0].number), "done")
    return go(link("units.page", slug=society.slug, number=made[0].number))


@bp.get("/<number>")
@permit_on(Action.ROSTER_SEE, load_unit_member)
def page(spell: Membership) -> Response:
    """Everything held about a unit member."""
    return answer("units/page.html", view=_sheet(spell))


@bp.route("/<number>/facts", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_unit_member)
def facts(spell: Membership) -> Response:
    """The facts: with `?edit` edited, and saved."""
    view = _sheet(spell)
    if request.method == "GET" and "edit" not in request.args:
        return _facts(view)
    form = UnitForm(obj=view.unit)
    status = attempt(form, lambda: _edit(view, form))
    if status:
        return answer("units/facts.html", "part", status, view=view, form=form)
    return _facts(view, saved=True)


def _edit(view: UnitSheet, form: UnitForm) -> Any:
    return edit_unit(session(), view.unit, form.command(), form.version.data)


def _facts(view: UnitSheet, *, saved: bool = False) -> Response:
    if not wants_part():
        return go(view.href())
    return answer("units/facts.html", "part", view=view, form=None, saved=saved)


@bp.route("/<number>/representatives", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_unit_member)
def represent(spell: Membership) -> Response:
    """Another representative from a day on."""
    view, holder = _sheet(spell), _holder(spell)
    form = RepresentForm(data={"starts_on": current.day()})
    lead = _("单位代表是名册里的会员。现任代表到这一天为止，从这一天起由新代表行使权利。")
    wording = holder.wording(_("更换代表"), lead, _("单位代表已更换"))
    return deeds.carry_out(
        form, wording, lambda: services.set_representative(session(), view.unit, form.command())
    )


@bp.route("/<number>/representatives/<int:representative_id>/end", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_unit_member)
def stand_down(spell: Membership, representative_id: int) -> Response:
    """Nobody acts for the unit from a day on."""
    row = _representative(_sheet(spell), representative_id)
    form = StandDownForm(data={"on": current.day()})
    lead = _("从这一天起暂时无人代表；以前的记录保留。")
    wording = _holder(spell).wording(_("卸任"), lead, _("代表已卸任"), danger=True)
    return deeds.carry_out(form, wording, lambda: services.stand_down(session(), row, form.on.data))


def _representative(view: UnitSheet, representative_id: int) -> Representative:
    row = next((row for row in view.representatives if row.id == representative_id), None)
    if row is None:
        raise NotThere
    return row


@bp.route("/<number>/memberships/<int:spell_id>/change", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_spell)
def change(spell: Membership) -> Response:
    """Another category or branch from a day on."""
    return deeds.change(spell, _holder(spell))


@bp.route("/<number>/memberships/<int:spell_id>/end", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_spell)
def end(spell: Membership) -> Response:
    """No longer a member from a day on."""
    return deeds.end(spell, _holder(spell))


@bp.route("/<number>/memberships/<int:spell_id>/correct", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_spell)
def correct(spell: Membership) -> Response:
    """The register was wrong."""
    return deeds.correct(spell, _holder(spell))


@bp.route("/<number>/memberships/<int:spell_id>/void", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_spell)
def void(spell: Membership) -> Response:
    """It was never true."""
    return deeds.void(spell, _holder(spell))
