"""The audit of a society and of a body's term, the rules with the charter's numbers, and leading cadres."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.bodies.models import Term
from registry.bodies.reading import load_term
from registry.bodies.seating import day_within
from registry.composition import packs, queries, seen, services
from registry.composition.beside import beside
from registry.composition.bundle import bundle
from registry.composition.facts import Official
from registry.composition.forms import OfficialsForm, ParameterForm
from registry.composition.judging import judge
from registry.composition.models import OFFICIALS
from registry.composition.packs import STRENGTHS, Rule
from registry.composition.report import Report
from registry.composition.shown import Audit
from registry.composition.snapshot import Snapshot
from registry.composition.verdicts import ANSWERS, Answer
from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.printing.paper import NotSet, pdf
from registry.printing.word import docx
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import db, session
from registry.web.deeds import attempt
from registry.web.filters import day_zh, link
from registry.web.pages import go, page, wants_part

bp = Blueprint("composition", __name__, url_prefix="/societies/<slug>/audit")
BOTH = ["GET", "POST"]
FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
WORDS = {"answers": ANSWERS, "strengths": STRENGTHS, "officials": OFFICIALS}
TONES = {
    Answer.NOT_MET: "not-met",
    Answer.UNDETERMINED: "undetermined",
    Answer.MET: "met",
    Answer.NOT_APPLICABLE: "quiet",
}


@bp.get("/")
@permit_in(Action.AUDIT_SEE, load_society)
def index(society: Society) -> Response:
    """Every finding of the society and of its bodies on the day, the worst first."""
    snapshot = queries.snapshot(session(), society.id, current.day())
    audit = Audit(snapshot, judge(snapshot, packs.every()))
    return page("composition/index.html", "findings", **context(society, audit))


@bp.get("/<int:body_id>/terms/<int:ordinal>")
@permit_on(Action.AUDIT_SEE, load_term)
def term(term: Term) -> Response:
    """The findings of a body's term, and what those who sit in it are."""
    society = session().get_one(Society, term.society_id)
    snapshot = queries.snapshot(session(), society.id, day_within(term, current.day()))
    audit = Audit(snapshot, judge(snapshot, packs.every(), [term.body_id]))
    told = seen.told(snapshot, term.body_id, fully=_knows(society))
    others = beside(session(), society.id, term.body.kind, snapshot.day) if told else []
    return page(
        "composition/term.html", "audit", term=term, told=told, beside=others, **context(society, audit)
    )


@bp.get("/report.<any(pdf, docx):form>")
@permit_in(Action.AUDIT_SEE, load_society)
def report(society: Society, form: str) -> Response:
    """The audit as a file."""
    snapshot = queries.snapshot(session(), society.id, current.day())
    audit = Audit(snapshot, judge(snapshot, packs.every()))
    made = Report(audit, day_zh(snapshot.day), _knows(society))
    try:
        content = docx(made.document()) if form == "docx" else pdf("audit", made.data())
    except NotSet:
        flash(_("没有排成；请改用 Word，并告诉系统管理员"), "warning")
        return go(link("composition.index", slug=society.slug))
    # What only read so far may not turn into a writer.
    db.session.rollback()
    services.note_report(session(), society.id, form, snapshot.day)
    return send_file(BytesIO(content), FILES[form], as_attachment=True, download_name=f"{made.title}.{form}")


@bp.get("/bundle.zip")
@permit_in(Action.AUDIT_SEE, load_society)
def package(society: Society) -> Response:
    """The audit to take away: report, findings and lists with what proves them."""
    snapshot = queries.snapshot(session(), society.id, current.day())
    audit = Audit(snapshot, judge(snapshot, packs.every()))
    made = Report(audit, day_zh(snapshot.day), _knows(society))
    holding = [row for row in bodies.holding(session(), society.id, snapshot.day) if row.branch_id is None]
    where = url_for("verifying.key", _external=True)
    try:
        content = bundle(made, holding, session().info["vault"], where)
    except NotSet:
        flash(_("没有排成；请改用 Word，并告诉系统管理员"), "warning")
        return go(link("composition.index", slug=society.slug))
    # What only read so far may not turn into a writer.
    db.session.rollback()
    services.note_report(session(), society.id, "zip", snapshot.day)
    return send_file(
        BytesIO(content), "application/zip", as_attachment=True, download_name=f"{made.title}.zip"
    )


def context(society: Society, audit: Audit) -> dict[str, Any]:
    """What findings are drawn with: who may see a fact of the people reads the fact behind it, too."""
    numbers = {}
    if current.allowed(Action.MEMBERSHIP_SEE, Place(society.id)):
        numbers = bodies.numbers_of(session(), society.id, audit.people())
    return {
        "audit": audit,
        "numbers": numbers,
        "knows": _knows(society),
        "words": WORDS,
        "tones": TONES,
        "on_record": True,
    }


def _knows(society: Society) -> bool:
    place = Place(society.id)
    return current.allowed(Action.IDENTITY_SEE, place) and current.allowed(Action.WORK_SEE, place)


@bp.get("/rules")
@permit_in(Action.AUDIT_SEE, load_society)
def rules(society: Society) -> Response:
    """All rules with their numbers, their sources, and what the charter says otherwise."""
    held = queries.charter(session(), society.id, current.day())
    sources: dict[str, list[Rule]] = {}
    for rule in packs.every():
        if rule.in_force(current.day()):
            sources.setdefault(rule.citation.document, []).append(rule)
    values = {key: row.value for key, row in held.items()}
    return page("composition/rules.html", None, sources=sources, held=held, values=values, words=WORDS)


def load_parameter(session: Session, slug: str, code: str) -> Society:
    """The society, where a rule has the parameter."""
    rule_id, _dot, name = code.partition(".")
    rule = packs.by_id(rule_id)
    if rule is None or name not in rule.labels:
        raise NotThere
    return load_society(session, slug)


@bp.route("/rules/<code>", methods=BOTH)
@permit_in(Action.AUDIT_EDIT, load_society)
def parameter(society: Society, code: str) -> Response:
    """What the charter says of one number: with `?edit` edited, and saved."""
    load_parameter(session(), society.slug, code)
    held = queries.charter(session(), society.id, current.day()).get(code)
    if request.method == "GET" and "edit" not in request.args:
        return _parameter(society, code)
    typed = {"value": held.value, "article": held.article, "version": held.version} if held else {}
    form = ParameterForm(data={**typed, "starts_on": held.starts_on if held else current.day()})
    status = attempt(form, lambda: services.set_parameter(session(), society, form.command(code)))
    if status is not None:
        return _parameter(society, code, status, form)
    if not wants_part():
        flash(_("已保存"), "done")
        return go(link("composition.rules", slug=society.slug))
    return _parameter(society, code, saved=True)


def _parameter(
    society: Society, code: str, status: int = 200, form: ParameterForm | None = None, *, saved: bool = False
) -> Response:
    rule_id, _dot, name = code.partition(".")
    rule: Rule | None = packs.by_id(rule_id)
    row = queries.charter(session(), society.id, current.day()).get(code)
    shown = {"rule": rule, "name": name, "row": row, "form": form, "saved": saved}
    return page("composition/parameter.html", "part", status, **shown)


@bp.route("/officials", methods=BOTH)
@permit_in(Action.AUDIT_EDIT, load_society)
def officials(society: Society) -> Response:
    """Who of those in office is or was a leading cadre."""
    snapshot = queries.snapshot(session(), society.id, current.day())
    people = _in_office(snapshot)
    form = OfficialsForm()
    told = form.told(request.form, people)
    done: list[int] = []
    status = attempt(form, lambda: done.append(services.tell_officials(session(), society, told)))
    if status is not None:
        shown = {"form": form, "people": people, "snapshot": snapshot, "words": WORDS, "kinds": Official}
        return page("composition/officials.html", None, status, **shown)
    flash(_("已记录 %(n)s 人", n=done[0]), "done")
    return go(link("composition.officials", slug=society.slug))


def _in_office(snapshot: Snapshot) -> dict[int, str]:
    """Everybody in the bodies that rules on cadres speak of, with their posts."""
    posts: dict[int, list[str]] = {}
    for kind in ("council", "standing", "supervisors"):
        sitting = snapshot.own.get(kind)
        for key, names in sitting.duties.items() if sitting else ():
            posts.setdefault(key, []).append(names)
    return {key: "、".join(names) for key, names in posts.items()}
