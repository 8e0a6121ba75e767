"""The meetings of a society, each with its decisions, votes, papers and the offices that hang on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies import deciding
from registry.bodies import queries as bodies
from registry.bodies.forms import DeedForm
from registry.bodies.models import BEGUN, ENDED, Decision, Meeting
from registry.core.policy import Action
from registry.meetings import forms, queries, services
from registry.meetings.models import MeetingPaper
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("meetings", __name__, url_prefix="/societies/<slug>/meetings")

BOTH = ["GET", "POST"]


def load_meeting(session: Session, slug: str, meeting_id: int) -> Meeting | None:
    """The meeting in the address."""
    return queries.meeting(session, load_society(session, slug).id, meeting_id)


def load_decision(session: Session, slug: str, meeting_id: int, decision_id: int) -> Decision | None:
    """A decision of the meeting in the address."""
    meeting = load_meeting(session, slug, meeting_id)
    return queries.decision(session, meeting.id, decision_id) if meeting else None


def load_paper(session: Session, slug: str, meeting_id: int, paper_id: int) -> MeetingPaper | None:
    """A file of the meeting in the address."""
    meeting = load_meeting(session, slug, meeting_id)
    return queries.paper(session, meeting.id, paper_id) if meeting else None


@bp.get("/")
@permit_in(Action.MEETING_SEE, load_society)
def index(society: Society) -> Response:
    """All meetings, or those of one body, newest first."""
    body_id = request.args.get("body", type=int)
    body = bodies.body(session(), society.id, body_id) if body_id else None
    found = queries.meetings(session(), society.id, body.id if body else None, _before())
    rows, more = found[: queries.LISTED], found[queries.LISTED :]
    after = f"{rows[-1].held_on},{rows[-1].id}" if more else None
    total = queries.numbers(session(), society.id, body.id if body else None)
    offered = bodies.bodies(session(), society.id)
    return page("meetings/index.html", None, rows=rows, body=body, after=after, total=total, bodies=offered)


def _before() -> tuple[date, int] | None:
    """The last row of the page before; anything else is the beginning."""
    try:
        day, key = request.args.get("before", "").split(",")
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


@bp.get("/<int:meeting_id>", endpoint="page")
@permit_on(Action.MEETING_SEE, load_meeting)
def meeting_page(meeting: Meeting) -> Response:
    """One meeting: who came, what was decided, what hangs on it."""
    hanging = queries.hanging(session(), meeting.society_id, [row.id for row in meeting.decisions])
    people = {row.person_id for rows in hanging.values() for row in rows}
    return page(
        "meetings/page.html",
        None,
        meeting=meeting,
        hanging=hanging,
        papers=queries.papers(session(), meeting.society_id, meeting.id),
        numbers=bodies.numbers_of(session(), meeting.society_id, people),
        words={"begun": BEGUN, "ended": ENDED},
    )


@bp.route("/new", methods=BOTH)
@permit_in(Action.MEETING_EDIT, load_society)
def new(society: Society) -> Response:
    """Record a meeting."""
    form = forms.MeetingForm(data={"body_id": request.args.get("body", 0, type=int)})
    form.offer(bodies.bodies(session(), society.id))
    made: list[Meeting] = []
    status = attempt(form, lambda: made.append(services.hold(session(), society, form.command())))
    if status is None:
        return _done(_url(made[0].id), _("已记录会议"))
    return _form(form, status, _("记录会议"), link("meetings.index", slug=society.slug))


@bp.route("/<int:meeting_id>/edit", methods=BOTH)
@permit_on(Action.MEETING_EDIT, load_meeting)
def edit(meeting: Meeting) -> Response:
    """Set a meeting right."""
    form = forms.CorrectMeetingForm(obj=meeting, data={"body_id": meeting.body_id or 0})
    form.offer(bodies.bodies(session(), meeting.society_id))
    deed = lambda: services.correct(session(), meeting, form.command())  # noqa: E731
    return _in_meeting(meeting, form, deed, _("更正会议"))


@bp.route("/<int:meeting_id>/decisions/new", methods=BOTH)
@permit_on(Action.MEETING_EDIT, load_meeting)
def decide(meeting: Meeting) -> Response:
    """One more decision of a meeting."""
    form = forms.DecisionForm()
    deed = lambda: deciding.resolve(session(), meeting, form.text.data, form.votes)  # noqa: E731
    return _in_meeting(meeting, form, deed, _("记录决议"))


@bp.route("/<int:meeting_id>/decisions/<int:decision_id>/edit", methods=BOTH)
@permit_on(Action.MEETING_EDIT, load_decision)
def reword(decision: Decision) -> Response:
    """Set a decision right."""
    form = forms.RewordForm(data=forms.standing(decision))
    form.stand_apart(decision.id)
    deed = lambda: services.reword(session(), decision, form.command())  # noqa: E731
    return _in_meeting(decision.meeting, form, deed, _("更正决议"))


@bp.route("/<int:meeting_id>/decisions/<int:decision_id>/annul", methods=BOTH)
@permit_on(Action.MEETING_EDIT, load_decision)
def annul(decision: Decision) -> Response:
    """A decision holds no longer; the offices that hang on it are marked and stay."""
    form = forms.AnnulForm(data={"on": current.today(), "version": decision.version})
    form.stand_apart(decision.id)
    hanging = queries.hanging(session(), decision.society_id, [decision.id]).get(decision.id, [])
    lead = _("以它为依据的 %(n)s 项任职或离任会标上“依据已撤销”，记录本身不变。", n=len(hanging))
    deed = lambda: deciding.annul(session(), decision, form.command())  # noqa: E731
    return _in_meeting(decision.meeting, form, deed, _("撤销决议"), lead)


@bp.route("/<int:meeting_id>/papers/new", methods=BOTH)
@permit_on(Action.MEETING_EDIT, load_meeting)
def add_paper(meeting: Meeting) -> Response:
    """Keep a small file of a meeting."""
    form, sent = forms.PaperForm(), request.files.get("file")
    name, content = (sent.filename or "", sent.read()) if sent else ("", b"")
    deed = lambda: services.keep_paper(session(), meeting, name, content)  # noqa: E731
    return _in_meeting(meeting, form, deed, _("附上文件"))


@bp.get("/<int:meeting_id>/papers/<int:paper_id>")
@permit_on(Action.MEETING_SEE, load_paper)
def paper(paper: MeetingPaper) -> Response:
    """The file as it was kept."""
    content = BytesIO(services.open_paper(session(), paper))
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=paper.filename)


def _in_meeting(
    meeting: Meeting, form: DeedForm, deed: Callable[[], Any], title: str, lead: str = ""
) -> Response:
    status, back = attempt(form, deed), _url(meeting.id)
    if status is None:
        return _done(back, _("%(what)s，已记录", what=title))
    return _form(form, status, title, back, lead)


def _form(form: DeedForm, status: int, title: str, back: str, lead: str = "") -> Response:
    return page("bodies/form.html", "form", status, form=form, title=title, back=back, lead=lead)


def _done(url: str, told: str) -> Response:
    flash(told, "done")
    return go(url)


def _url(meeting_id: int) -> str:
    slug = (request.view_args or {})["slug"]
    return url_for("meetings.page", slug=slug, meeting_id=meeting_id, **current.looked_at())
