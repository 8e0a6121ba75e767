"""The rounds of a society: beginning one, letters to print, and how fresh the register is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from registry.confirmations import queries, services
from registry.confirmations.forms import BeginForm
from registry.confirmations.services import Letter
from registry.core.policy import Action
from registry.societies.models import Society
from registry.societies.queries import branches, branches_on
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("confirmations", __name__, url_prefix="/societies/<slug>/confirmations")
YEAR = timedelta(days=365)


def _reachable() -> bool:
    """Mails can be sent, and say where the answer is given."""
    config = current_app.extensions["registry"]
    return config.smtp is not None and bool(config.address)


def _address(secret: str) -> str:
    return f"{current_app.extensions['registry'].address}{url_for('confirming.link', secret=secret)}"


@bp.get("/")
@permit_in(Action.CONFIRMATION_RUN, load_society)
def index(society: Society) -> Response:
    """Every round, and how many members have confirmed within a year."""
    today = current.today()
    confirmed, whole = queries.fresh(session(), society.id, today - YEAR, today)
    rounds = queries.rounds(session(), society.id)
    return page("confirmations/index.html", rounds=rounds, confirmed=confirmed, whole=whole)


@bp.route("/new", methods=["GET", "POST"])
@permit_in(Action.CONFIRMATION_RUN, load_society)
def new(society: Society) -> Response:
    """Begin a round; who cannot be mailed gets a letter, shown once."""
    today, letters = current.today(), list[Letter]()
    form = BeginForm(data={"since": today - YEAR})
    form.offer(branches_on(branches(session(), society.id), today))

    def begin() -> None:
        post = _address if _reachable() else None
        now = datetime.now(UTC)
        letters.extend(services.begin(session(), society, form.command(), today, now, post)[1])

    status = attempt(form, begin)
    if status:
        return page("confirmations/new.html", "form", status, form=form, mailing=_reachable())
    if not letters:
        flash(_("已发出，会员收到邮件后按一下就确认"), "done")
        return go(link("confirmations.index", slug=society.slug))
    address = current_app.extensions["registry"].address or request.url_root.rstrip("/")
    where = f"{address}{url_for('confirming.index')}"
    days = services.LASTS.days
    return page("confirmations/letters.html", "letters", letters=letters, where=where, days=days)
