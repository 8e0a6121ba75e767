"""A round in which members are asked whether all is still true, and each who was asked."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Numbered


class Round(Numbered, Base):
    """Asked on one day: the members of the society or of a branch, those not confirmed `since` a day."""

    __tablename__ = "confirmation_round"
    __table_args__ = (Index("ix_confirmation_round_society", "society_id", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    begun_on: Mapped[date]
    begun_by: Mapped[str] = mapped_column(String(80))
    of_branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    since: Mapped[date | None]
    asked: Mapped[int] = mapped_column(Integer)

    branch_id = None
    person_id = None


class Asked(Numbered, Base):
    """One who was asked; the round tells the journal how many."""

    __tablename__ = "confirmation_asked"
    __journalled__ = False
    __table_args__ = (
        Index("ix_confirmation_asked_round", "society_id", "round_id"),
        Index("ix_confirmation_asked_person", "society_id", "person_id"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("confirmation_round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mailed: Mapped[bool] = mapped_column(Boolean)
    confirmed_on: Mapped[date | None]

    branch_id = None
