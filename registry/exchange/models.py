"""Files sent to be imported, and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered, Versioned
from registry.people.models import NEVER


class UploadState(StrEnum):
    """Where an upload stands."""

    UPLOADED = "uploaded"
    APPLIED = "applied"
    DROPPED = "dropped"


class Upload(Numbered, Versioned, Base):
    """A file to import: sealed until it is applied or dropped, then forgotten; its counts stay.

    `answers` is what a clerk said of its rows, `judged` what all pages of verdicts have in common.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_society", "society_id", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    account_name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    filename: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, info=NEVER)
    layout: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=NEVER)
    answers: Mapped[bytes | None] = mapped_column(LargeBinary, info=NEVER)
    judged: Mapped[bytes | None] = mapped_column(LargeBinary, info=NEVER)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    state: Mapped[UploadState] = mapped_column(String(10), default=UploadState.UPLOADED)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    act_id: Mapped[int | None]

    branch_id = None
    person_id = None


class VerdictPage(Base):
    """Some hundreds of judged rows in the order of the file, sealed; `tally` counts states and problems."""

    __tablename__ = "verdict_page"
    __journalled__ = False

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"), primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    tally: Mapped[dict[str, int]] = mapped_column(JSON)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    branch_id = None
    person_id = None


class Heading(Numbered, Base):
    """A heading that the society's clerks have taught: what a column so called is taken for."""

    __tablename__ = "heading"
    __journalled__ = False
    __table_args__ = (UniqueConstraint("society_id", "label"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    label: Mapped[str] = mapped_column(String(100))
    target: Mapped[str] = mapped_column(String(40))

    branch_id = None
    person_id = None


class Settled(Numbered, Base):
    """Whom a clerk took a doubtful row for; `mark` is a keyed fingerprint of what the row says."""

    __tablename__ = "settled"
    __journalled__ = False
    __table_args__ = (UniqueConstraint("society_id", "mark"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    mark: Mapped[str] = mapped_column(String(64))
    taken_for_id: Mapped[int]

    branch_id = None
    person_id = None
