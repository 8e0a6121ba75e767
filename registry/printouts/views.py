"""Lists to print: what there is, how one will look, its files, and its layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere, RuleBroken
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.jobs import working
from registry.jobs.models import Job
from registry.jobs.queries import job_of
from registry.printing.paper import NotSet, png
from registry.printouts import forms, queries, services
from registry.printouts.kinds import KINDS
from registry.printouts.layouts import WORDS, Layout, refuse_unknown_words
from registry.printouts.showing import Sheet
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import db, session
from registry.web.deeds import attempt, refuse
from registry.web.languages import said
from registry.web.pages import go, page, wants_part

bp = Blueprint("printouts", __name__, url_prefix="/societies/<slug>/print")

LIST = "/<any(members, council, officers, branches, units):kind>"
FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FIRST_PAGE = 120
"""So many rows fill any first page."""


@bp.app_template_filter("codepoint")
def codepoint(char: str) -> str:
    """U+323A0, for a character that nobody can see."""
    return f"U+{ord(char):04X}"


def load_job(session: Session, slug: str, job_id: int) -> Job | None:
    """A printing of the society in the address."""
    load_society(session, slug)
    return job_of(session, slug, job_id, services.KIND)


@bp.get("/")
@permit_in(Action.ROSTER_EXPORT, load_society)
def index(society: Society) -> Response:
    """The kinds of list."""
    kept = queries.layouts(session(), society.id)
    own = {row.kind for row in kept if Layout.of(row) != KINDS[row.kind].usual}
    return page("printouts/index.html", kinds=KINDS, own=own)


@bp.get(LIST)
@permit_in(Action.ROSTER_EXPORT, load_society)
def sheet(society: Society, kind: str) -> Response:
    """How the list will look, and its files."""
    shown = Sheet(society, KINDS[kind])
    answer = page("printouts/sheet.html", "sheet", sheet=shown)
    answer.headers["HX-Replace-Url"] = shown.address("sheet")
    return answer


@bp.get(f"{LIST}/page.png")
@permit_in(Action.ROSTER_EXPORT, load_society)
def picture(society: Society, kind: str) -> Response:
    """The first page, with a layout that is kept or with one that the address carries."""
    shown = Sheet(society, KINDS[kind])
    if "draft" in request.args:
        shown = Sheet(society, KINDS[kind], forms.drafted(KINDS[kind], shown.standing, request.args))
    document = shown.document.beginning(FIRST_PAGE)
    try:
        drawn = png(document.style, document.data())
    except NotSet:
        raise NotThere from None
    return send_file(BytesIO(drawn), "image/png")


@bp.get(f"{LIST}/file.<any(pdf, docx):form>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def file(society: Society, kind: str, form: str) -> Response:
    """The list as a file; a long one is asked for on its page."""
    shown = Sheet(society, KINDS[kind])
    if shown.long:
        return go(shown.address("sheet"))
    order = shown.order(form)
    try:
        content = services.make(order)
    except RuleBroken as broken:
        flash(said(broken.reason), "warning")
        return go(shown.address("sheet"))
    # What only read so far may not turn into a writer.
    db.session.rollback()
    services.note(session(), society.id, order)
    return send_file(BytesIO(content), FILES[form], as_attachment=True, download_name=order.filename)


@bp.post(f"{LIST}/jobs/<any(pdf, docx):form>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def begin(society: Society, kind: str, form: str) -> Response:
    """Print a long list beside the requests."""
    shown, now = Sheet(society, KINDS[kind]), datetime.now(UTC)
    order, society_id, slug = shown.order(form), society.id, society.slug
    try:
        command = services.asked_for(society_id, order, working.me(), now)
    except RuleBroken as broken:
        flash(said(broken.reason), "warning")
        return go(shown.address("sheet"))
    job_id = working.begin(
        command,
        lambda own, job_id, tick: services.carry_out(own, society_id, job_id, order, now, tick),
    )
    return go(url_for("printouts.job", slug=slug, job_id=job_id))


@bp.get("/jobs/<int:job_id>")
@permit_on(Action.ROSTER_EXPORT, load_job)
def job(job: Job) -> Response:
    """How far it has come; then the file."""
    return page("printouts/job.html", "job", job=job, glance=working.glance(job), mine=_mine(job))


@bp.get("/jobs/<int:job_id>/file")
@permit_on(Action.ROSTER_EXPORT, load_job)
def printed(job: Job) -> Response:
    """What was printed, for whoever asked for it."""
    found = queries.printed_file(session(), job.society_id, job.id)
    if found is None or not _mine(job):
        raise NotThere
    content = session().info["vault"].open_bytes(found.content)
    return send_file(BytesIO(content), FILES[found.form], as_attachment=True, download_name=found.name)


def _mine(job: Job) -> bool:
    """Asked for by the reader, who may otherwise print all that the society has."""
    who = current.reader()
    asked = who is not None and job.asked.get("account") == who.account_id
    return asked or current.allowed(Action.ROSTER_EXPORT, Place(job.society_id))


@bp.route(f"{LIST}/layout", methods=["GET", "POST"])
@permit_in(Action.LAYOUT_EDIT, load_society)
def layout(society: Society, kind: str) -> Response:
    """The society's own layout, beside the page as it would be; POST keeps it, or only looks at it."""
    shown = Sheet(society, KINDS[kind])
    version = shown.kept.version if shown.kept else None
    form = forms.LayoutForm(shown.kind, shown.standing, version, request.form or None)
    if request.method == "GET":
        shown.draft = shown.standing
        return _laying_out(shown, form)
    columns = forms.chosen(shown.kind, request.form)
    well = form.validate()
    shown.draft = draft = form.layout(columns) if well else replace(shown.standing, columns=columns)
    if wants_part() or {"look", "up", "down"} & request.form.keys():
        return _laying_out(shown, form, 200 if well and _sound(shown, form) else 422)
    status = attempt(
        form, lambda: services.lay_out(session(), society.id, shown.kind, draft, form.version.data)
    )
    if status is not None:
        return _laying_out(shown, form, status)
    flash(_("版式已保存；本学会以后都这样印。"), "done")
    return go(shown.address("sheet"))


def _sound(shown: Sheet, form: forms.LayoutForm) -> bool:
    try:
        refuse_unknown_words(shown.layout)
    except RuleBroken as broken:
        refuse(form, broken)
        return False
    return True


def _laying_out(shown: Sheet, form: forms.LayoutForm, status: int = 200) -> Response:
    context: dict[str, Any] = {"sheet": shown, "form": form, "words": [f"{{{word}}}" for word in WORDS]}
    return page("printouts/layout.html", "preview", status, **context)


@bp.post(f"{LIST}/layout/restore")
@permit_in(Action.LAYOUT_EDIT, load_society)
def restore(society: Society, kind: str) -> Response:
    """Back to the usual layout."""
    services.restore(session(), society.id, KINDS[kind])
    flash(_("已恢复默认版式。"), "done")
    return go(url_for("printouts.layout", slug=society.slug, kind=kind))
