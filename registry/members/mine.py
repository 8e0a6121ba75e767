"""The entries that are the reader's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action, reach
from registry.memberships.models import Membership
from registry.memberships.queries import spells, standing
from registry.societies.models import Society
from registry.societies.queries import societies
from registry.societies.views import load_society
from registry.web import current
from registry.web.database import session


def own_societies() -> Sequence[Society]:
    """The societies in which the reader has an entry."""
    spans = reach(current.grants(), Action.PROFILE_SEE)
    return societies(session(), or_(*(Society.id == span.society_id for span in spans)))


def load_own(session: Session, slug: str) -> Membership:
    """The spell by which the reader's own entry in a society is judged; raises `NotThere`."""
    society = load_society(session, slug)
    own = {span.society_id: span.person_id for span in reach(current.grants(), Action.PROFILE_SEE)}
    found = spells(session, society.id, own.get(society.id) or 0)
    if not found:
        raise NotThere
    return standing(found, current.today())


def own_society(spell: Membership) -> Society:
    """The society of a spell that `load_own` found."""
    return next(row for row in own_societies() if row.id == spell.society_id)
