"""The pages for a forgotten password: a link is asked for by address, and opens one page."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _

from registry.accounts import forgotten
from registry.accounts.forms import ForgotForm, ResetForm
from registry.accounts.telling import flooded
from registry.core.actor import Actor
from registry.core.policy import Action
from registry.mail import services as mail
from registry.mail.sending import available
from registry.web.access import permit
from registry.web.addresses import whole
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.languages import speaks
from registry.web.pages import go, hushed, page

bp = Blueprint("resetting", __name__)


@bp.route("/forgot", methods=["GET", "POST"])
@permit(Action.PASSWORD_RESET)
def forgot() -> Response:
    """Ask for a link; the answer tells nobody whether the address is known."""
    form = ForgotForm()
    status = (
        attempt(form, lambda: _send(form.address.data))
        if available()
        else 422
        if form.is_submitted()
        else 200
    )
    if status:
        return page("accounts/forgot.html", "form", status, form=form, mails=available())
    flash(_("如果这个邮箱有账号，信已经发出，请在一小时之内打开信里的链接"), "done")
    return go(url_for("accounts.sign_in"))


def _send(address: str) -> None:
    if flooded(address):
        return
    asked = forgotten.ask(session(), address, datetime.now(UTC))
    where = whole("resetting.arrive", secret=asked.secret)
    mail.post(session(), 0, asked.email, "reset", speaks(), name=asked.name, link=where)


@bp.get("/reset/<secret>")
@permit(Action.PASSWORD_RESET)
def arrive(secret: str) -> Response:
    """The page to which the link leads, whatever it opens."""
    form = ResetForm(formdata=None, secret=secret[:80])
    return hushed(page("accounts/reset.html", "form", 200, form=form))


@bp.post("/reset")
@permit(Action.PASSWORD_RESET)
def reset() -> Response:
    """Another password; it ends every session of the account."""
    form, now = ResetForm(), datetime.now(UTC)
    session().info["actor"] = Actor(None, str(_("重设密码")))
    secret, password = form.secret.data or "", form.password.data
    status = attempt(form, lambda: forgotten.reset(session(), secret, password, now))
    if status:
        return page("accounts/reset.html", "form", status, form=form)
    flash(_("密码已重设，请用新密码登录"), "done")
    return go(url_for("accounts.sign_in"))
