"""The member asks for a change of what the office alone may change, and takes it back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotAllowed, NotThere
from registry.core.policy import Action
from registry.members.mine import load_own
from registry.memberships.models import Membership
from registry.people.fields import SECTION
from registry.profile.own import OwnSheet
from registry.profile.views import sheet
from registry.proposals import forms, queries, services
from registry.proposals.showing import Case
from registry.proposals.subjects import CATEGORY, DOCUMENT, label, proposable
from registry.societies.queries import categories
from registry.web import current
from registry.web.access import permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page

bp = Blueprint("own_proposals", __name__, url_prefix="/me/<slug>/proposals")
BOTH = ["GET", "POST"]


def load_case(session: Session, slug: str, proposal_id: int) -> Case | None:
    """A proposal of the reader's own."""
    spell = load_own(session, slug)
    proposal = queries.one(session, spell.society_id, proposal_id)
    if proposal is None or proposal.person_id not in sheet(spell).ids:
        return None
    return Case(session, proposal, spell, sheet(spell).person)


@bp.route("/new/<what>", methods=BOTH)
@permit_on(Action.PROPOSAL_MAKE, load_own)
def propose(spell: Membership, what: str) -> Response:
    """Ask for a change: of the facts of a section, of the category, or for one more document."""
    view = sheet(spell)
    form, command = _form(view, what)
    now = datetime.now(UTC)
    status = attempt(form, lambda: services.propose(session(), spell, command(form), now))
    if status is None:
        flash(_("已提交。秘书处审核后，结果会写在这一页上"), "done")
        return go(f"{view.href}#proposals")
    title = label(what) if what not in SECTION else SECTION[what].label
    return page("profile/propose.html", "form", status, form=form, view=view, what=what, title=title)


def _form(view: OwnSheet, what: str) -> tuple[Any, Any]:
    """The form, and how it is read."""
    if what == DOCUMENT:
        return forms.ProposeDocumentForm(), forms.ProposeDocumentForm.proposal
    if what == CATEGORY:
        form = forms.ProposeCategoryForm()
        form.offer(categories(session(), view.society.id), view.spell.category_id)
        return form, forms.ProposeCategoryForm.proposal
    if what not in SECTION:
        raise NotThere
    facts = proposable(SECTION[what], current.grants(), view.spell)
    if not facts:
        raise NotAllowed
    return forms.propose_form(facts, view.person), forms.proposed


@bp.post("/<int:proposal_id>/withdraw")
@permit_on(Action.PROPOSAL_MAKE, load_case)
def withdraw(case: Case) -> Response:
    """Take back what was not judged yet."""
    services.withdraw(session(), case.proposal, datetime.now(UTC))
    flash(_("已撤回"), "done")
    return go(f"{sheet(case.spell).href}#proposals")
