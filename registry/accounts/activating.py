"""The page on which whoever was invited opens the account, by the link of a mail or the code of a letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from registry.accounts import inviting
from registry.accounts.forms import ActivateForm
from registry.core.actor import Actor
from registry.core.policy import Action
from registry.web import current
from registry.web.access import permit
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page
from registry.web.throttle import Throttle

bp = Blueprint("activating", __name__)

KEPT = "activation"
MISSES, WITHIN = 30, timedelta(minutes=15)


@bp.get("/activate/<secret>")
@permit(Action.ACCOUNT_ACTIVATE)
def arrive(secret: str) -> Response:
    """Take the secret out of the address at once: it goes on in the cookie of this browser alone."""
    cookie[KEPT] = secret[:80]
    answer: Response = redirect(url_for("activating.activate"), 303)  # type: ignore[assignment]
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/activate", methods=["GET", "POST"])
@permit(Action.ACCOUNT_ACTIVATE)
def activate() -> Response:
    """Choose a user name and a password; a wrong code costs a try."""
    form, now = ActivateForm(code=cookie.get(KEPT)), datetime.now(UTC)
    if form.is_submitted() and _tries().closed(request.remote_addr or "", now):
        form.code.errors = [_("错的次数太多，请过 15 分钟再试")]
        return page("accounts/activate.html", "form", 429, form=form, brought=False)
    session().info["actor"] = Actor(None, str(_("开通账号")))
    status = attempt(form, lambda: inviting.accept(session(), form.command(), now, current.today()))
    if status:
        _count(form, now)
        brought = bool(form.code.data) and form.code.data == cookie.get(KEPT)
        return page("accounts/activate.html", "form", status, form=form, brought=brought)
    cookie.pop(KEPT, None)
    flash(_("账号已开通，请用刚才定的用户名和密码登录"), "done")
    return go(url_for("accounts.sign_in"))


def _count(form: ActivateForm, now: datetime) -> None:
    if form.code.errors and form.code.data:
        cookie.pop(KEPT, None)
        _tries().miss(request.remote_addr or "", now)


def _tries() -> Throttle:
    found: Throttle = current_app.extensions.setdefault("activation_tries", Throttle(MISSES, WITHIN))
    return found
