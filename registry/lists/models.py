"""Lists that wait to be decided, and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered, Versioned


class ListKind(StrEnum):
    """What a list is of."""

    COUNCIL = "council"
    UNITS = "units"
    BRANCHES = "branches"


LIST_KINDS = {
    ListKind.COUNCIL: "理事会等名单",
    ListKind.UNITS: "会员单位名册",
    ListKind.BRANCHES: "分支机构一览表",
}


class ListState(StrEnum):
    """Where a list stands."""

    OPEN = "open"
    APPLIED = "applied"
    DROPPED = "dropped"


class RosterList(Numbered, Versioned, Base):
    """A list as it was read, sealed until it is applied or dropped; what it did, its act tells."""

    __tablename__ = "roster_list"
    __table_args__ = (Index("ix_roster_list_society", "society_id", "id"),)
    __journalled__ = False

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    account_name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[ListKind] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    choices: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    state: Mapped[ListState] = mapped_column(String(10), default=ListState.OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    act_id: Mapped[int | None]

    branch_id = None
    person_id = None
