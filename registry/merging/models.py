"""By what people are found alike, who was judged to be two, and what a merge did."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Instant, Key, Numbered, Versioned
from registry.people.models import NEVER, Person


class MarkKind(IntEnum):
    """In what two people are alike who have a mark in common.

    `SPELT` (pinyin) and `YEAR` (of who is known to the day) are many: they are held against `WRITTEN` (names
    in letters) and `ROUGH` (births less exactly known) alone.
    """

    BORN = 1
    WORKS = 2
    SPELT = 3
    WRITTEN = 4
    PHONE = 5
    MAIL = 6
    YEAR = 7
    ROUGH = 8


class TwinMark(Base):
    """One mark of a person, kept by `marking`; begins with the society and is its own index."""

    __tablename__ = "twin_mark"
    __journalled__ = False
    __table_args__ = (
        Index("ix_twin_mark_person", "society_id", "person_id"),
        {"sqlite_with_rowid": False},
    )

    society_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)


class Apart(Numbered, Versioned, Base):
    """A clerk looked: these are two people; `person_id` is the lower of the two keys."""

    __tablename__ = "apart"
    __table_args__ = (UniqueConstraint("society_id", "person_id", "other_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    judged_by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class Merge(Numbered, Versioned, Base):
    """Two entries made one; `undoing` holds what stood before, so that the act can be taken back whole."""

    __tablename__ = "person_merge"
    __table_args__ = (
        Index("ix_person_merge_survivor", "society_id", "survivor_id"),
        Index("ix_person_merge_person", "society_id", "person_id"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    survivor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act_id: Mapped[int] = mapped_column(Key, info=NEVER)
    at: Mapped[datetime] = mapped_column(Instant)
    merged_by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text, default="")
    undoing: Mapped[dict[str, Any]] = mapped_column(JSON, info=NEVER)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)

    survivor: Mapped[Person] = relationship(foreign_keys=[survivor_id])
    merged: Mapped[Person] = relationship(foreign_keys=[person_id])

    branch_id = None
