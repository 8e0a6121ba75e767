"""A member's own page."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action
from registry.web.access import permit
from registry.web.pages import page

bp = Blueprint("profile", __name__, url_prefix="/me")


@bp.get("")
@permit(Action.PROFILE_SEE)
def index() -> Response:
    """What the society holds about the reader."""
    return page("profile/index.html")
