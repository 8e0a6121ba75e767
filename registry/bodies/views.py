"""The governing bodies of a society, their terms and officers."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from registry.bodies import queries
from registry.bodies.models import Body
from registry.core.policy import Action
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.pages import page

bp = Blueprint("bodies", __name__, url_prefix="/societies/<slug>/bodies")


def load_body(session: Session, slug: str, body_id: int) -> Body | None:
    """The body in the address."""
    return queries.body(session, load_society(session, slug).id, body_id)


@bp.get("/")
@permit_in(Action.BODY_SEE, load_society)
def index(society: Society) -> Response:
    """All bodies."""
    return page("bodies/index.html", None, bodies=queries.bodies(session(), society.id))


@bp.get("/<int:body_id>")
@permit_on(Action.BODY_SEE, load_body)
def body_page(body: Body) -> Response:
    """One body."""
    return page("bodies/page.html", None, body=body)
