"""The lists of a society as files: the roster as the screen narrows it, unit members, branches, offices."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from tempfile import TemporaryFile

from flask import Blueprint, Response, request, send_file, url_for
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.exports import services, waiting
from registry.exports.asking import TABLES, filename, narrowed, ordered
from registry.exports.forms import Asked, read_asked
from registry.exports.showing import Leaving
from registry.exports.writing import KINDS, write_table
from registry.jobs import working
from registry.jobs.models import Job
from registry.jobs.queries import job_of
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import db, session
from registry.web.pages import go, page

bp = Blueprint("exports", __name__, url_prefix="/societies/<slug>")


def load_job(session: Session, slug: str, job_id: int) -> Job | None:
    """An export of the society in the address."""
    load_society(session, slug)
    return job_of(session, slug, job_id, waiting.KIND)


@bp.get("/members/export.<any(xlsx, csv):kind>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def members(society: Society, kind: str) -> Response:
    """What the roster shows under the same address, as a file."""
    return _sent(society, read_asked("members", kind, request.args))


@bp.get("/exports/")
@permit_in(Action.ROSTER_EXPORT, load_society)
def index(society: Society) -> Response:
    """The lists, and what can be chosen of each."""
    return page("exports/index.html", view=Leaving(society))


@bp.get("/exports/<any(members, units, branches, offices):what>.<any(xlsx, csv):kind>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def file(society: Society, what: str, kind: str) -> Response:
    """One of the lists, as a file."""
    return _sent(society, read_asked(what, kind, request.args))


@bp.post("/exports/jobs/<any(xlsx, csv):kind>")
@permit_in(Action.ROSTER_EXPORT, load_society)
def begin(society: Society, kind: str) -> Response:
    """Write a long roster beside the request."""
    order, rows, now = ordered(society, kind, request.form), Leaving(society).members or 0, datetime.now(UTC)
    slug, command = society.slug, waiting.asked_for(order, rows, working.me(), now)
    job_id = working.begin(
        command, lambda own, job_id, tick: waiting.carry_out(own, job_id, order, now, tick)
    )
    return go(url_for("exports.job", slug=slug, job_id=job_id))


@bp.get("/exports/jobs/<int:job_id>")
@permit_on(Action.ROSTER_EXPORT, load_job)
def job(job: Job) -> Response:
    """How far it has come; then the file."""
    return page("exports/job.html", "job", job=job, glance=working.glance(job), mine=_mine(job))


@bp.get("/exports/jobs/<int:job_id>/file")
@permit_on(Action.ROSTER_EXPORT, load_job)
def fetch(job: Job) -> Response:
    """What was written, for whoever asked for it, within a day."""
    pieces = waiting.pieces(session(), job.society_id, job.id)
    first = next(pieces, b"") if _mine(job) else b""
    if not first:
        raise NotThere
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    out.writelines(chain([first], pieces))
    out.seek(0)
    asked = job.asked
    return send_file(out, KINDS[asked["kind"]], as_attachment=True, download_name=asked["name"])


def _mine(job: Job) -> bool:
    """Asked for by the reader, who may otherwise export all that the society has."""
    reader = current.reader()
    asked = reader is not None and job.asked.get("account") == reader.account_id
    return asked or current.allowed(Action.ROSTER_EXPORT, Place(job.society_id))


def _sent(society: Society, asked: Asked) -> Response:
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    vault = session().info["vault"] if asked.keyed else None
    table = TABLES[asked.what](society, asked)
    count = write_table(out, table, asked.kind, vault)
    _note(society.id, asked, count, table.labels)
    out.seek(0)
    return send_file(out, KINDS[asked.kind], as_attachment=True, download_name=filename(society, asked))


def _note(society_id: int, asked: Asked, count: int, columns: list[str]) -> None:
    """Journal the export in a transaction of its own: what only read so far may not turn into a writer."""
    db.session.rollback()
    services.note_export(session(), society_id, count, asked.kind, narrowed(), asked.what, columns)
