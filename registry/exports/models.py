"""What was written too long to wait for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered


class ExportedPart(Numbered, Base):
    """A piece of a file made beside the requests, sealed, kept for a day; no file is ever whole in memory."""

    __tablename__ = "exported_part"
    __journalled__ = False
    __table_args__ = (UniqueConstraint("society_id", "job_id", "place"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    place: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Instant)

    branch_id = None
    person_id = None
