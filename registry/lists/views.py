"""The way of a list: sent, looked through row by row, applied as one act."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.core.errors import NotThere, RuleBroken
from registry.core.policy import Action
from registry.lists import forms, queries, services
from registry.lists.judged import STATES
from registry.lists.models import LIST_KINDS, ListKind, ListState, RosterList
from registry.societies.models import Society
from registry.societies.queries import categories
from registry.societies.views import load_society
from registry.undoing.queries import taken_back
from registry.undoing.views import offer
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.languages import said
from registry.web.pages import go, page

bp = Blueprint("lists", __name__, url_prefix="/societies/<slug>/lists")


def load_list(session: Session, slug: str, list_id: int) -> RosterList | None:
    """The list in the address."""
    return queries.one(session, load_society(session, slug).id, list_id)


@bp.get("/")
@permit_in(Action.IMPORT_RUN, load_society)
def index(society: Society) -> Response:
    """What can be sent, and what was."""
    return page("lists/index.html", None, lists=queries.lists(session(), society.id), kinds=LIST_KINDS)


@bp.route("/new/<kind>", methods=["GET", "POST"])
@permit_in(Action.IMPORT_RUN, load_society)
def new(society: Society, kind: str) -> Response:
    """Send a list."""
    form, sent, made = _form(society, _kind(kind)), request.files.get("file"), list[RosterList]()

    def deed() -> None:
        content = sent.read() if sent else b""
        command = form.command(_kind(kind), (sent.filename or "") if sent else "", content)
        made.append(services.receive(session(), society, command, datetime.now(UTC)))

    status = attempt(form, deed)
    if status is None:
        return go(_url(made[0]))
    return page("lists/new.html", "form", status, form=form, kind=kind, title=LIST_KINDS[_kind(kind)])


def _kind(kind: str) -> ListKind:
    try:
        return ListKind(kind)
    except ValueError as error:
        raise NotThere from error


def _form(society: Society, kind: ListKind) -> forms.ListForm:
    data = forms.data_of(kind, current.today())
    if kind == ListKind.COUNCIL:
        council = forms.CouncilForm(data=data | {"body_id": request.args.get("body", type=int)})
        council.offer(bodies.bodies(session(), society.id), categories(session(), society.id))
        return council
    if kind == ListKind.UNITS:
        units = forms.UnitsForm(data=data)
        units.offer(categories(session(), society.id))
        return units
    return forms.ListForm(data=data)


@bp.get("/<int:list_id>", endpoint="page")
@permit_on(Action.IMPORT_RUN, load_list)
def list_page(row: RosterList) -> Response:
    """The rows to be decided, or what became of the list."""
    return _show(row)


def _show(row: RosterList, status: int = 200, problem: str = "") -> Response:
    if row.state != ListState.OPEN:
        return _done(row, status)
    judgement = services.judge(session(), _society(row), row)
    shown = request.values.get("state", "")
    return page(
        "lists/page.html",
        "rows",
        status,
        row=row,
        judgement=judgement,
        listed=services.listed_of(session(), row),
        asked=services.asked_of(row),
        places=[place for place in enumerate(judgement.rows) if shown in {"", place[1].state}],
        shown=shown,
        states=STATES,
        problem=problem,
        title=_title(row),
    )


def _done(row: RosterList, status: int) -> Response:
    """What became of the list, with the way to what it registered."""
    asked, here = services.asked_of(row), {"slug": (request.view_args or {})["slug"]}
    undone = taken_back(session(), row.society_id, [row.act_id] if row.act_id else [])
    target = {
        ListKind.COUNCIL: lambda: link("bodies.term", body_id=asked.body_id, ordinal=asked.ordinal, **here),
        ListKind.UNITS: lambda: link("units.index", **here),
        ListKind.BRANCHES: lambda: link("branches.index", **here),
    }[ListKind(row.kind)]()
    context = {"row": row, "states": STATES, "title": _title(row), "undone": undone, "target": target}
    return page("lists/done.html", None, status, **context)


def _society(row: RosterList) -> Society:
    return session().get_one(Society, row.society_id)


def _title(row: RosterList) -> str:
    """会员单位名册, or the 届 of a body."""
    asked = services.asked_of(row)
    if row.kind != ListKind.COUNCIL:
        return LIST_KINDS[ListKind(row.kind)]
    body = bodies.body(session(), row.society_id, asked.body_id)
    name = body.name if body else ""
    return str(_("%(body)s第%(ordinal)s届名单", body=name, ordinal=asked.ordinal))


@bp.post("/<int:list_id>/decide")
@permit_on(Action.IMPORT_RUN, load_list)
def decide(row: RosterList) -> Response:
    """Take the clerk's word on some rows."""
    try:
        rows = services.judge(session(), _society(row), row).rows
        admit = {"yes": True, "no": False}.get(request.form.get("admit", ""))
        services.decide(session(), row, forms.read_choices(request.form, rows), admit=admit)
    except RuleBroken as broken:
        return _show(row, 422, said(broken.reason))
    if request.headers.get("HX-Request"):
        return _show(row)
    return go(_url(row, state=request.form.get("state") or None))


@bp.post("/<int:list_id>/apply")
@permit_on(Action.IMPORT_RUN, load_list)
def apply(row: RosterList) -> Response:
    """Write everything as one act, with the way back."""
    society = _society(row)
    try:
        count = services.apply(session(), society, row, request.form.get("digest", ""), datetime.now(UTC))
    except RuleBroken as broken:
        session().rollback()
        return _show(session().get_one(RosterList, row.id), 422, said(broken.reason))
    offer(society, row.act_id or 0, str(_("已按“%(title)s”登记 %(n)s 行", title=_title(row), n=count)))
    return go(_url(row))


@bp.post("/<int:list_id>/drop")
@permit_on(Action.IMPORT_RUN, load_list)
def drop(row: RosterList) -> Response:
    """Forget the list."""
    try:
        services.drop(session(), row, datetime.now(UTC))
    except RuleBroken as broken:
        return _show(row, 422, said(broken.reason))
    flash(_("已放弃这份名单，没有登记任何内容"), "done")
    return go(link("lists.index", slug=(request.view_args or {})["slug"]))


def _url(row: RosterList, **values: Any) -> str:
    return url_for("lists.page", slug=(request.view_args or {})["slug"], list_id=row.id, **values)
