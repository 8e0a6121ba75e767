"""The work itself: what was asked, who does it, how far it has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered


class JobState(StrEnum):
    """How far a job has come."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    BROKEN_OFF = "broken_off"


class Job(Numbered, Base):
    """A deed under way or past; it becomes done in the transaction of the deed itself, or not at all.

    `kind` is the deed in the journal's word; what `asked` holds is known to the area whose deed it is.
    """

    __tablename__ = "job"
    __journalled__ = False
    __table_args__ = (Index("ix_job_society", "society_id", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    branch_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(String(10), default=JobState.RUNNING)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(Text, default="")
    worker: Mapped[str] = mapped_column(String(120))
    choice_id: Mapped[int | None]
    act_id: Mapped[int | None]

    person_id = None
