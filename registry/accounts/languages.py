"""The language that somebody reads in: kept in the browser, and on the account of whoever is signed in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, current_app, redirect, request, url_for

from registry.accounts.models import Account
from registry.core.errors import RuleBroken
from registry.core.policy import Action
from registry.web import current
from registry.web.access import permit
from registry.web.addresses import own_path
from registry.web.database import session
from registry.web.languages import COOKIE, LANGUAGES

bp = Blueprint("languages", __name__)
KEPT_FOR = timedelta(days=365)


@bp.post("/language")
@permit(Action.LANGUAGE_CHOOSE)
def choose() -> Response:
    """Read on in another language, on the page one came from."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise RuleBroken("请从这几种语言里选一种", "language")
    if who := current.reader():
        session().get_one(Account, who.account_id).language = language
    back = own_path(request.form.get("next", "")) or url_for("overview.index")
    answer: Response = redirect(back, 303)  # type: ignore[assignment]
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, language, KEPT_FOR, secure=secure, httponly=True, samesite="Lax")
    return answer
