"""Which rows of the roster a reader may see, and in which of them a telephone may be looked for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from registry.core.plans import Aside
from registry.core.policy import Action, reach, within
from registry.core.subjects import Place
from registry.memberships.models import EndReason, Membership
from registry.web import current

_Other = aliased(Membership)


def seen(action: Action) -> ColumnElement[bool]:
    """The rows of which the reader may see what the action shows.

    To those who are confined to a branch, a past spell in it does not show somebody who is elsewhere by now:
    a row has the facts of today, whatever the day looked at.
    """
    grants = current.grants()
    everything = within(grants, action, Aside(Membership))
    confined = [grant for grant in grants if grant.branch_id]
    if not confined:
        return everything
    wide = [grant for grant in grants if not grant.branch_id]
    own = and_(within(confined, action, Aside(Membership)), or_(_here_today(), ~_elsewhere_since()))
    return or_(within(wide, action, Aside(Membership)), own)


def _of_the_same() -> tuple[ColumnElement[bool], ...]:
    return (
        _Other.society_id == Membership.society_id,
        _Other.person_id == Membership.person_id,
        _Other.end_reason.is_distinct_from(EndReason.VOIDED),
    )


def _here_today() -> ColumnElement[bool]:
    here = _Other.branch_id == Membership.branch_id
    return select(1).where(*_of_the_same(), here, _Other.in_force(current.today())).exists()


def _elsewhere_since() -> ColumnElement[bool]:
    away = _Other.branch_id.is_distinct_from(Membership.branch_id)
    later = and_(_Other.starts_on >= Membership.starts_on, _Other.starts_on <= current.today())
    return select(1).where(*_of_the_same(), away, later).exists()


def finds_phones(society_id: int) -> bool:
    """A number may be looked for only where the reader sees the telephone of everybody who is listed."""
    spans = reach(current.grants(), Action.ROSTER_SEE)
    listed = [span for span in spans if span.society_id in (None, society_id)]
    return bool(listed) and all(
        current.allowed(Action.CONTACT_SEE, Place(society_id, span.branch_id)) for span in listed
    )
