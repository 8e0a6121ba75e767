"""What a reader does to their own view of the roster: columns, density, and views saved under a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from registry.arrangements import queries, services
from registry.arrangements.forms import ViewForm, read_columns
from registry.arrangements.models import SavedView
from registry.core.errors import NotAllowed, NotThere
from registry.core.policy import Action
from registry.roster.arranged import Arranged, account_id, arranged, kept, lost_of, words_of
from registry.roster.columns import FIXED, in_order
from registry.roster.views import RosterView
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

bp = Blueprint("arrangements", __name__, url_prefix="/societies/<slug>/members")


@bp.route("/columns", methods=["GET", "POST"])
@permit_in(Action.ARRANGEMENT_EDIT, load_society)
def columns(society: Society) -> Response:
    """The columns to choose from; POST remembers those chosen, their order and the density."""
    found = arranged(society)
    if request.method == "GET":
        return _columns(found)
    if "usual" in request.form:
        services.forget(session(), society.id, account_id(), found.view_id)
    else:
        keys = in_order([*FIXED, *read_columns(request.form)])
        density = request.form.get("density", "")
        services.arrange(session(), society.id, account_id(), found.view_id, keys, density)
    if wants_part():
        return _columns(arranged(society))
    return go(_way_on(arranged(society)))


def _columns(found: Arranged) -> Response:
    """The panel; after a change the roster asks for itself again."""
    shown, others = found.offered
    answer = page(
        "arrangements/columns.html",
        "panel",
        arranged=found,
        shown=shown,
        others=others,
        fixed=FIXED,
        back=_way_back(found),
    )
    if request.method == "POST":
        answer.headers["HX-Trigger"] = "rearranged"
    return answer


def _way_on(found: Arranged) -> str:
    """Whoever orders columns goes on ordering; otherwise back to the roster."""
    if {"up", "down", "usual"} & request.form.keys():
        view_id = found.view.id if found.view else None
        return url_for("arrangements.columns", slug=found.society.slug, view=view_id, back=_way_back(found))
    return _way_back(found)


def _way_back(found: Arranged) -> str:
    """The roster as it was narrowed."""
    roster = found.address(found.view)
    came = urlsplit(request.values.get("back") or request.referrer or "")
    here = came.path == urlsplit(roster).path
    return f"{came.path}?{came.query}".rstrip("?") if here else roster


@bp.route("/views", methods=["GET", "POST"])
@permit_in(Action.ARRANGEMENT_EDIT, load_society)
def views(society: Society) -> Response:
    """The views of the reader and of the society; POST saves the roster as it is under a name."""
    form, query, found = ViewForm(), _query(), arranged(society)
    _refuse_sharing(society, form.shared.data)
    made: list[SavedView] = []

    def deed() -> None:
        command = services.SaveView(form.name.data, query, found.keys, form.shared.data)
        made.append(services.save_view(session(), society.id, account_id(), command))

    status = attempt(form, deed)
    if status is None:
        flash(_("已存为视图“%(name)s”。", name=made[0].name), "done")
        return go(found.address(made[0]))
    return _views(found, form, query, status)


def _views(found: Arranged, form: ViewForm, query: str, status: int = 200, at: int = 0) -> Response:
    """All views with what they are narrowed to; the form stands at view `at`, or saves a new one."""
    choices = RosterView(found.society).choices
    rows = queries.views(session(), found.society.id, account_id())
    return page(
        "arrangements/views.html",
        "views",
        status,
        arranged=found,
        rows=[(row, words_of(row, choices), lost_of(row, choices)) for row in rows],
        owners=queries.owners(session(), rows),
        form=form,
        query=query,
        at=at,
        mine=account_id(),
    )


def _query() -> str:
    """The roster's address as the form brings it."""
    return kept(MultiDict(parse_qsl(request.form.get("query", ""))))


def _refuse_sharing(society: Society, shared: bool) -> None:
    if shared and not current.allowed(Action.VIEW_SHARE, society):
        raise NotAllowed


def _changed(society: Society, view_id: int) -> SavedView:
    """The view in the address, where the reader may change it."""
    view = queries.view(session(), society.id, account_id(), view_id)
    if view is None:
        raise NotThere
    if not Arranged(society, view_id).may_change(view):
        raise NotAllowed
    return view


def _standing(society: Society, view_id: int) -> tuple[Arranged, SavedView]:
    """The same of a view that has not ended."""
    view, found = _changed(society, view_id), Arranged(society, view_id)
    if view.ended_at is not None:
        raise NotThere
    return found, view


@bp.post("/views/<int:view_id>/rename")
@permit_in(Action.ARRANGEMENT_EDIT, load_society)
def rename(society: Society, view_id: int) -> Response:
    """Another name, or shared otherwise."""
    found, view = _standing(society, view_id)
    form = ViewForm()
    if form.shared.data != view.shared:
        _refuse_sharing(society, True)

    def deed() -> None:
        services.rename_view(session(), view, form.name.data, form.version.data, shared=form.shared.data)

    status = attempt(form, deed)
    if status is None:
        return _done(society, _("视图“%(name)s”已改好。", name=view.name))
    return _views(found, form, "", status, at=view_id)


@bp.post("/views/<int:view_id>/update")
@permit_in(Action.ARRANGEMENT_EDIT, load_society)
def update(society: Society, view_id: int) -> Response:
    """The view shows from now on what the roster shows."""
    found, view = _standing(society, view_id)
    services.update_view(session(), view, _query(), found.keys)
    flash(_("视图“%(name)s”已更新。", name=view.name), "done")
    return go(Arranged(society, view_id).address(view))


@bp.post("/views/<int:view_id>/end")
@permit_in(Action.ARRANGEMENT_EDIT, load_society)
def end(society: Society, view_id: int) -> Response:
    """Offer the view no more."""
    view = _changed(society, view_id)
    services.end_view(session(), view, datetime.now(UTC))
    return _done(society, _("视图“%(name)s”已删去；名册里的人没有变化。", name=view.name))


def _done(society: Society, told: Any) -> Response:
    flash(told, "done")
    return go(url_for("arrangements.views", slug=society.slug))
