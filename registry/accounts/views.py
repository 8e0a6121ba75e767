"""Signing in and out, one's sessions, and the page that says who may do what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask import session as cookie
from flask_babel import lazy_gettext as _
from flask_login import LoginManager, login_user, logout_user

from registry.accounts import moving, services, sessions, ways, words
from registry.accounts.browsers import browser
from registry.accounts.forms import SignInForm
from registry.accounts.models import Account
from registry.core.actor import Actor
from registry.core.policy import POLICY, Action
from registry.mail.sending import available
from registry.web import current
from registry.web.access import permit, signed_in
from registry.web.addresses import own_path
from registry.web.database import db, session
from registry.web.pages import go, page

bp = Blueprint("accounts", __name__)
login_manager = LoginManager()

HALF = "proved"
"""In the cookie: who has proved the password, when, and which."""


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_reader(secret: str) -> current.Reader | None:
    """The account behind a session, while it may still use it."""
    found = sessions.behind(session(), secret, datetime.now(UTC), current.today())
    if found is None:
        return None
    account, grants = found
    facts = account.id, account.username, account.name, secret, account.session_id, grants
    reader = current.Reader(*facts, language=account.language, factor=account.totp_since is not None)
    session().info["actor"] = reader.actor
    return reader


@bp.route("/login", methods=["GET", "POST"])
@permit(Action.SIGN_IN)
def sign_in() -> Response:
    """Sign in."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _asked(form, 422 if form.is_submitted() else 200)
    session().info["actor"] = Actor(None, str(_("登录页")))
    account = services.prove(session(), form.username.data, form.password.data, datetime.now(UTC))
    if account is None:
        # The counted failure must stay although the answer is a refusal.
        db.session.commit()
        form.password.errors = [_("用户名或密码不对；连续输错 5 次后，账号停用 15 分钟")]
        return _asked(form, 422)
    if account.totp_since is not None:
        return wait_for_code(account)
    return _begin(account)


def wait_for_code(account: Account) -> Response:
    """The password was right; the code of the second factor is asked for (`factors.code`)."""
    cookie.clear()
    cookie[HALF] = [account.id, datetime.now(UTC).timestamp(), services.half_proof(session(), account)]
    way = own_path(request.args.get("next", "")) or None
    return redirect(url_for("factors.code", next=way), 303)  # type: ignore[return-value]


def _asked(form: SignInForm, status: int) -> Response:
    return page("accounts/sign_in.html", "form", status, form=form, mails=available())


def _begin(account: Account) -> Response:
    begin(account)
    return redirect(own_path(request.args.get("next", "")) or url_for("overview.index"), 303)  # type: ignore[return-value]


def begin(account: Account) -> None:
    """A session in this browser, in the place of any before."""
    cookie.clear()
    cookie.permanent = True
    said = browser(request.user_agent.string)
    login_user(load_reader(sessions.begin(session(), account, said, datetime.now(UTC))))


@bp.post("/logout")
@permit(Action.SIGN_OUT)
def sign_out() -> Response:
    """Sign out: here, and wherever the cookie was copied to."""
    if who := current.reader():
        sessions.end(session(), who.account_id, who.session_id)
    logout_user()
    cookie.clear()
    return redirect(url_for("accounts.sign_in"), 303)  # type: ignore[return-value]


@bp.route("/me/sessions", methods=["GET", "POST"])
@permit(Action.SESSIONS_KEEP)
def mine() -> Response:
    """The reader's sessions; POST ends the one named, or all others."""
    who, now = signed_in(), datetime.now(UTC)
    if request.method == "POST":
        return _end(who)
    account = session().get_one(Account, who.account_id)
    return page(
        "accounts/sessions.html",
        None,
        found=sessions.lasting(session(), who.account_id, now),
        this=who.session_id,
        longest=sessions.LONGEST,
        moving=moving.waiting(session(), account, now),
        until=account.new_email_until,
        recoveries=ways.waiting(session(), who.account_id, now),
    )


def _end(who: current.Reader) -> Response:
    chosen = request.form.get("id", type=int)
    if chosen is None:
        many = sessions.end_others(session(), who.account_id, who.session_id)
        flash(_("已退出另外 %(n)s 处登录", n=many), "done")
    elif sessions.end(session(), who.account_id, chosen):
        flash(_("已退出那一处登录"), "done")
    return go(url_for("accounts.mine"))


@bp.get("/policy")
@permit(Action.POLICY_SEE)
def policy() -> Response:
    """Who may do what, rendered from the table itself."""
    subjects = [(title, [_row(*row) for row in actions.items()]) for title, actions in words.SUBJECTS]
    return page("accounts/policy.html", None, roles=list(words.ROLES.values()), subjects=subjects)


def _row(action: Action, label: Any) -> tuple[Any, list[Any]]:
    scopes = (POLICY[action].get(role) for role in words.ROLES)
    return label, [words.SCOPES[scope] if scope else "" for scope in scopes]
