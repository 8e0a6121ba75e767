"""The button that takes an act back, and the word of what was done that carries it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.journal.models import Act
from registry.journal.words import DEEDS
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.undoing import queries, services
from registry.undoing.rights import needed
from registry.web import current
from registry.web.access import demand, permit_in
from registry.web.database import session
from registry.web.pages import go, page, wants_part

bp = Blueprint("undoing", __name__)


@bp.post("/societies/<slug>/acts/<int:act_id>/undo")
@permit_in(Action.ACT_UNDO, load_society)
def undo(society: Society, act_id: int) -> Response:
    """Take the act back; the answer offers to take that back too."""
    done = queries.act_of(session(), society.id, act_id)
    if done is None:
        raise NotThere
    services.refuse_kind(done)
    for action, place in needed(session(), society.id, queries.traces(session(), act_id), current.today()):
        demand(action, place)
    opened = services.undo(session(), done)
    # An undo of an undo does the thing again, and can be undone like the thing itself.
    words, again = _words(done), request.form.get("again") != "1"
    if wants_part():
        return page("undoing/offer.html", "offer", offer=offered(society, opened.id, words, again=again))
    offer(society, opened.id, words, again=again)
    return go(_way_back(society))


def _words(done: Act) -> str:
    """What is shown of an act that was taken back, or of an undo that was."""
    if done.deed == "act:undo":
        return str(_("已重做：不再%(what)s", what=done.reason))
    return str(_("已撤销“%(deed)s”", deed=_(DEEDS[done.deed])))


def offer(society: Society, act_id: int, words: str, *, again: bool = False) -> None:
    """Say on the next page what was done, with the way back."""
    flash(offered(society, act_id, words, again=again), "undo")  # type: ignore[arg-type]


def offered(society: Society, act_id: int, words: str, *, again: bool = False) -> dict[str, object]:
    """What `undoing/offer.html` shows; `again`: what is taken back is itself an undo."""
    href = url_for("undoing.undo", slug=society.slug, act_id=act_id)
    return {"href": href, "act": act_id, "words": words, "again": again}


def _way_back(society: Society) -> str:
    """Where the button stood, within the society; otherwise the roster."""
    came = urlsplit(request.form.get("back") or request.referrer or "")
    home = url_for("overview.society", slug=society.slug)
    way = f"{came.path}?{came.query}".rstrip("?")
    return way if way.startswith(home) else home
