"""The office's side of erasing: who asks, what would go and what would stay, and the deed itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, g
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.journal.models import ERASED
from registry.memberships.deeds import Wording, carry_out
from registry.memberships.models import Membership
from registry.memberships.queries import numbers, spells
from registry.memberships.views import load_member
from registry.privacy import mentions, requests, retaining
from registry.privacy.belongings import GOES, STAYS, staying
from registry.privacy.forms import EnterForm, EraseForm, RefuseForm
from registry.privacy.models import ERASURE_STATES, GROUNDS, Erasure, ErasureState
from registry.privacy.outlook import Outlook, outlook
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("erasures", __name__, url_prefix="/societies/<slug>")

BOTH = ["GET", "POST"]


def load_erasure(session: Session, slug: str, erasure_id: int) -> Erasure | None:
    """A request to the society in the address."""
    return requests.by_id(session, load_society(session, slug).id, erasure_id)


@bp.get("/erasures/")
@permit_in(Action.ERASURE_SEE, load_society)
def index(society: Society) -> Response:
    """Every request, those to be seen to first."""
    rows = requests.of_society(session(), society.id)
    held = {row.id: numbers(session(), society.id, row.person_id) for row in rows}
    return page("erasures/index.html", None, rows=rows, numbers=held, states=ERASURE_STATES)


@bp.route("/members/<number>/erasure", methods=BOTH)
@permit_on(Action.ERASE, load_member)
def enter(spell: Membership) -> Response:
    """A request that came on paper."""
    person = spell.person
    if person is None:
        raise NotThere
    lead = _("先记下申请；下一页列出会删什么、留什么，在那里才办。")
    back = link("members.page", slug=g.society.slug, number=spell.number)
    form = EnterForm()
    made: list[Erasure] = []

    def ask() -> None:
        made.append(requests.ask(session(), person, form.words.data, by_self=False))

    answer = carry_out(form, Wording(_("登记删除的申请"), lead, _("已登记"), back, person.name), ask)
    return go(link("erasures.page_of", slug=g.society.slug, erasure_id=made[0].id)) if made else answer


@bp.get("/erasures/<int:erasure_id>")
@permit_on(Action.ERASURE_SEE, load_erasure)
def page_of(row: Erasure) -> Response:
    """What would go, what would stay, and what stands in the way."""
    return _show(row, EraseForm())


@bp.post("/erasures/<int:erasure_id>/erase")
@permit_on(Action.ERASE, load_erasure)
def erase(row: Erasure) -> Response:
    """Erase, for ever."""
    form, held = EraseForm(), numbers(session(), row.society_id, row.person_id)
    erasure_id, day = row.id, current.today()
    status = attempt(form, lambda: requests.carry_out(session(), row, held, form.command(), day))
    if status:
        return _show(session().get_one(Erasure, erasure_id), form, status)
    flash(_("已删除。日志里也已删去，计数没有变"), "done")
    return go(link("erasures.page_of", slug=g.society.slug, erasure_id=erasure_id))


@bp.route("/erasures/<int:erasure_id>/refuse", methods=BOTH)
@permit_on(Action.ERASE, load_erasure)
def refuse(row: Erasure) -> Response:
    """Not to be done, with words."""
    form, lead = RefuseForm(), _("理由会原样给本人看。")
    back = link("erasures.page_of", slug=g.society.slug, erasure_id=row.id)
    wording = Wording(_("不予删除"), lead, _("已答复"), back, row.person.name)
    return carry_out(form, wording, lambda: requests.refuse(session(), row, form.answer.data))


def _show(row: Erasure, form: EraseForm, status: int = 200) -> Response:
    spell = spells(session(), row.society_id, row.person_id)[0]
    view = outlook(session(), row.person, current.today()) if row.state == ErasureState.ASKED else None
    found = mentions.mentions(session(), view) if view else []
    words = {"states": ERASURE_STATES, "grounds": GROUNDS, "goes": GOES, "stays": _staying(view)}
    context = {"form": form, "view": view, "mentions": found, "spell": spell, "nameless": ERASED, **words}
    return page("erasures/page.html", None, status, erasure=row, **context)


def _staying(view: Outlook | None) -> list[tuple[str, str]]:
    """Words and reasons of what would stay of this person."""
    if view is None:
        return []
    held = staying(session(), view.society_id, view.ids)
    return [(STAYS[name].word, STAYS[name].why) for name in held]


@bp.get("/retention/")
@permit_in(Action.ERASURE_SEE, load_society)
def retention(society: Society) -> Response:
    """What is kept past its time."""
    now = datetime.now(UTC)
    found = retaining.past(session(), society.id, now)
    context: dict[str, Any] = {
        "past": [(swept, found[swept.key]) for swept in retaining.SWEPT],
        "lying": retaining.lying(session(), society.id, now),
        "gone": retaining.long_gone(session(), society.id, current.today()),
        "years": retaining.YEARS,
        "days": retaining.UNFINISHED.days,
    }
    return page("erasures/retention.html", None, **context)


@bp.post("/retention/sweep")
@permit_in(Action.ERASE, load_society)
def sweep(society: Society) -> Response:
    """Delete at once what is past its time."""
    many = retaining.sweep(session(), society.id, datetime.now(UTC))
    flash(_("已清除 %(n)d 项", n=many) if many else _("没有过期的，不用清除"), "done")
    return go(link("erasures.retention", slug=society.slug))
