"""The page on which whoever was invited opens the account, by the link of a mail or the code of a letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from registry.accounts import inviting
from registry.accounts.forms import ActivateForm
from registry.core.actor import Actor
from registry.core.policy import Action
from registry.web import current
from registry.web.access import permit
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, hushed, page
from registry.web.throttle import Throttle

bp = Blueprint("activating", __name__)

MISSES, WITHIN = 30, timedelta(minutes=15)


@bp.get("/activate/<secret>")
@permit(Action.ACCOUNT_ACTIVATE)
def arrive(secret: str) -> Response:
    """The page with the secret filled in."""
    return hushed(_page(ActivateForm(formdata=None, code=secret[:80]), 200))


@bp.route("/activate", methods=["GET", "POST"])
@permit(Action.ACCOUNT_ACTIVATE)
def activate() -> Response:
    """Choose a user name and a password; a wrong code costs a try."""
    form, now, asks = ActivateForm(), datetime.now(UTC), request.remote_addr or ""
    if form.is_submitted() and tries().closed(asks, now):
        form.code.errors = [_("错的次数太多，请过 15 分钟再试")]
        return _page(form, 429)
    session().info["actor"] = Actor(None, str(_("开通账号")))
    status = attempt(form, lambda: inviting.accept(session(), form.command(), now, current.today()))
    if status:
        if form.code.errors and form.code.data:
            tries().miss(asks, now)
        return _page(form, status)
    flash(_("账号已开通，请用刚才定的用户名和密码登录"), "done")
    return go(url_for("accounts.sign_in"))


def _page(form: ActivateForm, status: int) -> Response:
    """A code that is not known to be wrong is carried along, and not asked for again."""
    brought = bool(form.code.data) and not form.code.errors
    return page("accounts/activate.html", "form", status, form=form, brought=brought)


def tries() -> Throttle:
    """Wrong codes by where they come from, of whatever letter."""
    found: Throttle = current_app.extensions.setdefault("activation_tries", Throttle(MISSES, WITHIN))
    return found
