"""Reading the lists of a society."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from registry.lists.models import RosterList

SHOWN = 30


def lists(session: Session, society_id: int) -> Sequence[RosterList]:
    """The newest lists, without what they hold."""
    query = select(RosterList).where(RosterList.society_id == society_id)
    newest = query.order_by(RosterList.id.desc()).limit(SHOWN)
    return session.scalars(newest.options(defer(RosterList.content))).all()


def one(session: Session, society_id: int, list_id: int) -> RosterList | None:
    """One list of the society."""
    query = select(RosterList).where(RosterList.society_id == society_id, RosterList.id == list_id)
    return session.scalars(query).first()
