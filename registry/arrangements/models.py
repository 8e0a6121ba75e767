"""What an account remembers of a roster, and saved views."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Codes, Instant, Numbered, Versioned
from registry.people.models import SEALED

ROSTER = 0
"""In the place of a saved view: the roster itself."""
DENSITIES = ("dense", "loose")
LONGEST_NAME = 30


class Keys(Codes):
    """Keys of columns in their order."""

    impl = String(1000)
    cache_ok = True


class Arrangement(Base):
    """How an account last had a society's roster, or one saved view of it; no fact of the register.

    No columns stands for those that everybody begins with. Only the row of the roster itself has a density.
    """

    __tablename__ = "arrangement"
    __journalled__ = False

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    columns: Mapped[tuple[str, ...]] = mapped_column(Keys, default=())
    density: Mapped[str] = mapped_column(String(8), default=DENSITIES[0])


class SavedView(Numbered, Versioned, Base):
    """A roster narrowed, sorted and arranged, under a name; sealed, for a telephone may be sought."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_society", "society_id", "ended_at"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[str] = mapped_column(Text, default="", info=SEALED)
    columns: Mapped[tuple[str, ...]] = mapped_column(Keys, default=())
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    branch_id = None
    person_id = None
