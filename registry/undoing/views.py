"""The button that takes an act back, and the word of what was done that carries it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action, may
from registry.jobs import working
from registry.jobs.models import Job
from registry.jobs.queries import job_of
from registry.journal.models import Act
from registry.journal.words import DEEDS
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.undoing import queries, services
from registry.undoing.rights import needed
from registry.web import current
from registry.web.access import demand, permit_in, permit_on
from registry.web.database import session
from registry.web.pages import go, page, wants_part

bp = Blueprint("undoing", __name__)

LARGE = 200
"""An act that wrote more rows is taken back beside the request."""
NAMED = 3


def load_job(session: Session, slug: str, job_id: int) -> Job | None:
    """The taking back of a large act of the society in the address."""
    load_society(session, slug)
    return job_of(session, slug, job_id, services.KIND)


@bp.post("/societies/<slug>/acts/<int:act_id>/undo")
@permit_in(Action.ACT_UNDO, load_society)
def undo(society: Society, act_id: int) -> Response:
    """Take the act back; the answer offers to take that back too."""
    done = queries.act_of(session(), society.id, act_id)
    if done is None:
        raise NotThere
    services.refuse_kind(done)
    many = queries.size(session(), act_id)
    if many > LARGE:
        return _begin(society, done, many)
    for action, place in needed(session(), society.id, queries.traces(session(), act_id), current.today()):
        demand(action, place)
    opened = services.undo(session(), done)
    # An undo of an undo does the thing again, and can be undone like the thing itself.
    words, again = _words(done), request.form.get("again") != "1"
    if wants_part():
        return page("undoing/offer.html", "offer", offer=offered(society, opened.id, words, again=again))
    offer(society, opened.id, words, again=again)
    return go(_way_back(society))


def _begin(society: Society, done: Act, many: int) -> Response:
    """Let it be taken back beside the request."""
    now, day, grants = datetime.now(UTC), current.today(), current.grants()
    own, back = current.own_branch(Action.ACT_UNDO, society.id), _way_back(society)
    job_id = working.begin(
        services.asked_for(done, own, many, working.me(), now, back),
        lambda own, job_id, tick: services.carry_out(own, job_id, partial(may, grants), day, now, tick),
    )
    return go(url_for("undoing.job", slug=society.slug, job_id=job_id))


@bp.get("/societies/<slug>/undoings/<int:job_id>")
@permit_on(Action.ACT_UNDO, load_job)
def job(job: Job) -> Response:
    """How far the taking back has come; at its end it can be taken back itself."""
    society, done = g.society, session().get_one(Act, job.asked["act"])
    context = {"glance": working.glance(job), "told": _told(done), "back": job.asked["back"]}
    again = done.deed != services.KIND
    href = url_for("undoing.undo", slug=society.slug, act_id=job.act_id) if job.act_id else ""
    return page("undoing/job.html", "job", **context, again=again, undo_href=href)


def _words(done: Act) -> str:
    """What is shown of an act that was taken back, or of an undo that was: which, and of whom."""
    if done.deed == services.KIND:
        return str(_("已重做%(what)s", what=_told(done)))
    return str(_("已撤销%(what)s", what=_told(done)))


def _told(done: Act) -> str:
    """Which act, and of whom; of an undo, what it took back."""
    if done.deed == services.KIND:
        return done.reason.removeprefix(services.UNDOES)
    deed, whose = str(_("“%(deed)s”", deed=_(DEEDS[done.deed]))), _whose(done)
    return f"{deed}：{whose}" if whose else deed


def _whose(done: Act) -> str:
    """A few by name; of many, what the act itself said of them, or how many they are."""
    names, many = queries.people(session(), done.id, NAMED)
    if many <= NAMED:
        return "、".join(names)
    return done.reason or str(_("%(first)s等 %(n)s 人", first=names[0], n=f"{many:,}"))


def offer(society: Society, act_id: int, words: str, *, again: bool = False) -> None:
    """Say on the next page what was done, with the way back."""
    flash(offered(society, act_id, words, again=again), "undo")  # type: ignore[arg-type]


def offered(society: Society, act_id: int, words: str, *, again: bool = False) -> dict[str, object]:
    """What `undoing/offer.html` shows; `again`: what is taken back is itself an undo."""
    href = url_for("undoing.undo", slug=society.slug, act_id=act_id)
    return {"href": href, "act": act_id, "words": words, "again": again}


def _way_back(society: Society) -> str:
    """Where the button stood, within the society; otherwise the roster."""
    came = urlsplit(request.form.get("back") or request.referrer or "")
    home = url_for("overview.society", slug=society.slug)
    way = f"{came.path}?{came.query}".rstrip("?")
    return way if way.startswith(home) else home
