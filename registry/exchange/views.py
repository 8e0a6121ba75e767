"""The way of an import from the file to the roster."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from registry.core.errors import NotThere, RuleBroken
from registry.core.policy import Action
from registry.exchange import forms, queries, services
from registry.exchange.models import Upload, UploadState
from registry.exchange.showing import Checked, Described
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import db, session
from registry.web.pages import go, page

bp = Blueprint("exchange", __name__)


@bp.route("/societies/<slug>/imports/", methods=["GET", "POST"])
@permit_in(Action.IMPORT_RUN, load_society)
def index(society: Society) -> Response:
    """Send a file; what was imported before."""
    form = forms.UploadForm()
    if request.method == "POST":
        return _receive(society, form)
    return page("exchange/index.html", "form", form=form, uploads=queries.uploads(session(), society.id))


def _receive(society: Society, form: forms.UploadForm) -> Response:
    sent = request.files.get("file")
    command = services.Receive(sent.filename or "", sent.read()) if sent else services.Receive("", b"")
    try:
        upload = services.receive(session(), society, command, datetime.now(UTC))
    except RuleBroken as broken:
        form.file.errors = [_(broken.reason)]
        past = queries.uploads(session(), society.id)
        return page("exchange/index.html", "form", 422, form=form, uploads=past)
    return go(_address(society, upload))


def _address(society: Society, upload: Upload, **values: Any) -> str:
    return url_for("exchange.page", slug=society.slug, upload_id=upload.id, **values)


def _found(society: Society, upload_id: int) -> Upload:
    upload = queries.upload(session(), society.id, upload_id)
    if upload is None:
        raise NotThere
    return upload


@bp.get("/societies/<slug>/imports/<int:upload_id>", endpoint="page")
@permit_in(Action.IMPORT_RUN, load_society)
def page_of(society: Society, upload_id: int) -> Response:
    """The step at which an import stands."""
    return _show(_found(society, upload_id))


def _show(upload: Upload, status: int = 200, problem: str = "") -> Response:
    step = _step(upload)
    context: dict[str, Any] = {"upload": upload, "step": step, "problem": problem}
    if step == "columns":
        context["file"] = Described(upload, services.opened(session(), upload))
    else:
        content = services.judged(session(), upload) or {}
        asked = request.args.get("state", ""), request.args.get("page", 1, type=int)
        context["checked"] = Checked(upload, content, *asked)
    return page("exchange/page.html", "step", status, **context)


def _step(upload: Upload) -> str:
    """Columns, rows, or done."""
    if upload.state != UploadState.UPLOADED:
        return "done"
    asked = request.args.get("step") == "columns" or request.endpoint == "exchange.columns"
    return "columns" if asked or upload.judged is None else "rows"


@bp.post("/societies/<slug>/imports/<int:upload_id>/columns")
@permit_in(Action.IMPORT_RUN, load_society)
def columns(society: Society, upload_id: int) -> Response:
    """Take another sheet, header or meaning of the columns; then judge every row."""
    upload, choice = _found(society, upload_id), forms.read_choice(request.form)
    try:
        services.choose(session(), upload, choice)
        if choice.targets is None:
            return go(_address(society, upload, step="columns"))
        services.judge(session(), upload, current.today())
    except RuleBroken as broken:
        return _show(upload, 422, _(broken.reason))
    return go(_address(society, upload))


@bp.post("/societies/<slug>/imports/<int:upload_id>/apply")
@permit_in(Action.IMPORT_RUN, load_society)
def apply(society: Society, upload_id: int) -> Response:
    """Write what was confirmed."""
    upload = _found(society, upload_id)
    digest = request.form.get("digest", "")
    try:
        services.apply(session(), society, upload, digest, current.today(), datetime.now(UTC))
    except RuleBroken as broken:
        db.session.rollback()
        return _show(_found(society, upload_id), 422, _(broken.reason))
    return go(_address(society, upload))


@bp.post("/societies/<slug>/imports/<int:upload_id>/judge")
@permit_in(Action.IMPORT_RUN, load_society)
def judge(society: Society, upload_id: int) -> Response:
    """Judge the same file again, after the register has moved on."""
    upload = _found(society, upload_id)
    services.judge(session(), upload, current.today())
    return go(_address(society, upload))


@bp.post("/societies/<slug>/imports/<int:upload_id>/decide")
@permit_in(Action.IMPORT_RUN, load_society)
def decide(society: Society, upload_id: int) -> Response:
    """Say of doubtful rows who they are."""
    upload = _found(society, upload_id)
    services.decide(session(), upload, forms.read_decisions(request.form), current.today())
    kept = {key: request.args.get(key) for key in ("state", "page")}
    return go(_address(society, upload, **kept))


@bp.post("/societies/<slug>/imports/<int:upload_id>/drop")
@permit_in(Action.IMPORT_RUN, load_society)
def drop(society: Society, upload_id: int) -> Response:
    """Forget the file."""
    upload = _found(society, upload_id)
    services.drop(session(), upload, datetime.now(UTC))
    flash(_("已放弃“%(name)s”，没有写入任何内容。", name=upload.filename))
    return go(url_for("exchange.index", slug=society.slug))
