"""A member's page on privacy: who may see, who did, what was agreed to, and a copy to take along."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from registry.accounts.services import prove
from registry.accounts.words import ROLES
from registry.consents import services as consents
from registry.consents.purposes import DUTY, DUTY_TITLE
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.members.mine import load_own, own_societies
from registry.memberships.models import Membership
from registry.privacy import copying, queries, requests, services
from registry.privacy.forms import AskForm
from registry.privacy.further import further, words
from registry.privacy.mine import Mine, mine
from registry.privacy.models import ERASURE_STATES, ErasureState
from registry.privacy.outlook import outlook
from registry.web import current
from registry.web.access import permit, permit_on
from registry.web.database import db, session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import from_htmx, go
from registry.web.pages import page as answer

bp = Blueprint("privacy", __name__, url_prefix="/me/privacy")


def _show(view: Mine) -> Response:
    context: dict[str, Any] = {"societies": own_societies(), "roles": ROLES, "duty": (DUTY_TITLE, DUTY)}
    context["states"] = ERASURE_STATES
    return answer("privacy/page.html", "consents", view=view, **context)


@bp.get("")
@permit(Action.PRIVACY_SEE)
def index() -> Response:
    """The privacy of the first of the reader's entries."""
    return _show(mine(load_own(session(), own_societies()[0].slug)))


@bp.get("/<slug>")
@permit_on(Action.PRIVACY_SEE, load_own)
def page(spell: Membership) -> Response:
    """Who can see the entry, who did, and what its holder can do about it."""
    return _show(mine(spell))


@bp.post("/<slug>/consents/<key>")
@permit_on(Action.CONSENT_GIVE, load_own)
def consent(spell: Membership, key: str) -> Response:
    """Agree to a purpose, or take it back."""
    view, given = mine(spell), request.form.get("given") == "yes"
    standing = next((row for row in view.consents or () if row.key == key), None)
    if standing is None:
        raise NotThere
    consents.decide(session(), spell.society_id, view.person.id, standing, given=given, paper=None)
    if from_htmx():
        return _show(mine(spell))
    flash(_("已记下您的决定") if given else _("已记下：您不同意"), "done")
    return go(link("privacy.page", slug=view.society.slug, _anchor="consents"))


@bp.get("/<slug>/copy")
@permit_on(Action.PRIVACY_SEE, load_own)
def copy(spell: Membership) -> Response:
    """All that is held, to read and to print."""
    view, now = mine(spell), datetime.now(UTC)
    return answer("privacy/copy.html", view=view, held=_taken(view, now), at=now, words=words)


@bp.get("/<slug>/copy.json")
@permit_on(Action.PRIVACY_SEE, load_own)
def copy_file(spell: Membership) -> Response:
    """The same as a file for machines, with its keys explained."""
    view = mine(spell)
    text = json.dumps(_taken(view, datetime.now(UTC)), ensure_ascii=False, indent=2)
    name = f"registry-{view.society.slug}-{view.spell.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="application/json", headers=headers)


def _taken(view: Mine, now: datetime) -> Mapping[str, Any]:
    """The document, journalled: what only read so far may not turn into a writer."""
    keys = (view.society.id, view.ids)
    beside = queries.beside(session(), *keys) | {"further": further(session(), *keys)}
    held = copying.document(view, beside, now)
    society_id, person_id = view.society.id, view.person.id
    db.session.rollback()
    services.note_copy(session(), society_id, person_id)
    return held


@bp.route("/<slug>/erasure", methods=["GET", "POST"])
@permit_on(Action.ERASURE_ASK, load_own)
def erasure(spell: Membership) -> Response:
    """Ask to be erased; the password is asked once more, and a wrong one counts as at the door."""
    view, form, who = mine(spell), AskForm(), current.reader()
    if who is None:
        raise NotThere
    if form.validate_on_submit() and not _proved(who, form):
        status: int | None = 422
    else:
        status = attempt(
            form, lambda: requests.ask(session(), view.person, form.words.data or "", by_self=True)
        )
    if status:
        seen = outlook(session(), view.person, current.today())
        return answer("privacy/erasure.html", "form", status, view=view, form=form, seen=seen)
    flash(_("已提出，学会秘书处会看到；结果写在这一页上"), "done")
    return go(link("privacy.page", slug=view.society.slug, _anchor="erasure"))


def _proved(who: current.Reader, form: AskForm) -> bool:
    """The counted failure must stay although the answer is a refusal."""
    if prove(session(), who.username, form.password.data, datetime.now(UTC)) is not None:
        return True
    db.session.commit()
    form.password.errors = [_("密码不对")]
    return False


@bp.post("/<slug>/erasure/withdraw")
@permit_on(Action.ERASURE_ASK, load_own)
def withdraw(spell: Membership) -> Response:
    """Take the wish back while it waits."""
    view = mine(spell)
    if view.erasure is None or view.erasure.state != ErasureState.ASKED:
        raise NotThere
    requests.withdraw(session(), view.erasure)
    flash(_("已撤回，您的资料不会删除"), "done")
    return go(link("privacy.page", slug=view.society.slug, _anchor="erasure"))
