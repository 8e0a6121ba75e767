"""What the views of members and units begin with: whoever has the number in the address."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.memberships import queries
from registry.memberships.models import Membership
from registry.societies.views import load_society
from registry.web import current


def load_member(session: Session, slug: str, number: str) -> Membership:
    """The spell by which rights to the person under the number are judged; raises `NotThere`."""
    spell = _load(session, slug, number)
    if spell.person_id is None:
        raise NotThere
    return queries.standing(queries.spells(session, spell.society_id, spell.person_id), current.today())


def load_unit_member(session: Session, slug: str, number: str) -> Membership:
    """The same of a unit."""
    spell = _load(session, slug, number)
    if spell.unit_id is None:
        raise NotThere
    return queries.standing(queries.unit_spells(session, spell.society_id, spell.unit_id), current.today())


def _load(session: Session, slug: str, number: str) -> Membership:
    load_society(session, slug)
    spell = queries.by_number(session, slug, number)
    if spell is None:
        raise NotThere
    return spell
