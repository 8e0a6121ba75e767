"""What was found against a person's research integrity, by whom, and how long it weighs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Numbered, Versioned


class IntegrityRecord(Numbered, Versioned, Base):
    """One finding; it weighs until `until` (None = without end), or until it is lifted."""

    __tablename__ = "integrity_record"
    __table_args__ = (Index("ix_integrity_record_person", "society_id", "person_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    found_on: Mapped[date]
    words: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(120))
    until: Mapped[date | None]
    lifted_on: Mapped[date | None]
    lifted_why: Mapped[str] = mapped_column(String(200), default="")

    branch_id = None

    def weighs_on(self, day: date) -> bool:
        """Whether a nomination on the day must look at it."""
        ends = [end for end in (self.until, self.lifted_on) if end is not None]
        return self.found_on <= day and all(day < end for end in ends)
