"""One's own password, and a recovery that one did not ask for."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _

from registry.accounts import recovering, services, ways
from registry.accounts.forms import OwnPasswordForm
from registry.accounts.views import begin
from registry.core.policy import Action
from registry.web.access import permit, signed_in
from registry.web.database import db, session
from registry.web.deeds import attempt
from registry.web.pages import go, page

bp = Blueprint("own_account", __name__)


@bp.route("/me/password", methods=["GET", "POST"])
@permit(Action.SESSIONS_KEEP)
def password() -> Response:
    """Change it: by whoever knows the one in force, and every other session ends."""
    who, form, now = signed_in(), OwnPasswordForm(), datetime.now(UTC)
    if not form.validate_on_submit():
        return page("accounts/password.html", "form", 422 if form.is_submitted() else 200, form=form)
    account = services.prove(session(), who.username, form.now.data, now)
    if account is None:
        # The counted failure must stay although the answer is a refusal.
        db.session.commit()
        form.now.errors = [_("现在的密码不对；连续输错 5 次后，账号停用 15 分钟")]
        return page("accounts/password.html", "form", 422, form=form)
    status = attempt(form, lambda: services.set_password(session(), account, form.password.data))
    if status:
        return page("accounts/password.html", "form", status, form=form)
    begin(account)
    flash(_("密码已改，其他各处都已退出登录"), "done")
    return go(url_for("accounts.mine"))


@bp.post("/me/recovery/refuse")
@permit(Action.SESSIONS_KEEP)
def refuse_recovery() -> Response:
    """Who can still sign in needs no other way, and stops whoever asked for one."""
    who, now = signed_in(), datetime.now(UTC)
    for row in ways.waiting(session(), who.account_id, now):
        recovering.withdraw(session(), row, now)
    flash(_("已撤回找回账号的申请；如果不是您要求的，请告诉秘书处"), "done")
    return go(url_for("accounts.mine"))
