"""Saving, renaming, sharing and ending views, journalled; remembering columns, which concerns nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.arrangements import queries
from registry.arrangements.models import DENSITIES, LONGEST_NAME, ROSTER, Arrangement, SavedView
from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act

MOST = 40
"""More views nobody finds their way in."""


@dataclass(frozen=True)
class SaveView:
    """What a view holds: the roster's address behind the ?, and the columns."""

    name: str
    query: str
    columns: tuple[str, ...] = ()
    shared: bool = False


def save_view(session: Session, society_id: int, account_id: int, command: SaveView) -> SavedView:
    """Keep the roster as it is under a name of one's own."""
    name = _fresh_name(session, society_id, account_id, command.name)
    own = [row for row in queries.views(session, society_id, account_id) if row.account_id == account_id]
    if len(own) >= MOST:
        raise RuleBroken("最多存 %(most)s 个视图；请先删去用不着的", "name", most=MOST)
    act(session, "view:save", society_id)
    facts = {**vars(command), "name": name}
    saved = SavedView(society_id=society_id, account_id=account_id, **facts)
    session.add(saved)
    session.flush()
    return saved


def rename_view(session: Session, view: SavedView, name: str, version: int | None, *, shared: bool) -> None:
    """Another name, or shared otherwise than before."""
    _refuse_stale(view, name, version)
    new = view.name
    if name.strip() != view.name:
        new = _fresh_name(session, view.society_id, view.account_id, name)
    act(session, "view:rename", view.society_id)
    view.name, view.shared = new, shared
    session.flush()


def update_view(session: Session, view: SavedView, query: str, columns: tuple[str, ...]) -> None:
    """The view shows from now on what the roster shows; what its owner remembered of it is forgotten."""
    act(session, "view:update", view.society_id)
    view.query, view.columns = query, columns
    forget(session, view.society_id, view.account_id, view.id)
    session.flush()


def end_view(session: Session, view: SavedView, at: datetime) -> None:
    """Offer the view no more; once is enough."""
    if view.ended_at is not None:
        return
    act(session, "view:end", view.society_id)
    view.ended_at = at
    session.flush()


def arrange(
    session: Session, society_id: int, account_id: int, view_id: int, columns: Sequence[str], density: str
) -> None:
    """Remember the columns of the roster or of a view, and the density of both."""
    _remembered(session, society_id, account_id, view_id).columns = tuple(columns)
    _remembered(session, society_id, account_id, ROSTER).density = (
        density if density in DENSITIES else DENSITIES[0]
    )
    session.flush()


def forget(session: Session, society_id: int, account_id: int, view_id: int) -> None:
    """Go back to the columns that everybody begins with, or that the view was saved with."""
    found = session.get(Arrangement, (account_id, society_id, view_id))
    if found is not None:
        found.columns = ()
        session.flush()


def _remembered(session: Session, society_id: int, account_id: int, view_id: int) -> Arrangement:
    found = session.get(Arrangement, (account_id, society_id, view_id))
    if found is None:
        found = Arrangement(account_id=account_id, society_id=society_id, view_id=view_id, columns=())
        session.add(found)
    return found


def _fresh_name(session: Session, society_id: int, account_id: int, typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise RuleBroken("请给视图起一个名字", "name")
    if len(name) > LONGEST_NAME:
        raise RuleBroken("名字最多 %(longest_name)s 个字", "name", longest_name=LONGEST_NAME)
    if queries.named(session, society_id, account_id, name) is not None:
        raise RuleBroken("已有视图叫“%(name)s”，请换一个名字", "name", name=name)
    return name


def _refuse_stale(view: SavedView, name: str, version: int | None) -> None:
    if version is not None and version != view.version:
        raise Stale(name, view.name, view.version)
