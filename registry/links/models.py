"""One row for each link or code that was handed out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered


class Link(Numbered, Base):
    """What a link opens: a purpose, and of what or whom in the words of the area that made it."""

    __tablename__ = "link"
    __journalled__ = False
    __table_args__ = (Index("ix_link_subject", "purpose", "subject"),)

    society_id: Mapped[int] = mapped_column(default=0)
    """0 = of no one society, such as what an account is sent: it may reach into several."""
    purpose: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
