"""Acts, their entries, and the head of each society's chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Instant, Numbered

Snapshot = JSON().with_variant(JSONB, "postgresql")

ERASED = "已依法删除"
"""Stands where a name was erased at the request of whom it is of."""
INSTALLATION = 0
"""The chain of acts that belong to no society, such as opening an account."""


class Act(Numbered, Base):
    """One deed of one person at one moment; its entries are what it changed.

    A seal is the salt of a value, or its digest once it is erased (`chain.told`); empty in the old form.
    """

    __tablename__ = "act"
    __journalled__ = False
    __table_args__ = (Index("ix_act_society", "society_id", "id"),)

    society_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(80))
    deed: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")
    previous: Mapped[str] = mapped_column(String(64), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    actor_seal: Mapped[str] = mapped_column(String(64), default="")
    reason_seal: Mapped[str] = mapped_column(String(64), default="")
    entries: Mapped[list[Entry]] = relationship(back_populates="act", order_by="Entry.id")


class Entry(Numbered, Base):
    """One row as it was before and after; only the fields that changed."""

    __tablename__ = "entry"
    __journalled__ = False
    __table_args__ = (
        Index("ix_entry_person", "society_id", "person_id", "id"),
        Index("ix_entry_row", "society_id", "table_name", "row_id"),
    )

    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    society_id: Mapped[int]
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int | None]
    person_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(8))
    before: Mapped[dict[str, Any]] = mapped_column(Snapshot, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(Snapshot, default=dict)
    seal: Mapped[str] = mapped_column(String(64), default="")
    act: Mapped[Act] = relationship(back_populates="entries")


class Chain(Base):
    """The digest of the newest act of a society; locking it puts the acts in one order."""

    __tablename__ = "chain"
    __journalled__ = False

    society_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), default="")
    acts: Mapped[int] = mapped_column(Integer, default=0)
