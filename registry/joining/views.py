"""The staff's side: the queue by stages, one application, decisions for many, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, g, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.policy import Action, reach
from registry.joining import admitting, forms, queries, services
from registry.joining.course import STAGES, Stage, stage
from registry.joining.models import STEPS, TRACKS, Application, ApplicationPaper, StepKind, Track
from registry.joining.tracks import UNIT_FIELDS
from registry.members.queries import holder, namesakes
from registry.people import documents
from registry.people import services as people
from registry.people.documents import SHORT, masked
from registry.people.facts import read_facts, shown
from registry.people.fields import FIELDS
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("joining", __name__, url_prefix="/societies/<slug>")
BOTH = ["GET", "POST"]
UNIT_WORDS = {
    "name": _l("单位名称"),
    "credit_code": _l("统一社会信用代码"),
    "kind": _l("单位类型"),
    "address": _l("地址"),
    "representative": _l("单位代表"),
    "representative_number": _l("单位代表的会员号"),
    "contact": _l("联系人"),
    "phone": _l("电话"),
    "email": _l("邮箱"),
}


def load_application(session: Session, slug: str, application_id: int) -> Application | None:
    """A submitted application of the society in the address."""
    row = queries.one(session, load_society(session, slug).id, application_id)
    return row if row and row.stands else None


def load_paper(session: Session, slug: str, application_id: int, paper_id: int) -> ApplicationPaper | None:
    """A file of the application in the address."""
    row = load_application(session, slug, application_id)
    return queries.paper(session, row.society_id, row.id, paper_id) if row else None


@bp.get("/applications/")
@permit_in(Action.APPLICATION_SEE, load_society)
def index(society: Society) -> Response:
    """The queue, by stage in the order of the work; `?closed` what is done with."""
    closed, day = "closed" in request.args, current.today()
    by_stage: dict[Stage, list[Application]] = {}
    for row in queries.submitted(session(), society.id, closed=closed):
        by_stage.setdefault(stage(row, day), []).append(row)
    ordered = [(one, by_stage[one]) for one in Stage if one in by_stage]
    settings = queries.settings(session(), society.id)
    words: dict[str, Any] = {"stages": STAGES, "tracks": TRACKS}
    return page("joining/index.html", None, settings=settings, groups=ordered, closed=closed, **words)


@bp.get("/applications/<int:application_id>")
@permit_on(Action.APPLICATION_SEE, load_application)
def application(row: Application) -> Response:
    """Everything of one application, and who of the register it may be."""
    return _show(row)


def _show(row: Application, status: int = 200, **more: Any) -> Response:
    typed, now = services.typed_of(session(), row), stage(row, current.today())
    shown_ = {
        "row": row,
        "stage": now,
        "stages": STAGES,
        "steps": STEPS,
        "track": TRACKS[Track(row.track)],
        "facts": _facts(row, typed),
        "category": typed.category,
        "known": _known(row, typed) if now not in (Stage.ACCEPTED, Stage.CLOSED) else [],
        "offered": [kind for kind, stages in services.TAKEN_AT.items() if now in stages],
    }
    return page("joining/page.html", None, status, **shown_, **more)


def _facts(row: Application, typed: services.Typed) -> list[tuple[str, str]]:
    """Label and words of what was typed; of the document the last four."""
    if row.track == Track.UNIT:
        told = {**typed.facts, "kind": shown("employer_kind", typed.facts.get("kind"))}
        return [(str(UNIT_WORDS[key]), str(told[key])) for key in UNIT_FIELDS if told.get(key)]
    values = read_facts(typed.facts).values
    found = [(FIELDS[key].label, shown(key, value)) for key, value in values.items() if value]
    number = typed.document.get("number", "")
    if number:
        kind = documents.DocumentKind(typed.document["kind"])
        found.append((SHORT[kind], masked(number.strip()[-4:])))
    return found


def _known(row: Application, typed: services.Typed) -> list[Any]:
    """Who of the register bears the document, or the name with no other birth date; or may act for a unit."""
    if row.track == Track.UNIT:
        return admitting.representatives(session(), row, typed)
    try:
        facts = admitting.facts_of(row, typed)
        proof = documents.check(
            typed.document.get("kind", ""),
            typed.document.get("number", ""),
            typed.document.get("country") or None,
        )
    except (RuleBroken, ValueError):
        return []
    mark = people.fingerprint(session().info["vault"], proof)
    same = holder(session(), row.society_id, mark)
    return [same] if same else list(namesakes(session(), row.society_id, facts["name"], facts.get("birth")))


@bp.post("/applications/<int:application_id>/person")
@permit_on(Action.APPLICATION_JUDGE, load_application)
def identify(row: Application) -> Response:
    """The applicant, or who represents it, is that member of before, or after all nobody."""
    asked = request.form.get("person", "")
    typed = services.typed_of(session(), row)
    found = next((one for one in _known(row, typed) if one.number == asked), None)
    services.identify(session(), row, found.id if found else None)
    flash(_("已认定"), "done")
    return go(_href(row))


def _href(row: Application) -> str:
    return link("joining.application", slug=g.society.slug, application_id=row.id)


@bp.route(
    "/applications/<int:application_id>/<any(checked, approved, filed, noticed, asked_back, refused):kind>",
    methods=BOTH,
)
@permit_on(Action.APPLICATION_JUDGE, load_application)
def take(row: Application, kind: str) -> Response:
    """One step with one application."""
    what = StepKind(kind)
    form = forms.TakeForm().only(what)
    deed = lambda: services.take(session(), [row], form.command(what), current.today())  # noqa: E731
    status = attempt(form, deed)
    if status is None:
        flash(_("%(what)s，已记录", what=STEPS[what]), "done")
        return go(_href(row))
    return page(
        "joining/step.html", "form", status, form=form, title=_(STEPS[what]), back=_href(row), row=row
    )


@bp.route("/applications/decide", methods=BOTH)
@permit_in(Action.APPLICATION_JUDGE, load_society)
def decide(society: Society) -> Response:
    """One decision for all that are ready, or for those that are ticked."""
    rows = _ready(society)
    form, made = forms.AcceptForm(data={"decided_on": current.today()}), list[Any]()

    def deed() -> None:
        if not rows:
            raise RuleBroken(_("没有选中等待决定的申请"))
        made.extend(admitting.accept(session(), society, rows, form.command(), current.today()))

    status = attempt(form, deed)
    back = link("joining.index", slug=society.slug)
    if status is None:
        flash(_("%(n)s 名申请人已入会", n=len(made)), "done")
        return go(back)
    return page("joining/decide.html", "form", status, form=form, rows=rows, title=_("决定入会"), back=back)


def _ready(society: Society) -> Sequence[Application]:
    day = current.today()
    keys = [int(key) for key in request.values.getlist("id") if key.isdecimal()]
    rows = queries.several(session(), society.id, keys) if keys else queries.submitted(session(), society.id)
    return [row for row in rows if stage(row, day) is Stage.READY]


@bp.get("/applications/notice")
@permit_in(Action.APPLICATION_SEE, load_society)
def notice(society: Society) -> Response:
    """The notice (公示) of those who are to become members, to be printed or put on a site."""
    day = current.today()
    rows = [row for row in queries.submitted(session(), society.id) if stage(row, day) is Stage.NOTICED]
    told = [(row, services.typed_of(session(), row)) for row in rows]
    ends = max(
        (step.until for row in rows if (step := row.last(StepKind.NOTICED)) and step.until), default=None
    )
    return page("joining/notice.html", None, told=told, ends=ends, tracks=TRACKS)


@bp.get("/applications/<int:application_id>/papers/<int:paper_id>")
@permit_on(Action.APPLICATION_SEE, load_paper)
def paper(row: ApplicationPaper) -> Response:
    """A file that the applicant sent."""
    content = BytesIO(services.open_paper(session(), row))
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=row.filename)


@bp.route("/joining", methods=BOTH)
@permit_in(Action.JOINING_EDIT, load_society)
def settings(society: Society) -> Response:
    """Who may apply, and what is asked of them."""
    form = forms.settings_form(queries.settings(session(), society.id))
    status = attempt(form, lambda: services.settle(session(), society.id, form.command()))
    back = link("joining.index", slug=society.slug)
    if status is None:
        flash(_("已保存"), "done")
        return go(back)
    return page("joining/settings.html", "form", status, form=form, title=_("入会申请的设置"), back=back)


@bp.route("/recommendations", methods=BOTH)
@permit_in(Action.RECOMMENDATION_GIVE, load_society)
def recommendations(society: Society) -> Response:
    """Whom the reader is asked to recommend."""
    own = {span.society_id: span.person_id for span in reach(current.grants(), Action.RECOMMENDATION_GIVE)}
    rows = queries.asked_of(session(), society.id, own.get(society.id) or 0)
    row = next((one for one in rows if one.id == request.form.get("id", type=int)), None)
    if row is None or row.agrees is not None:
        status = 422 if request.method == "POST" else 200
        return page("joining/recommendations.html", None, status, rows=rows, tracks=TRACKS)
    services.recommend(session(), row, datetime.now(UTC), agrees=request.form.get("deed") == "yes")
    flash(_("已答复"), "done")
    return go(link("joining.recommendations", slug=society.slug))
