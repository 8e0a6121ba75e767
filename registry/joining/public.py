"""Where anybody applies: four tracks, kept under a link, handed in, and looked at again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, request
from flask_babel import gettext as _

from registry.accounts.telling import flooded
from registry.core.actor import Actor
from registry.core.errors import NotThere, RuleBroken
from registry.core.policy import Action
from registry.joining import forms, queries, services
from registry.joining.course import STAGES, Stage, stage
from registry.joining.models import STEPS, TRACKS, Application, JoiningSettings, StepKind, Track
from registry.joining.services import CONTINUE, Typed
from registry.links import services as links
from registry.mail import services as mail
from registry.mail.sending import available
from registry.societies.models import Society
from registry.societies.queries import categories
from registry.societies.views import load_society
from registry.web import addresses, current
from registry.web.access import permit
from registry.web.database import session
from registry.web.deeds import refuse
from registry.web.pages import go, page

bp = Blueprint("join", __name__, url_prefix="/join/<slug>")


def _open(slug: str) -> tuple[Society, JoiningSettings]:
    """The society, where it takes applications."""
    society = load_society(session(), slug)
    settings = queries.settings(session(), society.id)
    if settings is None or not settings.tracks:
        raise NotThere
    # A stranger is told nothing of the society's pages, only its name.
    g.society = None
    return society, settings


def _discreet(answer: Response) -> Response:
    answer = make_response(answer)
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/")
@permit(Action.JOIN_APPLY)
def index(slug: str) -> Response:
    """What the society says to those who want to join, and the tracks that are open."""
    society, settings = _open(slug)
    offered = [(key, word) for key, word in TRACKS.items() if key in settings.tracks]
    return page("joining/start.html", None, joined=society, settings=settings, tracks=offered)


@bp.post("/begin")
@permit(Action.JOIN_APPLY)
def begin(slug: str) -> Response:
    """A new application; the link to it is the only way back."""
    society, settings = _open(slug)
    track = request.form.get("track", "")
    if track not in settings.tracks:
        return page(
            "joining/start.html", None, 422, joined=society, settings=settings, tracks=_offered(settings)
        )
    _act()
    _row, secret = services.begin(session(), society, Track(track), datetime.now(UTC))
    return go(addresses.whole("join.mine", slug=slug, secret=secret))


def _offered(settings: JoiningSettings) -> list[tuple[Track, str]]:
    return [(key, word) for key, word in TRACKS.items() if key in settings.tracks]


def _act() -> None:
    session().info["actor"] = Actor(None, str(_("申请人")))


def _found(society: Society, secret: str) -> Application | None:
    """What the link opens; unknown, worn-out and another society's are alike."""
    link = links.look(session(), CONTINUE, secret, datetime.now(UTC))
    key = int(link.subject.partition(":")[2]) if link else 0
    return queries.one(session(), society.id, key)


def _gone(society: Society) -> Response:
    status = 422 if request.method == "POST" else 200
    return _discreet(page("joining/gone.html", None, status, joined=society))


@bp.route("/mine/<secret>", methods=["GET", "POST"])
@permit(Action.JOIN_APPLY)
def mine(slug: str, secret: str) -> Response:
    """One's application: filled in, kept, handed in; afterwards where it stands."""
    society, settings = _open(slug)
    row = _found(society, secret)
    if row is None:
        return _gone(society)
    if row.stands not in (None, StepKind.ASKED_BACK):
        return _status(society, row, secret)
    form = _form(society, settings, row)
    if request.method == "GET":
        return _show(society, row, form, secret)
    _act()
    if request.form.get("deed") == "submit":
        return _submit(society, settings, row, form, secret)
    services.keep(session(), row, _typed(row, form))
    flash(_("已保存。以后用这个链接接着填"), "done")
    return go(_href(slug, secret))


def _href(slug: str, secret: str) -> str:
    return addresses.whole("join.mine", slug=slug, secret=secret)


def _form(society: Society, settings: JoiningSettings, row: Application) -> Any:
    units = row.track == Track.UNIT
    offered = [(one.code, one.name) for one in categories(session(), society.id) if one.for_units == units]
    typed = services.typed_of(session(), row)
    if units:
        return forms.unit_form(typed, offered)
    return forms.person_form(Track(row.track), typed, offered, settings.recommenders)


def _typed(row: Application, form: Any) -> Typed:
    typed: Typed = form.typed() if row.track == Track.UNIT else forms.typed_in(form)
    return typed


def _submit(
    society: Society, settings: JoiningSettings, row: Application, form: Any, secret: str
) -> Response:
    units = row.track == Track.UNIT
    well = form.complete() if units else forms.complete(form, Track(row.track), settings.recommenders)
    if not well:
        return _show(society, row, form, secret, 422)
    typed = _typed(row, form)
    services.submit(session(), row, typed, current.today())
    _write(society, typed, secret)
    return go(_href(society.slug, secret))


def _write(society: Society, typed: Typed, secret: str) -> None:
    """The link by mail, where mail is sent and an address was given."""
    to = str(typed.facts.get("email") or "")
    if to and available() and not flooded(to):
        # Without the name, which a stranger may have filled with words to be mailed.
        values = {"society": society.name, "link": _href(society.slug, secret)}
        mail.post(session(), society.id, to, "application", **values)


def _show(
    society: Society, row: Application, form: Any, secret: str, status: int = 200, papers: Any = None
) -> Response:
    shown = {
        "joined": society,
        "row": row,
        "form": form,
        "secret": secret,
        "back": row.last(StepKind.ASKED_BACK),
        "address": _href(society.slug, secret),
        "track": TRACKS[Track(row.track)],
        "papers": papers or forms.PaperForm(formdata=None),
    }
    return _discreet(page("joining/form.html", "form", status, **shown))


def _status(society: Society, row: Application, secret: str, status: int = 200) -> Response:
    now = stage(row, current.today())
    shown = {"joined": society, "row": row, "secret": secret, "stages": STAGES, "steps": STEPS, "stage": now}
    closed = now in (Stage.ACCEPTED, Stage.CLOSED)
    return _discreet(page("joining/status.html", None, status, closed=closed, **shown))


@bp.post("/mine/<secret>/papers")
@permit(Action.JOIN_APPLY)
def attach(slug: str, secret: str) -> Response:
    """One more file."""
    society, settings = _open(slug)
    row, form = _found(society, secret), forms.PaperForm()
    if row is None:
        return _gone(society)
    _act()
    try:
        services.attach(session(), row, *form.sent)
    except RuleBroken as error:
        session().rollback()
        whole = _form(society, settings, row)
        refuse(form, error)
        return _show(society, row, whole, secret, 422, papers=form)
    flash(_("已附上"), "done")
    return go(_href(slug, secret))


@bp.post("/mine/<secret>/withdraw")
@permit(Action.JOIN_APPLY)
def withdraw(slug: str, secret: str) -> Response:
    """Not any longer."""
    society, _settings = _open(slug)
    row = _found(society, secret)
    if row is None:
        return _gone(society)
    _act()
    services.withdraw(session(), row, current.today())
    return go(_href(slug, secret))
