"""Pages of a body through time: the line of its terms and officers, and the difference of two days."""

from __future__ import annotations

from flask import Response, request

from registry.bodies import decided, difference, flows, queries, succession
from registry.bodies.models import Body
from registry.bodies.reading import WORDS, bp, load_body
from registry.core.policy import Action
from registry.web import current
from registry.web.access import permit_on
from registry.web.database import session
from registry.web.pages import page

__all__ = ["bp"]


@bp.get("/<int:body_id>/line")
@permit_on(Action.BODY_SEE, load_body)
def line(body: Body) -> Response:
    """Terms, leading posts and meetings on one axis of time."""
    tenures = queries.tenures_of_body(session(), body.society_id, body.id)
    meetings = decided.meetings_of(session(), body.society_id, body.id)
    drawn = succession.draw(body, tenures, meetings, current.day())
    return page("bodies/line.html", None, body=body, line=drawn)


@bp.get("/<int:body_id>/difference", endpoint="difference")
@permit_on(Action.BODY_SEE, load_body)
def difference_page(body: Body) -> Response:
    """Who stayed, rose, came and left, between two 届 or two days."""
    asked = request.args.get("from", ""), request.args.get("to", "")
    days = difference.sides(body.terms, *asked)
    if days is None:
        return page("bodies/difference.html", None, body=body, found=None, days=None, asked=asked)
    first, second = (queries.holding(session(), body.society_id, day, body.id) for day in days)
    earlier = queries.sat_before(session(), body.society_id, body.id, days[0])
    found = difference.between(first, second, earlier)
    people = {*found.before, *found.after}
    return page(
        "bodies/difference.html",
        None,
        body=body,
        found=found,
        flow=flows.flow(found),
        days=days,
        terms=[next((term for term in body.terms if term.period.holds(day)), None) for day in days],
        asked=asked,
        numbers=queries.numbers_of(session(), body.society_id, people),
        size=(flows.WIDTH, flows.HEIGHT),
        words=WORDS,
    )
