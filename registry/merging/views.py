"""Likely twins as pages: the list, two side by side, what a merge will do, and what it did."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.journal import queries as journal
from registry.merging import comparing, queries, restoring, services
from registry.merging.comparing import ONE, TWO, Comparison, compare
from registry.merging.forms import ApartForm, MergeForm, UndoForm
from registry.merging.likeness import judge
from registry.merging.models import Merge
from registry.merging.plan import Plan, draw, state
from registry.people.fields import FIELDS
from registry.people.history import readable
from registry.people.models import Person
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import demand, permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("merging", __name__, url_prefix="/societies/<slug>/twins")

NEEDED = frozenset(
    {
        Action.MEMBERSHIP_EDIT,
        Action.DOCUMENT_EDIT,
        Action.BODY_EDIT,
        *(field.edit for field in FIELDS.values()),
    }
)
"""What a merge changes, and who merges must be allowed to change on both."""


@dataclass(frozen=True)
class Two:
    """Two people of a society, as the address names them; the society is the subject of rights."""

    society: Society
    one: Person
    two: Person
    branch_id = None
    person_id = None

    @property
    def society_id(self) -> int:
        """Whose register it is."""
        return self.society.id

    def href(self, endpoint: str, **more: Any) -> str:
        """A page of the two."""
        return link(f"merging.{endpoint}", slug=self.society.slug, one=self.one.id, two=self.two.id, **more)


def load_two(session: Session, slug: str, one: int, two: int) -> Two:
    """Two different people of one society; raises `NotThere`."""
    society = load_society(session, slug)
    found = [queries.person(session, society.id, key) for key in (one, two)]
    if found[0] is None or found[1] is None or one == two:
        raise NotThere
    return Two(society, found[0], found[1])


def load_merge(session: Session, slug: str, merge_id: int) -> Merge:
    """One merge of a society; raises `NotThere`."""
    found = queries.merge(session, load_society(session, slug).id, merge_id)
    if found is None:
        raise NotThere
    return found


@bp.app_context_processor
def _words() -> dict[str, Any]:
    return {"twin_words": comparing}


@bp.get("/")
@permit_in(Action.TWIN_SEE, load_society)
def index(society: Society) -> Response:
    """The likely pairs, the most alike first; and what was merged of late."""
    found = queries.page(session(), society.id, _after())
    return page("merging/index.html", found=found, first=_after() is None, merges=_recent(society))


def _after() -> tuple[int, int, int] | None:
    """The key to go on from, as `points-one-two`."""
    match = re.fullmatch(r"(-?\d{1,4})_(\d{1,18})_(\d{1,18})", request.args.get("after", ""))
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _recent(society: Society) -> Any:
    return queries.merges(session(), society.id) if _after() is None else ()


@bp.get("/<int:one>/<int:two>")
@permit_on(Action.TWIN_SEE, load_two)
def pair(two: Two) -> Response:
    """Both side by side, field by field."""
    merged = _merged(two)
    if merged is not None:
        return go(link("merging.merged", slug=two.society.slug, merge_id=merged.id))
    return _side_by_side(two, ApartForm())


def _merged(two: Two) -> Merge | None:
    """The merge by which one of them is no entry of its own any more."""
    gone = next((who for who in (two.one, two.two) if who.merged_into_id is not None), None)
    return queries.merge_of(session(), two.society_id, gone.id) if gone else None


def _side_by_side(two: Two, form: ApartForm, status: int = 200) -> Response:
    known = queries.known(session(), two.society_id, (two.one.id, two.two.id))
    alike = judge(known[two.one.id], known[two.two.id]) if len(known) > 1 else None
    return page(
        "merging/pair.html",
        None,
        status,
        two=two,
        both=compare(two.society, two.one, two.two),
        alike=alike,
        apart=queries.apart(session(), two.society_id, two.one.id, two.two.id),
        form=form,
    )


@bp.post("/<int:one>/<int:two>/apart")
@permit_on(Action.TWIN_MERGE, load_two)
def apart(two: Two) -> Response:
    """They are two people."""
    form = ApartForm()
    status = attempt(form, lambda: services.keep_apart(session(), two.one, two.two, form.reason.data or ""))
    if status:
        return _side_by_side(two, form, status)
    flash(_("已记下：%(one)s 与 %(two)s 是两个人，不再列出", one=two.one.name, two=two.two.name), "done")
    return go(link("merging.index", slug=two.society.slug))


@bp.post("/<int:one>/<int:two>/reopen")
@permit_on(Action.TWIN_MERGE, load_two)
def reopen(two: Two) -> Response:
    """The judgement that they are two is withdrawn."""
    judged = queries.apart(session(), two.society_id, two.one.id, two.two.id)
    if judged is not None and judged.withdrawn_at is None:
        services.reopen(session(), judged)
        flash(_("判断已撤回"), "done")
    return go(two.href("pair"))


@bp.route("/<int:one>/<int:two>/merge", methods=["GET", "POST"])
@permit_on(Action.TWIN_MERGE, load_two)
def merge(two: Two) -> Response:
    """What a merge will do, and the merge."""
    merged = _merged(two)
    if merged is not None and request.method == "GET":
        return go(link("merging.merged", slug=two.society.slug, merge_id=merged.id))
    both = compare(two.society, two.one, two.two)
    for side in (both.one, both.two):
        for action in NEEDED:
            demand(action, side.place)
    chosen = Chosen.read(both)
    form, made = MergeForm(), list[Merge]()

    def carry_out() -> None:
        command = form.command(chosen.taken)
        made.append(services.merge(session(), *chosen.order(two), command, current.today()))

    status = attempt(form, carry_out)
    if status is None:
        flash(_("已合并；两边的记录都在，可以撤销"), "done")
        return go(link("merging.merged", slug=two.society.slug, merge_id=made[0].id))
    return _confirm(two, chosen, form, status)


@dataclass(frozen=True)
class Chosen:
    """Who stays, and the fields of which the other's value is taken."""

    stays: str
    taken: frozenset[str]

    @classmethod
    def read(cls, both: Comparison) -> Chosen:
        """From the address or the form; what is not there is as it is offered."""
        asked = request.values
        stays = asked.get("stays") if asked.get("stays") in (ONE, TWO) else both.elder
        picks = {line.field.key: asked.get(f"keep-{line.field.key}", line.offered) for line in both.differing}
        other = TWO if stays == ONE else ONE
        return cls(str(stays), frozenset(key for key, side in picks.items() if side == other))

    def order(self, two: Two) -> tuple[Person, Person]:
        """Who stays, and who is merged."""
        return (two.one, two.two) if self.stays == ONE else (two.two, two.one)


def _confirm(two: Two, chosen: Chosen, form: MergeForm, status: int) -> Response:
    """Read again: a refusal may have come of what changed meanwhile."""
    both = compare(two.society, two.one, two.two)
    stays, goes = (both.one, both.two) if chosen.stays == ONE else (both.two, both.one)
    plan: Plan = draw(stays.held, goes.held, chosen.taken)
    form.seen.data = state(stays.held, goes.held)
    picks = {key: _side(chosen, key) for key in (line.field.key for line in both.differing)}
    context = {"plan": plan, "stays": stays, "goes": goes, "chosen": chosen, "picks": picks, "form": form}
    return page("merging/merge.html", "form", status, two=two, **context)


def _side(chosen: Chosen, key: str) -> str:
    other = TWO if chosen.stays == ONE else ONE
    return other if key in chosen.taken else chosen.stays


@bp.get("/merges/<int:merge_id>")
@permit_on(Action.TWIN_SEE, load_merge)
def merged(found: Merge) -> Response:
    """What a merge did, and whether it can be undone."""
    return _told(found, UndoForm())


def _told(found: Merge, form: UndoForm, status: int = 200) -> Response:
    society = load_society(session(), request.view_args["slug"] if request.view_args else "")
    both = compare(society, found.survivor, found.merged)
    entries = restoring.obstacles(session(), found) if found.undone_at is None else ()
    told = readable(
        entries, lambda action, _who: current.allowed(action, society), journal.names(session(), entries)
    )
    silent = found.undone_at is None and not entries and restoring.moved_on(session(), found)
    context = {"obstacles": told, "silent": silent, "moved": _moved(found, both), "form": form}
    return page("merging/merged.html", "undo", status, found=found, both=both, **context)


def _moved(found: Merge, both: Comparison) -> list[Any]:
    """The rows that went over, wherever they are now."""
    went = {(table, row_id) for table, row_id in found.undoing["moved"]}
    held = [*both.one.held.rows, *both.two.held.rows]
    return [row for row in held if (row.__tablename__, row.id) in went]


@bp.post("/merges/<int:merge_id>/undo")
@permit_on(Action.TWIN_MERGE, load_merge)
def undo(found: Merge) -> Response:
    """Take the merge back whole."""
    form = UndoForm()
    status = attempt(form, lambda: services.undo(session(), found, form.reason.data or ""))
    if status:
        return _told(found, form, status)
    flash(_("合并已撤销，两条记录恢复原样"), "done")
    slug = request.view_args["slug"] if request.view_args else ""
    return go(link("merging.pair", slug=slug, one=found.survivor_id, two=found.person_id))
