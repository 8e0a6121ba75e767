"""The branch units of a society with their committees and members."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.branches import forms, queries, services
from registry.core.policy import Action, within
from registry.societies import branching
from registry.societies import queries as societies
from registry.societies.models import BRANCH_KINDS, Branch, Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

bp = Blueprint("branches", __name__, url_prefix="/societies/<slug>/branches")


def load_branch(session: Session, slug: str, code: str) -> Branch | None:
    """The branch in the address."""
    return societies.branch_by_code(session, load_society(session, slug).id, code)


@bp.get("/")
@permit_in(Action.BRANCH_SEE, load_society)
def index(society: Society) -> Response:
    """The branches that the reader may see, with heads and members on the day."""
    day = current.day()
    allowed = within(current.grants(), Action.BRANCH_SEE, Branch)
    rows = societies.branches(session(), society.id, allowed)
    there = societies.branches_on(rows, day)
    last = queries.last_active(session(), society.id, day)
    return page(
        "branches/index.html",
        None,
        there=there,
        elsewhen=[row for row in rows if row not in there],
        heads=bodies.branch_heads(session(), society.id, day),
        counts=queries.member_counts(session(), society.id, day),
        sleeping=queries.sleeping(there, last, day),
        kinds=BRANCH_KINDS,
    )


@bp.get("/<code>", endpoint="page")
@permit_on(Action.BRANCH_SEE, load_branch)
def branch_page(branch: Branch) -> Response:
    """One branch."""
    day = current.day()
    return page(
        "branches/page.html",
        "facts",
        **_facts(branch),
        committees=[row for row in bodies.bodies(session(), branch.society_id) if row.branch_id == branch.id],
        holders=_holders(branch),
        members=queries.member_count(session(), branch.society_id, branch.id, day),
        life=queries.life(session(), branch),
        asleep=queries.sleeping([branch], queries.last_active(session(), branch.society_id, day), day),
    )


def _holders(branch: Branch) -> list[Any]:
    rows = bodies.holding(session(), branch.society_id, current.day())
    return [row for row in rows if row.branch_id == branch.id]


def _facts(branch: Branch) -> dict[str, Any]:
    return {"branch": branch, "kinds": BRANCH_KINDS}


@bp.route("/new", methods=["GET", "POST"])
@permit_in(Action.BRANCH_EDIT, load_society)
def new(society: Society) -> Response:
    """Found a branch."""
    form = forms.FoundForm(data={"starts_on": current.today()})
    made: list[Branch] = []
    status = attempt(form, lambda: made.append(branching.found_branch(session(), society, form.command())))
    if status is None:
        flash(_("已设立 %(name)s", name=made[0].name), "done")
        return go(_url("page", code=made[0].code))
    return _form(form, status, _("设立分支机构"), _url("index"))


@bp.route("/<code>/edit", methods=["GET", "POST"])
@permit_on(Action.BRANCH_EDIT, load_branch)
def edit(branch: Branch) -> Response:
    """Set the facts right, in their place on the page."""
    form = forms.EditForm(obj=branch)
    form.fit(branch)
    back = _url("page", code=branch.code)
    status = attempt(form, lambda: branching.edit_branch(session(), branch, form.command()))
    if status is not None:
        return _form(form, status, _("修改基本情况"), back)
    return page("branches/page.html", "facts", **_facts(branch), saved=True) if wants_part() else go(back)


@bp.route("/<code>/rename", methods=["GET", "POST"])
@permit_on(Action.BRANCH_EDIT, load_branch)
def rename(branch: Branch) -> Response:
    """Give a branch another name from a day on."""
    form = forms.RenameForm(data=_today(branch))
    today = current.today()
    status = attempt(form, lambda: branching.rename_branch(session(), branch, form.command(today)))
    if status is None:
        flash(_("已更名为 %(name)s", name=branch.name), "done")
        return go(_url("page", code=branch.code))
    return _form(form, status, _("更名"), _url("page", code=branch.code))


@bp.route("/<code>/move", methods=["GET", "POST"])
@permit_on(Action.BRANCH_EDIT, load_branch)
def move(branch: Branch) -> Response:
    """All members of a branch go to another on a day."""
    form = forms.MoveMembersForm(data=_today(branch))
    form.offer(_others(branch))
    moved: list[int] = []
    status = attempt(form, lambda: moved.append(services.move_members(session(), branch, form.command())))
    if status is None:
        flash(_("已移交 %(n)s 段会籍", n=moved[0]), "done")
        return go(_url("page", code=branch.code))
    return _form(form, status, _("移交会员"), _url("page", code=branch.code), _people(branch))


@bp.route("/<code>/end", methods=["GET", "POST"])
@permit_on(Action.BRANCH_EDIT, load_branch)
def end(branch: Branch) -> Response:
    """End a branch, its committee's terms and its members' belonging."""
    form = forms.EndForm(data=_today(branch))
    form.offer(_others(branch))
    status = attempt(form, lambda: services.close(session(), branch, form.command()))
    back = _url("page", code=branch.code)
    if status is None:
        flash(_("%(name)s已终止", name=branch.name), "done")
        return go(back)
    return _form(form, status, _("终止分支机构"), back, _people(branch))


def _today(branch: Branch) -> dict[str, Any]:
    return {"on": current.today(), "version": branch.version}


def _others(branch: Branch) -> list[Branch]:
    """The branches to which its people may go."""
    every = societies.branches(session(), branch.society_id)
    return [row for row in societies.branches_on(every, current.today()) if row.id != branch.id]


def _people(branch: Branch) -> str:
    """What is about to happen, before it happens."""
    many = len(queries.spells_from(session(), branch.society_id, branch.id, current.today()))
    return str(_("今天起有 %(n)s 段会籍会随之改变归属，会籍本身照旧。", n=many))


def _form(form: FlaskForm, status: int, title: str, back: str, lead: str = "") -> Response:
    return page("branches/form.html", "form", status, form=form, title=title, back=back, lead=lead)


def _url(endpoint: str, **values: Any) -> str:
    place = {"slug": (request.view_args or {})["slug"], **current.looked_at()}
    return url_for(f"branches.{endpoint}", **place, **values)
