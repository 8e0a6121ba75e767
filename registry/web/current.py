"""What the request knows: who reads, on which day, and the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, request
from flask_login import UserMixin, current_user

from registry.core.actor import Actor
from registry.core.policy import Action, Grant, may, reach
from registry.core.subjects import Subject

CHINA = ZoneInfo("Asia/Shanghai")
YEARS = range(1900, 2101)
"""Days outside them are nobody's question."""


@dataclass(frozen=True, eq=False)
class Reader(UserMixin):  # type: ignore[misc]
    """The signed-in account with the grants that are in force today."""

    account_id: int
    username: str
    name: str
    secret: str = field(repr=False)
    session_id: int
    grants: tuple[Grant, ...]
    language: str | None = None
    factor: bool = False

    def get_id(self) -> str:
        """What the cookie holds: the secret of a session that can be ended on the server."""
        return self.secret

    @property
    def actor(self) -> Actor:
        """The same person as the journal names them."""
        return Actor(self.account_id, self.name)


def reader() -> Reader | None:
    """The signed-in reader, or None."""
    who = current_user._get_current_object()  # noqa: SLF001
    return who if isinstance(who, Reader) else None


def grants() -> Sequence[Grant]:
    """The reader's grants; nobody has none."""
    who = reader()
    return who.grants if who else ()


def allowed(action: Action | str, subject: Subject | None = None) -> bool:
    """May the reader do this; for templates and views alike."""
    return may(grants(), Action(action), subject)


def own_branch(action: Action, society_id: int) -> int | None:
    """The branch to which the reader is confined in an action that they have in the society."""
    spans = [span for span in reach(grants(), action) if span.society_id in (None, society_id)]
    return None if any(span.branch_id is None for span in spans) else spans[0].branch_id


def today() -> date:
    """The day in China; the only place below which the clock is read."""
    fixed: date | None = current_app.extensions["registry"].today
    return fixed or datetime.now(CHINA).date()


def day() -> date:
    """The day being looked at: `?on=2024-01-31`, otherwise today."""
    try:
        asked = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today()
    return asked if asked.year in YEARS else today()


def looked_at() -> dict[str, Any]:
    """The part of every link that keeps the day."""
    return {} if day() == today() else {"on": day().isoformat()}
