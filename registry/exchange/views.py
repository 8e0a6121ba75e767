"""The way of an import from the file to the roster."""

from __future__ import annotations

from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import Any

from flask import Blueprint, Response, flash, request, send_file, url_for
from flask_babel import gettext as _

from registry.core.errors import NotThere, RuleBroken
from registry.core.policy import Action
from registry.exchange import finishing, forms, pages, queries, returning, services
from registry.exchange.beside import Beside
from registry.exchange.checking import Checked
from registry.exchange.finishing import Confirmed
from registry.exchange.models import Upload, UploadState
from registry.exchange.pages import Common
from registry.exchange.showing import Described
from registry.jobs import working
from registry.jobs.services import Begin
from registry.jobs.working import Glance
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.undoing.queries import taken_back
from registry.web import current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.deeds import refuse
from registry.web.languages import said
from registry.web.pages import go, page

bp = Blueprint("exchange", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/societies/<slug>/imports/", methods=["GET", "POST"])
@permit_in(Action.IMPORT_RUN, load_society)
def index(society: Society) -> Response:
    """Send a file; what was imported before."""
    form = forms.UploadForm()
    if request.method == "POST":
        return _receive(society, form)
    return page("exchange/index.html", "form", form=form, uploads=queries.uploads(session(), society.id))


def _receive(society: Society, form: forms.UploadForm) -> Response:
    try:
        upload = services.receive(session(), society, _sent(form), datetime.now(UTC))
    except RuleBroken as broken:
        refuse(form, broken)
        past = queries.uploads(session(), society.id)
        return page("exchange/index.html", "form", 422, form=form, uploads=past)
    return go(_address(society, upload))


def _sent(form: forms.UploadForm) -> services.Receive:
    """The file; without one, what was pasted."""
    sent = request.files.get("file")
    if sent and sent.filename:
        return services.Receive(sent.filename, sent.read())
    text = form.text.data or ""
    return services.Receive(services.PASTED if text.strip() else "", text.encode("utf-8", "replace"))


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
    job = queries.job_of(session(), upload)
    glance = working.glance(job) if job else None
    step = _step(upload, glance)
    context: dict[str, Any] = {"upload": upload, "step": step, "problem": problem, "glance": glance}
    if step == "columns":
        context["file"] = Described(upload, services.opened(session(), upload))
    elif step != "working":
        context["undone"] = _undone(upload)
        asked = request.args.get("page", 1, type=int), request.args.get("edit", 0, type=int)
        context["checked"] = Checked(session(), upload, request.args.get("state", ""), *asked)
    return page("exchange/page.html", "step", status, **context)


def _undone(upload: Upload) -> bool:
    """The whole import was taken back, and that still holds."""
    act_ids = [upload.act_id] if upload.act_id else []
    return bool(taken_back(session(), upload.society_id, act_ids))


def _step(upload: Upload, glance: Glance | None) -> str:
    """Columns, rows, working, or done."""
    if upload.state != UploadState.UPLOADED:
        return "done"
    if glance and glance.running:
        return "working"
    asked = request.args.get("step") == "columns" or request.endpoint == "exchange.columns"
    return "columns" if asked or upload.judged is None else "rows"


@bp.post("/societies/<slug>/imports/<int:upload_id>/columns")
@permit_in(Action.IMPORT_RUN, load_society)
def columns(society: Society, upload_id: int) -> Response:
    """Take another sheet, header or meaning of the columns; then judge every row."""
    upload, choice = _found(society, upload_id), forms.read_choice(request.form)
    try:
        _refuse_working(upload)
        services.choose(session(), upload, choice)
        if choice.targets is None:
            return go(_address(society, upload, step="columns"))
        services.judge(session(), upload, current.today())
    except RuleBroken as broken:
        return _show(upload, 422, said(broken.reason))
    return go(_address(society, upload))


def _refuse_working(upload: Upload) -> None:
    """What is being written is neither changed nor dropped."""
    job = queries.job_of(session(), upload)
    if job and working.glance(job).running:
        raise RuleBroken(services.AT_WORK)


@bp.post("/societies/<slug>/imports/<int:upload_id>/apply")
@permit_in(Action.IMPORT_RUN, load_society)
def apply(society: Society, upload_id: int) -> Response:
    """Let what was confirmed be written beside the request."""
    upload, now = _found(society, upload_id), datetime.now(UTC)
    _refuse_working(upload)
    services.refuse_closed(upload)
    address = _address(society, upload)
    confirmed = Confirmed(upload.id, request.form.get("digest", ""), current.today())
    total = sum(upload.counts.values())
    asked = {"digest": confirmed.digest}
    command = Begin(society.id, None, queries.APPLYING, asked, total, working.me(), now, upload.id)
    working.begin(command, lambda own, job_id, tick: finishing.carry_out(own, job_id, confirmed, now, tick))
    return go(address)


@bp.post("/societies/<slug>/imports/<int:upload_id>/judge")
@permit_in(Action.IMPORT_RUN, load_society)
def judge(society: Society, upload_id: int) -> Response:
    """Judge the same file again, after the register has moved on."""
    upload = _found(society, upload_id)
    _refuse_working(upload)
    services.judge(session(), upload, current.today())
    return go(_address(society, upload))


@bp.post("/societies/<slug>/imports/<int:upload_id>/decide")
@permit_in(Action.IMPORT_RUN, load_society)
def decide(society: Society, upload_id: int) -> Response:
    """Say who doubtful rows are, set cells right, or take one text for another everywhere."""
    upload = _found(society, upload_id)
    _refuse_working(upload)
    services.answer(session(), upload, forms.read_answers(request.form), current.today())
    if request.args.get("row", type=int):
        after = pages.next_open(session(), upload, request.args.get("row", 0, type=int))
        if after is not None:
            return go(url_for("exchange.row", slug=society.slug, upload_id=upload.id, line=after))
        return go(_address(society, upload, state="doubtful"))
    kept = {key: request.args.get(key) for key in ("state", "page")}
    return go(_address(society, upload, **kept))


@bp.get("/societies/<slug>/imports/<int:upload_id>/rows/<int:line>")
@permit_in(Action.IMPORT_RUN, load_society)
def row(society: Society, upload_id: int, line: int) -> Response:
    """A doubtful row beside the people whom it may mean."""
    upload = _found(society, upload_id)
    common = pages.common_of(session(), upload)
    found = pages.row_of(session(), upload, line) if common else None
    if common is None or found is None or not found.choices:
        raise NotThere
    beside = Beside(session(), upload, found, common)
    return page("exchange/beside.html", "beside", upload=upload, beside=beside)


@bp.get("/societies/<slug>/imports/<int:upload_id>/left.xlsx")
@permit_in(Action.IMPORT_RUN, load_society)
def left(society: Society, upload_id: int) -> Response:
    """The rows that were not taken, as a file with a column of reasons."""
    upload = _found(society, upload_id)
    common = pages.common_of(session(), upload) or Common()
    rows = [row for key in ("doubtful", "refused") for row in pages.rows(session(), upload, key)]
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    returning.write_left(out, common, sorted(rows, key=lambda row: row.row))
    out.seek(0)
    name = f"{_('没有导入的行')}-{upload.filename.rpartition('.')[0] or upload.filename}.xlsx"
    return send_file(out, XLSX, as_attachment=True, download_name=name)


@bp.post("/societies/<slug>/imports/<int:upload_id>/drop")
@permit_in(Action.IMPORT_RUN, load_society)
def drop(society: Society, upload_id: int) -> Response:
    """Forget the file."""
    upload = _found(society, upload_id)
    _refuse_working(upload)
    services.drop(session(), upload, datetime.now(UTC))
    flash(_("已放弃“%(name)s”，没有写入任何内容。", name=upload.filename))
    return go(url_for("exchange.index", slug=society.slug))
