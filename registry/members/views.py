"""A member's page, its sections, documents and spells, and the entry of new members."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, g, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.members import editing, queries, services
from registry.members.forms import DocumentForm, NewMemberForm, RevealForm
from registry.members.sheet import Sheet
from registry.memberships import deeds, forms
from registry.memberships import services as memberships
from registry.memberships.models import Membership
from registry.memberships.queries import by_id
from registry.memberships.views import load_member
from registry.people import services as people
from registry.people.fields import SECTION
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.tags.views import borne
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go
from registry.web.pages import page as answer

bp = Blueprint("members", __name__, url_prefix="/societies/<slug>/members")

BOTH = ["GET", "POST"]


def load_spell(session: Session, slug: str, number: str, spell_id: int) -> Membership:
    """One of the spells of the member under the number."""
    member = load_member(session, slug, number)
    spell = by_id(session, member.society_id, spell_id)
    if spell is None or spell.person_id != member.person_id:
        raise NotThere
    return spell


def _sheet(spell: Membership) -> Sheet:
    if spell.person is None:
        raise NotThere
    return Sheet(g.society, spell, spell.person)


def _holder(spell: Membership) -> deeds.Holder:
    view = _sheet(spell)
    return deeds.Holder(f"{view.href}#memberships", view.person.name, current.day())


@bp.route("/new", methods=BOTH)
@permit_in(Action.MEMBERSHIP_EDIT, load_society)
def new(society: Society) -> Response:
    """A new member, entered by hand."""
    form = NewMemberForm(data={"starts_on": current.day(), "region": "CN"})
    deeds.choices(society.id, current.day()).offer(form)
    made: list[Membership] = []
    known: list[Any] = []

    def enter() -> None:
        try:
            made.append(services.enter_member(session(), society, form.entry()))
        except services.AlreadyKnown as error:
            known.extend(error.known)
            raise

    status = attempt(form, enter)
    if status:
        return answer("members/new.html", "form", status, form=form, known=known)
    flash(_("已登记，会员号 %(number)s", number=made[0].number), "done")
    return go(link("members.page", slug=society.slug, number=made[0].number))


@bp.get("/<number>")
@permit_on(Action.ROSTER_SEE, load_member)
def page(spell: Membership) -> Response:
    """Everything held about a member; an older number, also of a merged entry, leads to the present one."""
    if request.view_args and request.view_args["number"] != spell.number:
        return go(link("members.page", slug=g.society.slug, number=spell.number))
    return answer("members/page.html", view=_sheet(spell), spell=spell, **borne(spell))


@bp.route("/<number>/sections/<section>", methods=BOTH)
@permit_on(Action.ROSTER_SEE, load_member)
def section(spell: Membership, section: str) -> Response:
    """One section: read, with `?edit` edited, and saved."""
    if section not in SECTION:
        raise NotThere
    return editing.section(_sheet(spell), SECTION[section], memberships.edit_member)


@bp.route("/<number>/documents", methods=BOTH)
@permit_on(Action.DOCUMENT_EDIT, load_member)
def add_document(spell: Membership) -> Response:
    """One more identity document."""
    form, view = DocumentForm(), _sheet(spell)

    def add() -> None:
        people.add_document(session(), view.person, form.command())
        memberships.mirror(session(), view.person)

    status = attempt(form, add)
    if status:
        return answer("members/document.html", "form", status, form=form, view=view)
    flash(_("证件已登记"), "done")
    return go(f"{view.href}#documents")


@bp.route("/<number>/documents/<int:document_id>/reveal", methods=BOTH)
@permit_on(Action.DOCUMENT_REVEAL, load_member)
def reveal(spell: Membership, document_id: int) -> Response:
    """The number in clear, once, for a reason that the member can read."""
    form, view, clear = RevealForm(), _sheet(spell), list[str]()
    document = queries.document(session(), spell.society_id, view.person.id, document_id)
    if document is None:
        raise NotThere
    status = attempt(form, lambda: clear.append(people.reveal(session(), document, form.reason.data)))
    context = {"form": form, "view": view, "document": document, "clear": "".join(clear)}
    return answer("members/reveal.html", "form", status or 200, **context)


@bp.route("/<number>/memberships", methods=BOTH)
@permit_on(Action.MEMBERSHIP_EDIT, load_member)
def readmit(spell: Membership) -> Response:
    """A new spell of somebody who was a member before."""
    view, holder = _sheet(spell), _holder(spell)
    form = forms.admit_form(deeds.choices(spell.society_id, holder.day))
    lead = _("以前的会籍保留原样；会员号不填则沿用 %(number)s。", number=spell.number)

    def admit() -> None:
        command = form.command()
        known = replace(command, number=command.number or spell.number)
        memberships.admit(session(), view.society, view.person, known)

    return deeds.carry_out(form, holder.wording(_("重新入会"), lead, _("已重新入会")), admit)


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
