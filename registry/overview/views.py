"""Home, the societies, one society at a glance, and its journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.composition import standing
from registry.core.policy import Action, may, reach, within
from registry.core.subjects import Place
from registry.journal import queries as journals
from registry.journal.models import INSTALLATION, Act, Entry
from registry.journal.words import GROUPS
from registry.memberships import counting
from registry.memberships.models import Membership
from registry.overview import attention, queries
from registry.overview.numbers import Numbers, gather
from registry.people import history
from registry.societies import queries as societies_of
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.undoing.queries import overtaken, taken_back
from registry.undoing.services import UNDOABLE
from registry.web import addresses, current
from registry.web.access import permit, permit_in
from registry.web.database import session
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("overview", __name__)

OF_ONE_ACT = 200


@bp.get("/")
@permit(Action.HOME_SEE)
def index() -> Response:
    """Send the reader to the first place of their role."""
    if not current.allowed(Action.ROSTER_SEE):
        for action, endpoint in (
            (Action.SUPERVISION_SEE, "supervision.index"),
            (Action.PROFILE_SEE, "profile.index"),
        ):
            if current.allowed(action):
                return go(link(endpoint))
    found = _reached()
    if len(found) == 1:
        return go(link("overview.society", slug=found[0].slug))
    return go(link("overview.societies"))


def _reached() -> list[Society]:
    allowed = within(current.grants(), Action.SOCIETY_SEE, Society)
    return list(societies_of.societies(session(), allowed))


@bp.get("/societies/")
@permit(Action.SOCIETY_SEE)
def societies() -> Response:
    """The societies that the reader reaches; numbers only of those whose roster or figures they may see."""
    found, day = _reached(), current.day()
    ids = [row.id for row in found]
    counted = {row.id for row in found if _sees_numbers(row)}
    terms = standing.councils(standing.running(session(), ids, day))
    numbers = queries.members(session(), counted, day)
    return page("overview/societies.html", societies=found, terms=terms, counted=counted, numbers=numbers)


def _sees_numbers(row: Society) -> bool:
    return any(current.allowed(action, row) for action in (Action.ROSTER_SEE, Action.SUPERVISION_SEE))


@bp.get("/societies/<slug>/")
@permit_in(Action.SOCIETY_SEE, load_society)
def society(found: Society) -> Response:
    """One society at a glance: to everybody what is public, further figures by right."""
    day = current.day()
    terms = standing.running(session(), [found.id], day)
    branches = societies_of.branches_on(societies_of.branches(session(), found.id), day)
    heads = bodies.branch_heads(session(), found.id, day)
    numbers = _numbers(found)
    without_birth = numbers.without_birth if numbers else 0
    return page(
        "overview/society.html",
        council=standing.councils(terms).get(found.id),
        officers=queries.first_officers(bodies.holding(session(), found.id, day)),
        branches=branches,
        heads=heads,
        numbers=numbers,
        matters=attention.of_society(session(), found, day, terms, branches, heads, without_birth),
        began=counting.ever(session(), found.id),
    )


def _numbers(found: Society) -> Numbers | None:
    """None where the reader may see no roster of the society; who sees the roster sees births."""
    if not any(span.society_id in (None, found.id) for span in reach(current.grants(), Action.ROSTER_SEE)):
        return None
    allowed = within(current.grants(), Action.ROSTER_SEE, Membership)
    return gather(session(), allowed, found.id, current.day())


@bp.get("/societies/<slug>/journal/")
@permit_in(Action.JOURNAL_SEE, load_society)
def journal(found: Society) -> Response:
    """Who did what, when and why; newest first."""
    sought = _sought(found)
    before = addresses.number("before")
    acts = journals.acts(session(), found.id, before, journals.PAGE + 1, sought)
    shown = acts[: journals.PAGE]
    after = (addresses.number("after") or 0) if sought.act_id else 0
    return page(
        "overview/journal.html",
        "acts",
        **_told(found, shown, OF_ONE_ACT if sought.act_id else journals.SHOWN, after),
        older=shown[-1].id if len(acts) > len(shown) else None,
        groups={key: word for key, (word, _deeds) in GROUPS.items()},
        actors=journals.actors(session(), found.id),
        broken=journals.first_broken(session(), found.id) if "verify" in request.args else None,
    )


@bp.get("/journal/")
@permit(Action.INSTALLATION_SEE)
def installation() -> Response:
    """What was done to the installation itself; newest first."""
    acts = journals.acts(session(), INSTALLATION, addresses.number("before"), journals.PAGE + 1)
    shown = acts[: journals.PAGE]
    entries = journals.entries(session(), [act.id for act in shown])
    names = journals.names(session(), [entry for rows in entries.values() for entry in rows])
    verified = "verify" in request.args
    return page(
        "overview/installation.html",
        "acts",
        lines=[history.line(act, entries.get(act.id, []), _sees, names) for act in shown],
        older=shown[-1].id if len(acts) > len(shown) else None,
        verified=verified,
        broken=journals.first_broken(session(), INSTALLATION) if verified else None,
    )


def _sees(action: Action, _person_id: int | None) -> bool:
    return current.allowed(action)


def _undoing(found: Society, acts: Sequence[Act], entries: dict[int, list[Entry]]) -> dict[str, Any]:
    """Which of the acts were taken back, and which the reader may take back as far as a look tells."""
    undone = taken_back(session(), found.id, [act.id for act in acts])
    mine = current.allowed(Action.ACT_UNDO, found)
    standing = [act.id for act in acts if mine and act.deed in UNDOABLE and act.id not in undone]
    gone = overtaken(session(), found.id, {act_id: entries.get(act_id, []) for act_id in standing})
    return {"undone": undone, "undoable": set(standing) - gone}


def _sought(found: Society) -> journals.Sought:
    asked = request.args
    number = asked.get("member", "").strip()
    return journals.Sought(
        group=asked["group"] if asked.get("group") in GROUPS else "",
        actor=asked.get("actor", ""),
        person_ids=queries.numbered(session(), found.id, number) if number else None,
        act_id=addresses.number("act"),
    )


def _told(found: Society, acts: Sequence[Act], most: int, after: int) -> dict[str, Any]:
    """The acts in words, with whom they are about."""
    entries = journals.entries(session(), [act.id for act in acts], most, after)
    flat = [entry for rows in entries.values() for entry in rows]
    names = journals.names(session(), flat)
    lines = [history.line(act, entries.get(act.id, []), _may_see(found), names, most) for act in acts]
    return {"lines": lines, "people": _people(session(), found, flat), **_undoing(found, acts, entries)}


def _may_see(found: Society) -> history.MaySee:
    grants = current.grants()
    return lambda action, person_id: may(grants, action, Place(found.id, person_id=person_id))


def _people(session: Session, found: Society, entries: list[Entry]) -> dict[int, tuple[str, str]]:
    """Name and address of whom the entries are about."""
    known = queries.people(session, found.id, queries.people_of(entries))
    return {
        key: (name, link("members.page", slug=found.slug, number=number) if number else "")
        for key, (name, number) in known.items()
    }
