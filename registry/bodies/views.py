"""What staff do to bodies, terms and offices: one form each, answered as a page or in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from registry.bodies import candidates, forms, founding, office_forms, queries, seating, services
from registry.bodies.models import Body, Decision, Post, Tenure, Term
from registry.bodies.reading import WORDS, council, load_body, load_post, load_tenure, load_term
from registry.bodies.through_time import bp
from registry.core.policy import Action
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

__all__ = ["bp"]


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


@bp.route("/<int:body_id>/end", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_body)
def end_body(body: Body) -> Response:
    """The end of a body and of the term that runs."""
    form = forms.EndBodyForm(data={"on": current.today(), "version": body.version})
    back = _url("page", body_id=body.id)
    status = attempt(form, lambda: founding.end_body(session(), body, form.on.data, form.version.data))
    if status is None:
        return _done(back, _("%(name)s已终止", name=body.name))
    return _form(form, status, _("终止机构：%(name)s", name=body.name), back)


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


@bp.route("/<int:body_id>/posts/<int:post_id>/edit", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_post)
def edit_post(post: Post) -> Response:
    """Name, order and seats of a post."""
    form = forms.PostForm(obj=post)
    status = attempt(form, lambda: founding.edit_post(session(), post, form.command(), form.version.data))
    back = _url("page", body_id=post.body_id)
    if status is None:
        return _done(back, _("已修改职务 %(name)s", name=form.name.data))
    return _form(form, status, _("修改职务：%(name)s", name=post.name), back)


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


@bp.route("/<int:body_id>/terms/<int:ordinal>/extend", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_term)
def extend(term: Term) -> Response:
    """A term goes on with approval (延期换届)."""
    form = forms.ExtendForm(data={"version": term.version})
    back = _url("term", body_id=term.body_id, ordinal=term.ordinal)
    status = attempt(form, lambda: founding.extend_term(session(), term, form.command()))
    if status is None:
        return _done(back, _("%(name)s已延期", name=term.name))
    return _form(form, status, _("延期换届"), back)


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
    """Give an office; asked with `?person=`, who may be meant by that."""
    first_day = seating.day_within(term, current.today())
    typed = request.args.get("person", "").strip()
    post_id = request.args.get("post", type=int)
    form = office_forms.AppointForm(data={"starts_on": first_day, "post_id": post_id, "person": typed})
    form.offer(term.body.posts)
    form.pick_from(_url("appoint", body_id=term.body_id, ordinal=term.ordinal))
    if typed and request.method == "GET" and wants_part():
        return page("bodies/candidates.html", "list", **_candidates(term, typed, first_day))

    def deed() -> Tenure:
        society, day = session().get_one(Society, term.society_id), form.starts_on.data
        person = candidates.chosen(session(), society.id, form.person_id.data, form.person.data, day)
        return services.appoint(session(), society, form.command(person.id, term))

    title = _("任命：%(term)s", term=f"{term.body.name}{term.name}")
    return _in_council(term, form, deed, title, lambda row: _("已任命 %(name)s", name=row.person.name))


def _candidates(term: Term, typed: str, day: date) -> dict[str, Any]:
    """Who may be meant, and what each of them holds already in this body."""
    found = candidates.search(session(), term.society_id, typed, day)
    holding: dict[int, list[str]] = {}
    for row in queries.holding(session(), term.society_id, day, term.body_id):
        holding.setdefault(row.person_id, []).append(row.post)
    return {"candidates": found, "holding": holding, "sought": typed}


@bp.route("/<int:body_id>/tenures/<int:tenure_id>/end", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_tenure)
def end(tenure: Tenure) -> Response:
    """An officer leaves."""
    form = office_forms.EndForm(data={"on": current.today(), "version": tenure.version})
    deed = lambda: services.end(session(), tenure, form.command())  # noqa: E731
    return _on_tenure(tenure, form, deed, _("离任"))


@bp.route("/<int:body_id>/tenures/<int:tenure_id>/correct", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_tenure)
def correct(tenure: Tenure) -> Response:
    """Set an office right."""
    decision = session().get(Decision, tenure.decision_id) if tenure.decision_id else None
    meeting, day = (decision.meeting.name, decision.decided_on) if decision else ("", None)
    form = office_forms.CorrectForm(data=office_forms.standing(tenure, meeting, day))
    form.offer(tenure.term.body.posts)
    deed = lambda: services.correct(session(), tenure, form.command())  # noqa: E731
    return _on_tenure(tenure, form, deed, _("更正"))


@bp.route("/<int:body_id>/tenures/<int:tenure_id>/void", methods=["GET", "POST"])
@permit_on(Action.BODY_EDIT, load_tenure)
def void(tenure: Tenure) -> Response:
    """An office that was never true."""
    form = office_forms.VoidForm(data={"version": tenure.version})
    deed = lambda: services.void(session(), tenure, form.why.data, form.version.data)  # noqa: E731
    return _on_tenure(tenure, form, deed, _("作废"))


def _on_tenure(tenure: Tenure, form: forms.DeedForm, deed: Callable[[], Tenure], title: str) -> Response:
    form.stand_apart(tenure.id)
    whom = f"{title}：{tenure.person.name} · {tenure.post.name}"
    return _in_council(tenure.term, form, deed, whom, lambda _row: f"{whom}，{_('已记录')}")


def _in_council(
    term: Term,
    form: forms.DeedForm,
    deed: Callable[[], Tenure],
    title: str,
    words: Callable[[Tenure], str],
) -> Response:
    """Do it, and show the council as it now is, with a tick at the seat that changed."""
    back = _url("term", body_id=term.body_id, ordinal=term.ordinal)
    done: list[Tenure] = []
    status = attempt(form, lambda: done.append(deed()))
    if status is not None:
        return _form(form, status, title, back, **_meant(term, form))
    told = words(done[0])
    if not wants_part():
        return _done(back, told)
    session().expire_all()
    answer = page("bodies/term.html", "council", **council(term), told=told, done=done[0].id)
    answer.headers.update({"HX-Retarget": "#council", "HX-Reswap": "outerHTML"})
    return answer


def _meant(term: Term, form: forms.DeedForm) -> dict[str, Any]:
    """The candidates under an answered form that asks for a person."""
    if "person" not in form or not form["person"].data:
        return {}
    day = form["starts_on"].data or current.today()
    return {**_candidates(term, form["person"].data, day), "picked": form["person_id"].data}


def _form(form: forms.DeedForm, status: int, title: str, back: str, **more: Any) -> Response:
    return page("bodies/form.html", "form", status, form=form, title=title, back=back, words=WORDS, **more)


def _done(url: str, told: str) -> Response:
    flash(told, "done")
    return go(url)


def _url(endpoint: str, **values: Any) -> str:
    place = {"slug": (request.view_args or {})["slug"], **current.looked_at()}
    return url_for(f"bodies.{endpoint}", **place, **values)
