"""The branch units of a society."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.core.policy import Action, within
from registry.societies import queries
from registry.societies.models import Branch, Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("branches", __name__, url_prefix="/societies/<slug>/branches")


@bp.get("/")
@permit_in(Action.BRANCH_SEE, load_society)
def index(society: Society) -> Response:
    """All branches that the reader may see."""
    allowed = within(current.grants(), Action.BRANCH_SEE, Branch)
    return page("branches/index.html", None, branches=queries.branches(session(), society.id, allowed))
