"""The outbox: what waits to be sent, and that something was."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered


class MailState(StrEnum):
    """How far a mail has come."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Mail(Numbered, Base):
    """A mail; to whom and what it says is sealed, and erased once it is sent or given up."""

    __tablename__ = "mail"
    __journalled__ = False
    __table_args__ = (Index("ix_mail_state", "state", "due_at"),)

    society_id: Mapped[int] = mapped_column(default=0)
    template: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[MailState] = mapped_column(String(10), default=MailState.WAITING)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
