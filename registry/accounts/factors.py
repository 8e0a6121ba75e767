"""The second factor on pages: set up by its owner, asked for after the password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import segno
from flask import Blueprint, Flask, Response, current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from markupsafe import Markup

from registry.accounts import factor, services
from registry.accounts.forms import CodeForm
from registry.accounts.models import Account
from registry.accounts.views import HALF, begin
from registry.core.actor import Actor
from registry.core.policy import Action
from registry.web import current
from registry.web.access import permit, signed_in
from registry.web.addresses import own_path
from registry.web.database import db, session
from registry.web.deeds import attempt
from registry.web.pages import go, page

bp = Blueprint("factors", __name__)
PATIENCE = timedelta(minutes=10)
"""How long a proved password waits for its code."""
FREE = frozenset(
    {"factors.mine", "factors.off", "accounts.sign_out", "accounts.policy", "languages.choose", "static"}
)
"""Where one may be before the factor that is required is set up."""


def init_app(app: Flask) -> None:
    """Where a second factor is required, nothing else comes before it."""
    app.before_request(_lead)


def _lead() -> Any:
    who = current.reader()
    if who is None or who.factor or not required(who) or request.endpoint in FREE:
        return None
    flash(_("您的角色要求登录时再输一次手机上的验证码，请先设置"), "warning")
    return go(url_for("factors.mine"))


def required(who: current.Reader) -> bool:
    """Whoever works on more than the own entry needs two, where the installation says so."""
    return bool(current_app.extensions["registry"].second_factor) and any(
        grant.person_id is None for grant in who.grants
    )


def _half() -> Account | None:
    key, at, proof = cookie.get(HALF, (0, 0.0, ""))
    if datetime.now(UTC).timestamp() - at > PATIENCE.total_seconds():
        return None
    account = services.usable(session(), key, datetime.now(UTC))
    return account if account and services.half_proof(session(), account) == proof else None


@bp.route("/login/code", methods=["GET", "POST"])
@permit(Action.SIGN_IN)
def code() -> Response:
    """The code of the app, or one of those kept for its loss."""
    form, account = CodeForm(), _half()
    if not form.validate_on_submit() or account is None:
        status = 422 if form.is_submitted() else 200
        return page("accounts/code.html", "form", status, form=form, waiting=account is not None)
    session().info["actor"] = Actor(None, str(_("登录页")))
    if not factor.passes(session(), account, form.code.data, datetime.now(UTC)):
        # The counted failure must stay although the answer is a refusal.
        db.session.commit()
        form.code.errors = [_("验证码不对；连续输错 5 次后，账号停用 15 分钟")]
        return page("accounts/code.html", "form", 422, form=form, waiting=True)
    begin(account)
    return redirect(own_path(request.args.get("next", "")) or url_for("overview.index"), 303)  # type: ignore[return-value]


@bp.route("/me/factor", methods=["GET", "POST"])
@permit(Action.SESSIONS_KEEP)
def mine() -> Response:
    """Set it up: scan, and prove by a code; then the codes for its loss, once."""
    account = session().get_one(Account, signed_in().account_id)
    if account.totp_since is not None:
        return _in_force(account)
    if request.form.get("deed") == "begin":
        factor.begin(session(), account)
    if account.totp is None:
        status = 422 if request.method == "POST" else 200
        return page("accounts/factor.html", None, status, account=account)
    return _confirm(account)


def _in_force(account: Account, status: int = 200) -> Response:
    left = factor.left(session(), account.id)
    return page("accounts/factor.html", None, status, account=account, left=left)


def _confirm(account: Account) -> Response:
    form, codes = CodeForm(), list[str]()
    begun = request.form.get("deed") == "begin"

    def deed() -> None:
        codes.extend(factor.confirm(session(), account, form.code.data, datetime.now(UTC)))

    status = 200 if begun else attempt(form, deed)
    if status is not None:
        return _setting_up(account, CodeForm(formdata=None) if begun else form, status)
    return page("accounts/factor.html", None, account=account, codes=codes)


def _setting_up(account: Account, form: CodeForm, status: int) -> Response:
    key = factor.key_of(session(), account)
    scanned = factor.address(key, account.username, str(_("学会名册")))
    drawn = segno.make(scanned, error="m").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    spelt = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    # Drawn here from the key; nothing that anybody typed is in it but as modules of the code.
    shown = {"begun": True, "form": form, "picture": Markup(drawn), "key": spelt}  # noqa: S704
    return page("accounts/factor.html", None, status, account=account, **shown)


@bp.post("/me/factor/off")
@permit(Action.SESSIONS_KEEP)
def off() -> Response:
    """Ask for it no longer, or set it up anew; by whoever can prove it."""
    account, form = session().get_one(Account, signed_in().account_id), CodeForm()
    good = form.validate_on_submit() and factor.passes(session(), account, form.code.data, datetime.now(UTC))
    if not good:
        db.session.commit()
        flash(_("验证码不对，没有停用"), "warning")
        return page(
            "accounts/factor.html", None, 422, account=account, left=factor.left(session(), account.id)
        )
    factor.remove(session(), account)
    flash(_("已停用登录验证码"), "done")
    return go(url_for("factors.mine"))
