"""The dashboard of a society, or of one of its branches."""

from __future__ import annotations

from flask import Blueprint, Response

from registry.bodies import queries as bodies
from registry.composition import standing
from registry.core.policy import Action
from registry.figures.dashboard import Dashboard
from registry.overview import attention
from registry.roster import recent
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("figures", __name__)


@bp.get("/societies/<slug>/figures/")
@permit_in(Action.FIGURES_SEE, load_society)
def index(society: Society) -> Response:
    """Counts and plots of whom the roster lists under the same address."""
    board = Dashboard(society, recent.newest(session(), society.id))
    return page("figures/index.html", board=board, matters=_matters(board))


def _matters(board: Dashboard) -> list[attention.Matter]:
    """What needs attention, of the society or of the branch; of a narrower choice nothing."""
    if board.narrowed or board.many:
        return []
    known = board.known.get("birth")
    without_birth = known.of - known.many if known else 0
    day, found = current.day(), board.society
    heads = bodies.branch_heads(session(), found.id, day)
    if board.branch:
        return attention.of_branch(found, board.branch, heads, without_birth)
    if not board.whole:
        return []
    terms = standing.running(session(), [found.id], day)
    branches = societies.branches_on(board.roster.choices.branches, day)
    return attention.of_society(session(), found, day, terms, branches, heads, without_birth)
