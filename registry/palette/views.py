"""The palette: a page of its own, or the list that stands in the dialog over every page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from registry.core.policy import Action, within
from registry.palette.finding import Palette
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.web import current, frame
from registry.web.access import permit
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("palette", __name__)

LONGEST = 100


@bp.get("/palette")
@permit(Action.PALETTE_SEE)
def index() -> Response:
    """Where one can go by what is typed as `q`, from the society named as `in`."""
    society = _society(request.args.get("in", ""))
    if society is not None:
        frame.show(society)
    palette = Palette(request.args.get("q", "").strip()[:LONGEST], society)
    return page("palette/page.html", "results", palette=palette)


def _society(slug: str) -> Society | None:
    """The society that is looked at, or the only one that the reader reaches."""
    if slug:
        society = societies.by_slug(session(), slug)
        return society if society and current.allowed(Action.SOCIETY_SEE, society) else None
    reached = societies.societies(session(), within(current.grants(), Action.SOCIETY_SEE, Society))
    return reached[0] if len(reached) == 1 else None
