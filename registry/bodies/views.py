"""The governing bodies of a society, their terms and officers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies import candidates, forms, founding, queries, seating, services
from registry.bodies.models import (
    BEGUN,
    BODY_KINDS,
    ENDED,
    TENURE_STATES,
    Body,
    BodyKind,
    Decision,
    Tenure,
    Term,
)
from registry.core.policy import Action
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

bp = Blueprint("bodies", __name__, url_prefix="/societies/<slug>/bodies")
WORDS = {"begun": BEGUN, "ended": ENDED, "states": TENURE_STATES, "kinds": BODY_KINDS}


def load_body(session: Session, slug: str, body_id: int) -> Body | None:
    """The body in the address."""
    return queries.body(session, load_society(session, slug).id, body_id)


def load_term(session: Session, slug: str, body_id: int, ordinal: int) -> Term | None:
    """The term of that ordinal of the body in the address."""
    body = load_body(session, slug, body_id)
    return next((row for row in body.terms if row.ordinal == ordinal), None) if body else None


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
    return page("bodies/term.html", "council", **_council(term))


def _council(term: Term) -> dict[str, Any]:
    day = seating.day_within(term, current.day())
    tenures = queries.tenures_of_term(session(), term.id)
    people = {row.person_id for row in tenures}
    return {
        "term": term,
        "body": term.body,
        "shown_on": day,
        "seating": seating.seat(term.body.posts, tenures, day),
        "numbers": queries.numbers_of(session(), term.society_id, people),
        "decisions": queries.decisions(
            session(),
            term.society_id,
            [key for row in tenures for key in (row.decision_id, row.end_decision_id)],
        ),
        "words": WORDS,
        "width": seating.WIDTH,
        "height": seating.HEIGHT,
    }


@bp.route("/new", methods=["GET", "POST"])
@permit_in(Action.BODY_EDIT, load_society)
def new(society: Society) -> Response:
    """A new body."""
    form = forms.EstablishForm(data={"starts_on": current.today()})
    form.offer(societies.branches_on(societies.branches(session(), society.id), current.today()))
    made: list[Body] = []
    status = attempt(form, lambda: made.append(founding.establish(session(), society, form.command())))
    if status is None:
        return _done(_url("page", body_id=made[0].id), _("已设立%(name)s", name=made[0].name))
    return _form(form, status, _("设立机构"), _url("index"))


@bp.route("/<int:body_id>/posts/new", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_body)
def new_post(body: Body) -> Response:
    """A new post of a body."""
    form = forms.PostForm(data={"rank": max((row.rank for row in body.posts), default=0) + 10})
    status = attempt(form, lambda: founding.add_post(session(), body, form.command()))
    back = _url("page", body_id=body.id)
    if status is None:
        return _done(back, _("已增加职务 %(name)s", name=form.name.data))
    return _form(form, status, _("增加职务"), back)


@bp.route("/<int:body_id>/terms/new", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_body)
def new_term(body: Body) -> Response:
    """A new term of a body."""
    form = forms.TermForm(data=forms.next_term(body, current.today()))
    made: list[Term] = []
    status = attempt(form, lambda: made.append(founding.open_term(session(), body, form.command())))
    if status is None:
        return _done(
            _url("term", body_id=body.id, ordinal=made[0].ordinal), _("已开始%(name)s", name=made[0].name)
        )
    return _form(form, status, _("新一届"), _url("page", body_id=body.id))


@bp.route("/<int:body_id>/terms/<int:ordinal>/close", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_term)
def close(term: Term) -> Response:
    """The end of a term and of the offices in it."""
    form = forms.CloseForm(data={"on": min(current.today(), term.planned_end_on), "version": term.version})
    back = _url("term", body_id=term.body_id, ordinal=term.ordinal)
    status = attempt(form, lambda: founding.close_term(session(), term, form.on.data, form.version.data))
    if status is None:
        return _done(back, _("%(name)s已结束", name=term.name))
    return _form(form, status, _("本届结束"), back)


@bp.route("/<int:body_id>/terms/<int:ordinal>/appoint", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_term)
def appoint(term: Term) -> Response:
    """Give an office."""
    first_day = seating.day_within(term, current.today())
    form = forms.AppointForm(data={"starts_on": first_day, "post_id": request.args.get("post", type=int)})
    form.offer(term.body.posts)

    def deed() -> Tenure:
        society = session().get_one(Society, term.society_id)
        person = candidates.one_member(session(), society.id, form.person.data, form.starts_on.data)
        return services.appoint(session(), society, form.command(person.id, term))

    title = _("任命：%(term)s", term=f"{term.body.name}{term.name}")
    return _in_council(term, form, deed, title, _("已任命 %(name)s", name=form.person.data))


@bp.route("/<int:body_id>/tenures/<int:tenure_id>/end", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_tenure)
def end(tenure: Tenure) -> Response:
    """An officer leaves."""
    form = forms.EndForm(data={"on": current.today(), "version": tenure.version})
    deed = lambda: services.end(session(), tenure, form.command())  # noqa: E731
    return _on_tenure(tenure, form, deed, _("离任"))


@bp.route("/<int:body_id>/tenures/<int:tenure_id>/correct", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_tenure)
def correct(tenure: Tenure) -> Response:
    """Set an office right."""
    decision = session().get(Decision, tenure.decision_id) if tenure.decision_id else None
    meeting, day = (decision.meeting, decision.decided_on) if decision else ("", None)
    form = forms.CorrectForm(data=forms.standing(tenure, meeting, day))
    form.offer(tenure.term.body.posts)
    deed = lambda: services.correct(session(), tenure, form.command())  # noqa: E731
    return _on_tenure(tenure, form, deed, _("更正"))


@bp.route("/<int:body_id>/tenures/<int:tenure_id>/void", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_tenure)
def void(tenure: Tenure) -> Response:
    """An office that was never true."""
    form = forms.VoidForm(data={"version": tenure.version})
    deed = lambda: services.void(session(), tenure, form.why.data, form.version.data)  # noqa: E731
    return _on_tenure(tenure, form, deed, _("作废"))


def _on_tenure(tenure: Tenure, form: forms.DeedForm, deed: Callable[[], Any], title: str) -> Response:
    form.stand_apart(tenure.id)
    whom = f"{title}：{tenure.person.name} · {tenure.post.name}"
    return _in_council(tenure.term, form, deed, whom, f"{whom}，{_('已记录')}")


def _in_council(term: Term, form: forms.DeedForm, deed: Callable[[], Any], title: str, told: str) -> Response:
    """Do it, and show the council as it now is, with a tick at the seat that changed."""
    back = _url("term", body_id=term.body_id, ordinal=term.ordinal)
    done: list[Any] = []
    status = attempt(form, lambda: done.append(deed()))
    if status is not None:
        return _form(form, status, title, back)
    if not wants_part():
        return _done(back, told)
    session().expire_all()
    answer = page("bodies/term.html", "council", **_council(term), told=told, done=done[0].id)
    answer.headers.update({"HX-Retarget": "#council", "HX-Reswap": "outerHTML"})
    return answer


def _form(form: forms.DeedForm, status: int, title: str, back: str) -> Response:
    return page("bodies/form.html", "form", status, form=form, title=title, back=back, words=WORDS)


def _done(url: str, told: str) -> Response:
    flash(told, "done")
    return go(url)


def _url(endpoint: str, **values: Any) -> str:
    place = {"slug": (request.view_args or {})["slug"], **current.looked_at()}
    return url_for(f"bodies.{endpoint}", **place, **values)
