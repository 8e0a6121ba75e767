"""The paper of a meeting, where it is small enough to be kept here."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Numbered, Versioned
from registry.people.models import NEVER


class MeetingPaper(Numbered, Versioned, Base):
    """Minutes or a resolution as a file, sealed; larger ones are named by number and title only."""

    __tablename__ = "meeting_paper"
    __table_args__ = (Index("ix_meeting_paper_meeting", "society_id", "meeting_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    filename: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=NEVER)

    branch_id = None
    person_id = None
