"""Files sent to be imported, and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered, Versioned
from registry.people.models import NEVER


class UploadState(StrEnum):
    """Where an upload stands."""

    UPLOADED = "uploaded"
    APPLIED = "applied"
    DROPPED = "dropped"


class Upload(Numbered, Versioned, Base):
    """A file to import: sealed until it is applied or dropped, then forgotten; its counts stay."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_society", "society_id", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    account_name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    filename: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, info=NEVER)
    layout: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=NEVER)
    judged: Mapped[bytes | None] = mapped_column(LargeBinary, info=NEVER)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    state: Mapped[UploadState] = mapped_column(String(10), default=UploadState.UPLOADED)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    act_id: Mapped[int | None]

    branch_id = None
    person_id = None
