"""What is behind the link or code: all that is needed to say yes, and how to sign in for more."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from registry.confirmations import services
from registry.confirmations.masking import masked
from registry.core.actor import Actor
from registry.core.policy import Action
from registry.societies.models import Society
from registry.web import current
from registry.web.access import permit
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("confirming", __name__, url_prefix="/confirm")


@bp.get("")
@permit(Action.CONFIRM)
def index() -> Response:
    """Where a code from a letter is typed."""
    code = request.args.get("code", "")
    return _show(code) if code else page("confirmations/answer.html", secret="", found=None)


@bp.route("/<secret>", methods=["GET", "POST"])
@permit(Action.CONFIRM)
def link(secret: str) -> Response:
    """GET only shows: programs that look through mail open every link. POST confirms."""
    if request.method == "GET":
        return _show(secret)
    now = datetime.now(UTC)
    found = services.behind(session(), secret, now)
    if found is None:
        return page("confirmations/answer.html", None, 422, secret=secret, found=None)
    if current.reader() is None:
        session().info["actor"] = Actor(None, str(_("本人（确认链接）")))
    person = services.answer(session(), found[0], current.today(), now)
    return page("confirmations/answer.html", done=True, secret="", found=person)


def _show(secret: str) -> Response:
    found = services.behind(session(), secret, datetime.now(UTC))
    if found is None:
        return page("confirmations/answer.html", secret=secret, found=None)
    person = found[1]
    where = session().get_one(Society, person.society_id)
    facts = masked(person)
    return page("confirmations/answer.html", secret=secret, found=person, facts=facts, where=where)
