"""What a supervisor looks at: the societies side by side, and one of them; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, g, request

from registry.bodies import queries as bodies
from registry.bodies.models import BEGUN
from registry.composition import standing
from registry.composition.views import TONES, WORDS
from registry.core.ages import counted
from registry.core.policy import Action, within
from registry.core.regions import LABELS
from registry.findings import queries as rectifications
from registry.findings.course import Stand
from registry.findings.models import Rectification
from registry.findings.shown import listed, parted
from registry.memberships import counting
from registry.memberships.models import Membership
from registry.societies import queries as societies_of
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.supervision import figures, matrix, sharing
from registry.web import current
from registry.web.access import permit, permit_in
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("supervision", __name__, url_prefix="/supervision")


@bp.get("/")
@permit(Action.SUPERVISION_SEE)
def index() -> Response:
    """Societies × rules, the worst society first."""
    found, day = _covered(), current.day()
    table = matrix.matrix(session(), found, day)
    terms = standing.councils(standing.running(session(), [row.id for row in found], day))
    raised = _raised(found) if day == current.today() else {}
    return page("supervision/index.html", matrix=table, terms=terms, raised=raised, words=WORDS, tones=TONES)


def _raised(societies: Sequence[Society]) -> dict[tuple[int, str], Stand]:
    """Where findings about a rule stand in a society, by both; of several the most urgent."""
    judged = matrix.failing(session(), societies, current.today())
    found = [one for one in listed(_findings(), judged) if one.stand is not Stand.CLOSED]
    return {(one.row.society_id, one.row.rule_id): one.stand for one in reversed(found)}


@bp.context_processor
def _tabs() -> dict[str, Any]:
    return {"to_judge": _to_judge}


def _to_judge() -> int:
    """How many answers wait for the reader's word; stands beside the name of their list."""
    if "to_judge" not in g:
        clause = within(current.grants(), Action.FINDING_JUDGE, Rectification)
        g.to_judge = rectifications.to_judge(session(), clause)
    many: int = g.to_judge
    return many


@bp.get("/-/figures")
@permit(Action.SUPERVISION_SEE)
def side_by_side() -> Response:
    """Members and councils of the societies side by side, worst first."""
    standings = figures.side_by_side(session(), _members(), _covered(), current.day())
    return page("supervision/figures.html", standings=standings, labels=LABELS)


def _covered() -> Sequence[Society]:
    return societies_of.societies(session(), within(current.grants(), Action.SUPERVISION_SEE, Society))


@bp.get("/-/posts")
@permit(Action.SUPERVISION_SEE)
def posts() -> Response:
    """Who holds offices in several of the societies; `?only=` narrows to what rules speak of."""
    societies, day = {row.id: row for row in _covered()}, current.day()
    only = request.args.get("only", "")
    only = only if only in sharing.ONLY else ""
    found = [one for one in sharing.several(session(), societies, day) if one.is_one(only)]
    unknown = sharing.unknown(session(), societies, day)
    return page("supervision/posts.html", found=found, only=only, societies=societies, unknown=unknown)


@bp.get("/-/findings")
@permit(Action.SUPERVISION_SEE)
def findings() -> Response:
    """What all societies have to set right, the most urgent first."""
    rows = _findings()
    societies = {row.id: row for row in _covered()}
    judged = matrix.failing(
        session(), [societies[key] for key in rectifications.settled_in(rows)], current.today()
    )
    found = parted(listed(rows, judged, societies), settled="settled" in request.args)
    return page("supervision/findings.html", "list", **found)


def _findings() -> Sequence[Rectification]:
    return rectifications.allowed(session(), within(current.grants(), Action.FINDING_SEE, Rectification))


def _members() -> Any:
    return within(current.grants(), Action.SUPERVISION_SEE, Membership)


@bp.get("/<slug>")
@permit_in(Action.SUPERVISION_SEE, load_society)
def society(found: Society) -> Response:
    """Bodies and officers with their dates, and figures of members and bodies."""
    day = current.day()
    holding = bodies.holding(session(), found.id, day)
    asked = (session(), _members(), [found.id], day)
    regions = dict(map(tuple, counting.persons_by(*asked, Membership.region)))
    births = counting.births(session(), _members(), found.id, day)
    return page(
        "supervision/society.html",
        pictures=figures.pictures(session(), found.id, day),
        officers=_officers(holding),
        regions=[(label, regions.get(str(code), 0)) for code, label in LABELS.items()],
        persons=sum(regions.values()),
        ages=list(counted(births, day).items()),
        labels=LABELS,
        begun=BEGUN,
    )


def _officers(holding: Any) -> dict[int, list[Any]]:
    """Of each body who holds office in it."""
    found: dict[int, list[Any]] = {}
    for row in holding:
        found.setdefault(row.body_id, []).append(row)
    return found
