"""Home, the societies, one society at a glance, and its journal."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web.access import permit, permit_in
from registry.web.pages import page

bp = Blueprint("overview", __name__)


@bp.get("/")
@permit(Action.HOME_SEE)
def index() -> Response:
    """The reader's first place."""
    return page("overview/societies.html")


@bp.get("/societies/")
@permit(Action.SOCIETY_SEE)
def societies() -> Response:
    """The societies that the reader reaches."""
    return page("overview/societies.html")


@bp.get("/societies/<slug>/")
@permit_in(Action.SOCIETY_SEE, load_society)
def society(found: Society) -> Response:
    """One society at a glance."""
    return page("overview/society.html")


@bp.get("/societies/<slug>/journal/")
@permit_in(Action.JOURNAL_SEE, load_society)
def journal(found: Society) -> Response:
    """Who did what."""
    return page("overview/journal.html")
