"""The pages of bodies and terms as everyone reads them; the deeds of staff are in `views`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from registry.bodies import decided, queries, seating
from registry.bodies.models import (
    BEGUN,
    BODY_KINDS,
    ENDED,
    TENURE_STATES,
    Body,
    BodyKind,
    Post,
    Tenure,
    Term,
)
from registry.bodies.vacancies import empty_since
from registry.core.policy import Action
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("bodies", __name__, url_prefix="/societies/<slug>/bodies")
WORDS = {"begun": BEGUN, "ended": ENDED, "states": TENURE_STATES, "kinds": BODY_KINDS}


def load_body(session: Session, slug: str, body_id: int) -> Body | None:
    """The body in the address."""
    return queries.body(session, load_society(session, slug).id, body_id)


def load_term(session: Session, slug: str, body_id: int, ordinal: int) -> Term | None:
    """The term of that ordinal of the body in the address."""
    body = load_body(session, slug, body_id)
    return next((row for row in body.terms if row.ordinal == ordinal), None) if body else None


def load_post(session: Session, slug: str, body_id: int, post_id: int) -> Post | None:
    """A post of the body in the address."""
    body = load_body(session, slug, body_id)
    return next((row for row in body.posts if row.id == post_id), None) if body else None


def load_tenure(session: Session, slug: str, body_id: int, tenure_id: int) -> Tenure | None:
    """A tenure in the body in the address."""
    body = load_body(session, slug, body_id)
    return queries.tenure(session, body.id, tenure_id) if body else None


@bp.get("/")
@permit_in(Action.BODY_SEE, load_society)
def index(society: Society) -> Response:
    """All bodies with their terms and how full they are."""
    day = current.day()
    held = queries.held_seats(session(), society.id, day)
    heads = queries.heads(session(), society.id, day)
    rows = [seating.overview(body, held, heads, day) for body in queries.bodies(session(), society.id)]
    there = [row for row in rows if row.body.period.holds(day)]
    committees = [row for row in there if row.body.kind == BodyKind.COMMITTEE]
    return page(
        "bodies/index.html",
        None,
        governing=[row for row in there if row not in committees],
        committees=committees,
        elsewhen=[row for row in rows if row not in there],
        words=WORDS,
    )


@bp.get("/<int:body_id>", endpoint="page")
@permit_on(Action.BODY_SEE, load_body)
def body_page(body: Body) -> Response:
    """One body: its terms as a line of time, its posts."""
    held = queries.held_seats(session(), body.society_id, current.day())
    return page("bodies/page.html", None, body=body, held=held, words=WORDS)


@bp.get("/<int:body_id>/terms/<int:ordinal>")
@permit_on(Action.BODY_SEE, load_term)
def term(term: Term) -> Response:
    """A term as a seating on the day."""
    return page("bodies/term.html", "council", **council(term))


def council(term: Term) -> dict[str, Any]:
    """What the seating of a term is drawn from."""
    day = seating.day_within(term, current.day())
    tenures = queries.tenures_of_term(session(), term.id)
    people = {row.person_id for row in tenures}
    return {
        "term": term,
        "body": term.body,
        "shown_on": day,
        "seating": seating.seat(term.body.posts, tenures, day),
        "numbers": queries.numbers_of(session(), term.society_id, people),
        "empty": {
            post.id: empty_since(post, tenures, term, day)
            for post in term.body.posts
            if post.seats is not None
        },
        "decisions": decided.decisions(
            session(),
            term.society_id,
            [key for row in tenures for key in (row.decision_id, row.end_decision_id)],
        ),
        "words": WORDS,
        "width": seating.WIDTH,
        "height": seating.HEIGHT,
    }
