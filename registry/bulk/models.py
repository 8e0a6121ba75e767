"""What was chosen, held until the deed is done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered


class Choice(Numbered, Base):
    """The spells that were counted and are held: exactly these, whatever the roster says later.

    `branch_id` where its holder works for one branch alone; `announced` is the number the page had said.
    """

    __tablename__ = "choice"
    __journalled__ = False
    __table_args__ = (Index("ix_choice_society", "society_id", "account_id", "at"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    branch_id: Mapped[int | None]
    account_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Instant)
    spell_ids: Mapped[list[int]] = mapped_column(JSON)
    announced: Mapped[int | None] = mapped_column(Integer)
    origin: Mapped[str] = mapped_column(Text, default="")

    person_id = None
