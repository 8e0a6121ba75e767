"""The page on which a recovered account gets another password, by a mail's link or a letter's code."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from registry.accounts import recovering
from registry.accounts.activating import tries
from registry.accounts.forms import RegainForm
from registry.accounts.models import Account
from registry.accounts.telling import tell
from registry.accounts.views import begin
from registry.core.actor import Actor
from registry.core.policy import Action
from registry.web.access import permit
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, hushed, page

bp = Blueprint("regaining", __name__)


@bp.get("/recover/<secret>")
@permit(Action.PASSWORD_RESET)
def arrive(secret: str) -> Response:
    """The page with the secret filled in, whatever it opens."""
    return hushed(_page(RegainForm(formdata=None, code=secret[:80]), 200))


@bp.route("/recover", methods=["GET", "POST"])
@permit(Action.PASSWORD_RESET)
def regain() -> Response:
    """Choose another password, and go on to a new second factor; a wrong code costs a try."""
    form, now, asks = RegainForm(), datetime.now(UTC), request.remote_addr or ""
    if form.is_submitted() and tries().closed(asks, now):
        form.code.errors = [_("错的次数太多，请过 15 分钟再试")]
        return _page(form, 429)
    session().info["actor"] = Actor(None, str(_("找回账号")))
    done: list[Account] = []
    secret, password = form.code.data or "", form.password.data
    status = attempt(form, lambda: done.append(recovering.use(session(), secret, password, now)))
    if status:
        if form.code.errors and form.code.data:
            tries().miss(asks, now)
        return _page(form, status)
    tell(done[0], "recovered")
    begin(done[0])
    flash(_("密码已另定，用户名是 %(username)s；请接着设置登录验证码", username=done[0].username), "done")
    return go(url_for("factors.mine"))


def _page(form: RegainForm, status: int) -> Response:
    """A code that is not known to be wrong is carried along, and not asked for again."""
    brought = bool(form.code.data) and not form.code.errors
    return page("accounts/regain.html", "form", status, form=form, brought=brought)
