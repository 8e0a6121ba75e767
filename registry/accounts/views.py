"""Signing in and out, and the page that says who may do what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, request, url_for
from flask import session as cookie
from flask_babel import lazy_gettext as _
from flask_login import LoginManager, login_user, logout_user

from registry.accounts import queries, services, words
from registry.accounts.forms import SignInForm
from registry.accounts.models import Account
from registry.core.actor import Actor
from registry.core.policy import POLICY, Action
from registry.web import current
from registry.web.access import permit
from registry.web.database import db, session
from registry.web.pages import page

bp = Blueprint("accounts", __name__)
login_manager = LoginManager()

LONGEST_SESSION = timedelta(hours=12)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_reader(key: str) -> current.Reader | None:
    """The account behind a session, while it may still use it."""
    account_id, _colon, epoch = key.partition(":")
    account = db.session.get(Account, int(account_id)) if account_id.isdigit() else None
    if account is None or account.disabled_at or str(account.epoch) != epoch or _too_old():
        return None
    reader = _reader(account)
    db.session().info["actor"] = reader.actor
    return reader


def _too_old() -> bool:
    began = datetime.fromtimestamp(cookie.get("began", 0), UTC)
    return datetime.now(UTC) - began > LONGEST_SESSION


def _reader(account: Account) -> current.Reader:
    grants = queries.grants_on(session(), account.id, current.today())
    return current.Reader(account.id, account.username, account.name, account.epoch, grants)


@bp.route("/login", methods=["GET", "POST"])
@permit(Action.SIGN_IN)
def sign_in() -> Response:
    """Sign in."""
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/sign_in.html", "form", 422 if form.is_submitted() else 200, form=form)
    session().info["actor"] = Actor(None, str(_("登录页")))
    account = services.prove(session(), form.username.data, form.password.data, datetime.now(UTC))
    if account is None:
        # The counted failure must stay although the answer is a refusal.
        db.session.commit()
        form.password.errors = [_("用户名或密码不对；连续输错 5 次后，账号停用 15 分钟")]
        return page("accounts/sign_in.html", "form", 422, form=form)
    return _begin(account)


def _begin(account: Account) -> Response:
    cookie.clear()
    cookie.permanent = True
    cookie["began"] = int(datetime.now(UTC).timestamp())
    login_user(_reader(account))
    return redirect(_way_back() or url_for("overview.index"), 303)  # type: ignore[return-value]


def _way_back() -> str | None:
    """Only a path of our own."""
    way = request.args.get("next", "")
    parts = urlsplit(way)
    own = way.startswith("/") and not way.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return way if own and way.isprintable() else None


@bp.post("/logout")
@permit(Action.SIGN_OUT)
def sign_out() -> Response:
    """Sign out."""
    logout_user()
    cookie.clear()
    return redirect(url_for("accounts.sign_in"), 303)  # type: ignore[return-value]


@bp.get("/policy")
@permit(Action.POLICY_SEE)
def policy() -> Response:
    """Who may do what, rendered from the table itself."""
    subjects = [(title, [_row(*row) for row in actions.items()]) for title, actions in words.SUBJECTS]
    return page("accounts/policy.html", None, roles=list(words.ROLES.values()), subjects=subjects)


def _row(action: Action, label: Any) -> tuple[Any, list[Any]]:
    scopes = (POLICY[action].get(role) for role in words.ROLES)
    return label, [words.SCOPES[scope] if scope else "" for scope in scopes]
