"""What a supervisor looks at: the societies side by side, and one of them; nothing is written."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web.access import permit, permit_in
from registry.web.pages import page

bp = Blueprint("supervision", __name__, url_prefix="/supervision")


@bp.get("/")
@permit(Action.SUPERVISION_SEE)
def index() -> Response:
    """The societies side by side."""
    return page("supervision/index.html")


@bp.get("/<slug>")
@permit_in(Action.SUPERVISION_SEE, load_society)
def society(found: Society) -> Response:
    """Bodies, officers and figures of one society."""
    return page("supervision/society.html")
