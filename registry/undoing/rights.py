"""Which rights an act's changes need: whoever may not change a fact may not change it back either."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from registry.core.periods import Period
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.memberships.models import Membership
from registry.people.fields import FIELDS
from registry.undoing.queries import BATCH, Trace

TABLE_RIGHTS: dict[str, Action] = {
    "branch": Action.BRANCH_EDIT,
    "branch_name": Action.BRANCH_EDIT,
    "decision": Action.BODY_EDIT,
    "identity_document": Action.IDENTITY_EDIT,
    "meeting": Action.BODY_EDIT,
    "membership": Action.MEMBERSHIP_EDIT,
    "post": Action.BODY_EDIT,
    "representative": Action.MEMBERSHIP_EDIT,
    "tag": Action.TAG_KEEP,
    "tagging": Action.TAG_EDIT,
    "tenure": Action.BODY_EDIT,
    "term": Action.BODY_EDIT,
    "unit": Action.MEMBERSHIP_EDIT,
}
"""By table what changing its rows needs; those of persons stand in the catalogue of facts."""

Spells = dict[int, list[Row[Any]]]


def needed(
    session: Session, society_id: int, found: Collection[Trace], day: date
) -> set[tuple[Action, Place]]:
    """Every right with the place where it is needed; a person is where their spell on the day is."""
    spells = _spells(session, society_id, {trace.person_id for trace in found if trace.person_id})
    return {(action, _place(society_id, trace, spells, day)) for trace in found for action in _actions(trace)}


def _actions(trace: Trace) -> Iterator[Action]:
    if trace.table == "person":
        known = (FIELDS.get(key) for key in trace.after)
        yield from (field.edit if field else Action.IDENTITY_EDIT for field in known)
    else:
        yield TABLE_RIGHTS.get(trace.table, Action.ACCOUNT_MANAGE)


def _place(society_id: int, trace: Trace, spells: Spells, day: date) -> Place:
    theirs = spells.get(trace.person_id or 0, [])
    holding = (spell for spell in theirs if Period(spell.starts_on, spell.ends_on).holds(day))
    spell = next(holding, theirs[0] if theirs else None)
    return Place(society_id, spell.branch_id if spell else None, trace.person_id)


def _spells(session: Session, society_id: int, people: Collection[int]) -> Spells:
    """Newest first."""
    ids, found = sorted(people), Spells()
    for start in range(0, len(ids), BATCH):
        for row in session.execute(_newest_first(society_id, ids[start : start + BATCH])):
            found.setdefault(row.person_id, []).append(row)
    return found


def _newest_first(society_id: int, people: Sequence[int]) -> Any:
    columns = Membership.person_id, Membership.branch_id, Membership.starts_on, Membership.ends_on
    chosen = select(*columns).where(Membership.society_id == society_id, Membership.person_id.in_(people))
    return chosen.order_by(Membership.starts_on.desc(), Membership.id.desc())
