"""What the views of members and units begin with: the spell under the number in the address."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.memberships import queries
from registry.memberships.models import Membership
from registry.societies.views import load_society


def load_member(session: Session, slug: str, number: str) -> Membership:
    """A person's newest spell under the number; raises `NotThere`."""
    spell = _load(session, slug, number)
    if spell.person is None:
        raise NotThere
    return spell


def load_unit_member(session: Session, slug: str, number: str) -> Membership:
    """A unit's newest spell under the number; raises `NotThere`."""
    spell = _load(session, slug, number)
    if spell.unit is None:
        raise NotThere
    return spell


def _load(session: Session, slug: str, number: str) -> Membership:
    load_society(session, slug)
    spell = queries.by_number(session, slug, number)
    if spell is None:
        raise NotThere
    return spell
