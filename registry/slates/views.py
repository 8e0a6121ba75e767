"""Slates: begun, filled while the verdicts follow, set side by side, and passed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.bodies import candidates, seating
from registry.bodies import queries as bodies
from registry.bodies.forms import DeedForm
from registry.bodies.models import BodyKind
from registry.composition import queries as composition
from registry.composition.snapshot import Snapshot
from registry.composition.views import FILES, TONES, WORDS
from registry.core.errors import NotThere, RuleBroken, Stale
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.integrity.queries import weighing
from registry.printing.paper import pdf
from registry.printing.word import docx
from registry.slates import forms, queries, services
from registry.slates.models import Candidate, Slate
from registry.slates.papers import ORDERS, Papers
from registry.slates.pasting import Pasted, pasted
from registry.slates.shown import Shown, both
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.undoing.queries import taken_back
from registry.undoing.views import offer
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import db, session
from registry.web.deeds import attempt
from registry.web.filters import day_zh
from registry.web.pages import go, page, wants_part

bp = Blueprint("slates", __name__, url_prefix="/societies/<slug>/slates")
BOTH = ["GET", "POST"]


def load_slate(session: Session, slug: str, slate_id: int) -> Slate | None:
    """The slate in the address."""
    return queries.slate(session, load_society(session, slug).id, slate_id)


@bp.get("/")
@permit_in(Action.SLATE_SEE, load_society)
def index(society: Society) -> Response:
    """Every slate of the society."""
    return page("slates/index.html", None, slates=queries.slates(session(), society.id))


@bp.route("/new", methods=BOTH)
@permit_in(Action.SLATE_EDIT, load_society)
def new(society: Society) -> Response:
    """A new slate."""
    form, made = _begin_form(society), list[Slate]()

    def deed() -> None:
        now = datetime.now(UTC)
        made.append(services.begin(session(), society, form.command(), current.today(), now))

    status = attempt(form, deed)
    if status is None:
        return go(_url("page", made[0]))
    return _form(form, status, _("新的拟任名单"), url_for("slates.index", slug=society.slug))


def _begin_form(society: Society) -> forms.BeginForm:
    """The next 届 of the body asked for."""
    rows = [row for row in bodies.bodies(session(), society.id) if row.ends_on is None]
    rows.sort(key=lambda row: row.kind != BodyKind.COUNCIL)
    asked = request.args.get("body", type=int)
    body = next((row for row in rows if row.id == asked), rows[0] if rows else None)
    last = max(body.terms, key=lambda term: term.ordinal, default=None) if body else None
    planned = {"ordinal": last.ordinal + 1, "starts_on": last.planned_end_on} if last else {}
    form = forms.BeginForm(data={"body_id": body.id if body else None, "from_term": True, **planned})
    form.offer(rows)
    return form


def _form(form: DeedForm, status: int, title: str, back: str) -> Response:
    return page("slates/form.html", "form", status, form=form, title=title, back=back)


def _url(endpoint: str, slate: Slate, **values: Any) -> str:
    slug = (request.view_args or {})["slug"]
    return url_for(f"slates.{endpoint}", slug=slug, slate_id=slate.id, **values)


@bp.get("/<int:slate_id>", endpoint="page")
@permit_on(Action.SLATE_SEE, load_slate)
def slate_page(slate: Slate) -> Response:
    """Who stands, and what the rules say of it."""
    return _show(slate)


def _show(slate: Slate, status: int = 200, **more: Any) -> Response:
    return page("slates/page.html", "slate", status, **_context(slate), **more)


def _context(slate: Slate) -> dict[str, Any]:
    shown = _shown(slate)
    form = forms.AddForm(formdata=None)
    form.offer(slate.body.posts, _url("add", slate))
    undone = taken_back(session(), slate.society_id, [slate.act_id] if slate.act_id else [])
    people = shown.people | shown.audit.people()
    return {
        "slate": slate,
        "shown": shown,
        "audit": shown.audit,
        "told": shown.told(fully=True),
        "seating": shown.seating,
        "numbers": bodies.numbers_of(session(), slate.society_id, people),
        "adding": form,
        "undone": bool(undone),
        "others": [row for row in queries.slates(session(), slate.society_id) if _rival(row, slate)],
        "knows": current.allowed(Action.IDENTITY_SEE, Place(slate.society_id)),
        "words": WORDS,
        "tones": TONES,
        "width": seating.WIDTH,
        "height": seating.HEIGHT,
    }


def _rival(row: Slate, slate: Slate) -> bool:
    """Another slate for the same 届."""
    return row.id != slate.id and (row.body_id, row.ordinal) == (slate.body_id, slate.ordinal)


def _shown(slate: Slate, real: Snapshot | None = None) -> Shown:
    """The slate as a draft; on a snapshot of today, where it was read before."""
    standing = queries.candidates(session(), slate)
    if real is None:
        real = composition.snapshot(session(), slate.society_id, current.today())
    people = {row.person_id for row in standing}
    found = weighing(session(), slate.society_id, people, current.today())
    return Shown(slate, standing, queries.drafted(session(), slate, standing, real), found)


@bp.route("/<int:slate_id>/candidates", methods=BOTH)
@permit_on(Action.SLATE_EDIT, load_slate)
def add(slate: Slate) -> Response:
    """One more candidate; asked with `?person=`, who may be meant by that."""
    typed, day = request.args.get("person", "").strip(), current.today()
    if request.method == "GET":
        found = candidates.search(session(), slate.society_id, typed, day) if typed else []
        if wants_part():
            return page("bodies/candidates.html", "list", candidates=found, sought=typed, holding={})
        return go(_url("page", slate))
    form = forms.AddForm()
    form.offer(slate.body.posts, _url("add", slate))
    status = attempt(form, lambda: _add(slate, form))
    if status is not None:
        meant = candidates.search(session(), slate.society_id, form.person.data or "", day)
        return _show(slate, status, refused=form, candidates=meant, sought=form.person.data)
    return _done(slate, _("已加入"))


def _add(slate: Slate, form: forms.AddForm) -> None:
    person_id, typed = form.person_id.data, form.person.data
    person = candidates.chosen(session(), slate.society_id, person_id, typed, current.today())
    if not services.add(session(), slate, [(person.id, form.post_id.data)]):
        raise RuleBroken(_("%(name)s已在这个职务上", name=person.name), "person")


def _done(slate: Slate, words: str) -> Response:
    """The slate as it now is."""
    if not wants_part():
        flash(words, "done")
        return go(_url("page", slate))
    session().expire_all()
    return _show(slate, done=words)


@bp.post("/<int:slate_id>/candidates/<int:candidate_id>")
@permit_on(Action.SLATE_EDIT, load_slate)
def move(slate: Slate, candidate_id: int) -> Response:
    """Another post for a candidate, or off the slate."""
    row = _candidate(slate, candidate_id)
    if request.form.get("deed") == "remove":
        services.remove(session(), slate, row)
        return _done(slate, _("已移出"))
    post_id, version = request.form.get("post_id", 0, type=int), request.form.get("version", type=int)
    try:
        services.move(session(), slate, row, post_id, version)
    except Stale as stale:
        problem = _("别人刚把 %(name)s 改为%(post)s；要改请再改一次", name=row.person.name, post=stale.theirs)
        return _show(slate, 409, problem=problem)
    return _done(slate, _("已改职务"))


def _candidate(slate: Slate, candidate_id: int) -> Candidate:
    row = queries.candidate(session(), slate, candidate_id)
    if row is None:
        raise NotThere
    return row


@bp.route("/<int:slate_id>/paste", methods=BOTH)
@permit_on(Action.SLATE_EDIT, load_slate)
def paste(slate: Slate) -> Response:
    """Many names at once."""
    form, found = forms.PasteForm(), list[Pasted]()
    form.offer(slate.body.posts)

    def deed() -> None:
        found.append(pasted(session(), slate, form.text.data or "", form.post_id.data, _sent()))
        services.add(session(), slate, found[0].pairs)

    status = attempt(form, deed)
    if status is not None:
        return _form(form, status, _("粘贴或上传名单"), _url("page", slate))
    flash(_("已加入 %(n)s 人", n=len(found[0].pairs)), "done")
    missed = "、".join(f"{name}（{why}）" for name, why in found[0].missed)
    if missed:
        flash(_("没有加入：%(names)s", names=missed), "warning")
    return go(_url("page", slate))


def _sent() -> tuple[str, bytes]:
    """The file that came along, by name and content."""
    file = request.files.get("file")
    return (file.filename or "", file.read()) if file else ("", b"")


@bp.get("/<int:slate_id>/beside/<int:other_id>")
@permit_on(Action.SLATE_SEE, load_slate)
def beside(slate: Slate, other_id: int) -> Response:
    """Two slates of one society side by side."""
    other = queries.slate(session(), slate.society_id, other_id)
    if other is None or other.id == slate.id:
        raise NotThere
    real = composition.snapshot(session(), slate.society_id, current.today())
    pair = (_shown(slate, real), _shown(other, real))
    return page("slates/beside.html", None, pair=pair, rules=both(*pair), words=WORDS, tones=TONES)


@bp.get("/<int:slate_id>/<any(ballot, candidates):what>.<any(pdf, docx):form>")
@permit_on(Action.SLATE_SEE, load_slate)
def paper(slate: Slate, what: str, form: str) -> Response:
    """The ballot or the list of candidates, `?order=surname` or `name`."""
    society = session().get_one(Society, slate.society_id)
    order = request.args.get("order", "")
    order = order if order in ORDERS else "surname"
    papers = Papers(slate, queries.candidates(session(), slate), society.name, order, day_zh(current.day()))
    document = papers.ballot() if what == "ballot" else papers.candidates()
    content = docx(document) if form == "docx" else pdf(document.style, document.data())
    # What only read so far may not turn into a writer.
    db.session.rollback()
    services.note_paper(session(), society.id, document.title)
    return send_file(
        BytesIO(content), FILES[form], as_attachment=True, download_name=f"{document.title}.{form}"
    )


@bp.route("/<int:slate_id>/pass", methods=BOTH, endpoint="pass")
@permit_on(Action.SLATE_EDIT, load_slate)
def pass_slate(slate: Slate) -> Response:
    """The decision that makes officers of the candidates."""
    form = forms.PassForm(data={"decided_on": slate.starts_on})
    society = session().get_one(Society, slate.society_id)

    def deed() -> None:
        services.pass_(session(), society, slate, form.command(slate), datetime.now(UTC))

    status = attempt(form, deed)
    if status is not None:
        return _form(form, status, _("通过：%(name)s", name=slate.name), _url("page", slate))
    offer(society, slate.act_id or 0, _("已通过，%(term)s的任职已登记", term=slate.term_name))
    return go(url_for("bodies.term", slug=society.slug, body_id=slate.body_id, ordinal=slate.ordinal))


@bp.post("/<int:slate_id>/state")
@permit_on(Action.SLATE_EDIT, load_slate)
def state(slate: Slate) -> Response:
    """Lay a slate aside, or make a draft again of one that was taken back."""
    if request.form.get("deed") == "reopen":
        services.reopen(session(), slate)
        flash(_("又是草稿，可以再改"), "done")
    else:
        services.drop(session(), slate, datetime.now(UTC))
        flash(_("已搁置"), "done")
    return go(_url("page", slate))
