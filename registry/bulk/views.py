"""From the rows that were chosen to the deed that is done: held, asked, shown, confirmed, at work, done."""

from __future__ import annotations

from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import Any

from flask import Blueprint, Response, g, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bulk import forms, queries, services
from registry.bulk.models import Choice
from registry.bulk.planning import Plan, draw
from registry.bulk.showing import LABELS, Held, again, asked_of, cached_may, in_words
from registry.core.errors import RuleBroken
from registry.core.policy import Action
from registry.exports.lists import roster as exporting
from registry.exports.services import note_export
from registry.exports.writing import KINDS, write_csv, write_table
from registry.jobs import working
from registry.jobs.models import Job
from registry.jobs.queries import job_of
from registry.people.models import Person
from registry.roster.arranged import arranged
from registry.roster.reach import seen
from registry.roster.views import RosterView
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import demand, permit_in, permit_on
from registry.web.database import db, session
from registry.web.deeds import refuse
from registry.web.pages import go, page

bp = Blueprint("bulk", __name__, url_prefix="/societies/<slug>/members")

BOTH = ["GET", "POST"]
ADDRESSES = {"email": (Person.email,), "post": (Person.address, Person.postcode)}
"""Ways to write, and the facts that each needs; without the first nobody is reached."""


def load_choice(session: Session, slug: str, choice_id: int) -> Choice | None:
    """A choice of the society in the address."""
    load_society(session, slug)
    return queries.choice_of(session, slug, choice_id)


def load_job(session: Session, slug: str, job_id: int) -> Job | None:
    """A job of the society in the address."""
    load_society(session, slug)
    return job_of(session, slug, job_id, services.KIND)


@bp.post("/chosen")
@permit_in(Action.ROSTER_BULK, load_society)
def choose(society: Society) -> Response:
    """Hold what was ticked, or with `all` everybody whom the address finds; then on to the act."""
    announced = request.form.get("all", type=int) if request.form.get("all") else None
    ids = queries.found(session(), RosterView(society).roster.clauses()) if announced else _ticked(society)
    command = services.Hold(
        sorted(ids),
        _account(),
        datetime.now(UTC),
        current.own_branch(Action.ROSTER_BULK, society.id),
        announced,
        request.query_string.decode(),
    )
    choice = services.hold(session(), society.id, command)
    held = Held(society, choice)
    act = next((act for act in held.acts if act.key == request.form.get("deed")), None)
    return go(held.href(act) if act else _href("bulk.choice", choice))


def _account() -> int | None:
    who = current.reader()
    return who.account_id if who else None


def _ticked(society: Society) -> list[int]:
    """The rows sent, also those ticked on other pages, that are the society's and the reader's to see."""
    typed = [*request.form.getlist("id"), *request.form.get("ids", "").split(",")]
    ids = {int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < len(str(2**63))}
    if len(ids) > queries.MOST:
        return sorted(ids)
    allowed = seen(Action.ROSTER_SEE)
    return queries.existing(session(), allowed, society.id, sorted(ids))


def _href(endpoint: str, choice: Choice, **values: Any) -> str:
    return url_for(endpoint, slug=g.society.slug, choice_id=choice.id, **values)


@bp.get("/chosen/<int:choice_id>")
@permit_on(Action.ROSTER_BULK, load_choice)
def choice(choice: Choice) -> Response:
    """Who is held, and what can be done."""
    return page("bulk/choice.html", held=Held(g.society, choice))


@bp.route("/chosen/<int:choice_id>/<any(category, branch, state, tag, untag, fact):deed>", methods=BOTH)
@permit_on(Action.ROSTER_BULK, load_choice)
def order(choice: Choice, deed: str) -> Response:
    """GET asks, and with `ask` shows what would be done; POST confirms exactly that."""
    held, posted = Held(g.society, choice), request.method == "POST"
    typed = request.form if posted else request.args if "ask" in request.args else None
    form = forms.order_form(deed, held.choices(), typed)
    plan = _plan(choice, form) if typed is not None and form.validate() else None
    moved = posted and plan is not None and plan.digest != request.form.get("digest")
    if posted and plan is not None and plan.rows and not moved:
        return _begin(choice, plan)
    status = 409 if moved else 422 if form.errors or posted else 200
    context = {"held": held, "form": form, "plan": plan, "moved": moved, "title": LABELS[deed], "deed": deed}
    words = in_words(asked_of(plan)) if plan else ""
    return page("bulk/order.html", "step", status, words=words, **context)


def _plan(choice: Choice, form: forms.OrderForm) -> Plan | None:
    """What the order would do; a refusal stands at its field."""
    allowed = seen(Action.ROSTER_SEE)
    try:
        return draw(session(), allowed, cached_may(), choice, form.order())
    except RuleBroken as broken:
        refuse(form, broken)
    return None


def _begin(choice: Choice, plan: Plan) -> Response:
    """Let exactly this be done beside the request."""
    now = datetime.now(UTC)
    words, allowed, may = _reason(plan), seen(Action.ROSTER_SEE), cached_may()
    job_id = working.begin(
        services.asked_for(choice, plan, working.me(), now),
        lambda own, job_id, tick: services.carry_out(own, job_id, allowed, may, words, now, tick),
    )
    return go(url_for("bulk.job", slug=g.society.slug, job_id=job_id))


def _reason(plan: Plan) -> str:
    """What the journal says over the entries."""
    words = _("%(n)s 人：%(what)s", n=f"{len(plan.rows):,}", what=in_words(asked_of(plan)))
    return f"{words}。{plan.order.why}" if plan.order.why else words


@bp.get("/jobs/<int:job_id>")
@permit_on(Action.ROSTER_BULK, load_job)
def job(job: Job) -> Response:
    """How far a job has come, and what came of it."""
    glance, words = working.glance(job), in_words(job.asked)
    return page("bulk/job.html", "job", job=job, glance=glance, words=words, again=again(job, g.society.slug))


@bp.get("/chosen/<int:choice_id>/files")
@permit_on(Action.ROSTER_EXPORT, load_choice)
def files(choice: Choice) -> Response:
    """The kinds of file."""
    return page("bulk/files.html", held=Held(g.society, choice))


@bp.get("/chosen/<int:choice_id>/export.<any(xlsx, csv):kind>")
@permit_on(Action.ROSTER_EXPORT, load_choice)
def export(choice: Choice, kind: str) -> Response:
    """Exactly those who were chosen, in the columns of the screen."""
    rows = queries.in_order(session(), seen(Action.ROSTER_EXPORT), choice)
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    society, day = g.society, current.day()
    table = exporting.table(
        session(), society, rows, day, cached_may(), _("会员名册"), arranged(society).keys
    )
    count = write_table(out, table, kind, session().info["vault"] if kind == "xlsx" else None)
    # What only read so far may not turn into a writer.
    db.session.rollback()
    note_export(session(), society.id, count, kind, ["chosen"], columns=table.labels)
    out.seek(0)
    name = f"{_('会员名册')}-{society.short_name}-{day}.{kind}"
    return send_file(out, KINDS[kind], as_attachment=True, download_name=name)


@bp.route("/chosen/<int:choice_id>/write", methods=BOTH)
@permit_on(Action.ROSTER_BULK, load_choice)
def write(choice: Choice) -> Response:
    """How many can be written to; POST gives their addresses as a file, and the journal keeps it."""
    demand(Action.CONTACT_SEE, choice)
    facts = (Person.email, Person.address, Person.postcode)
    allowed = seen(Action.CONTACT_SEE)
    rows = queries.spells(session(), allowed, choice, *facts)
    people = list({row.person_id: row for row in rows}.values())
    kind = request.form.get("kind", "")
    if request.method == "POST" and kind in ADDRESSES:
        return _addresses(kind, people)
    reached = {key: sum(bool(getattr(row, key)) for row in people) for key in ("email", "address")}
    status = 422 if request.method == "POST" else 200
    return page(
        "bulk/write.html", "ways", status, held=Held(g.society, choice), many=len(people), reached=reached
    )


def _addresses(kind: str, people: list[Any]) -> Response:
    keys = [fact.key for fact in ADDRESSES[kind]]
    reached = [row for row in people if getattr(row, keys[0])]
    headings = [_("会员号"), _("姓名"), *(_("邮箱"),) * (kind == "email")]
    headings += [_("通信地址"), _("邮政编码")] * (kind == "post")
    out = TemporaryFile()  # noqa: SIM115 - closed by the response
    texts = ([row.number, row.name, *(getattr(row, key) or "" for key in keys)] for row in reached)
    write_csv(out, headings, texts)
    services.note_addresses(session(), g.society.id, kind, [row.person_id for row in reached])
    out.seek(0)
    title = {"email": _("邮箱名单"), "post": _("通信地址名单")}[kind]
    name = f"{title}-{g.society.short_name}-{current.today()}.csv"
    return send_file(out, "text/csv", as_attachment=True, download_name=name)
