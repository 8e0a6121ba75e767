"""How a society lays out its lists, and what was printed too long to wait for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Codes, Instant, Numbered, Versioned


class Keys(Codes):
    """Keys of columns in their order."""

    impl = String(600)
    cache_ok = True


class PrintLayout(Numbered, Versioned, Base):
    """A society's own layout (版式) of one kind of list; without a row the usual one holds.

    `size` counts half points, as Word does: 21 is 五号.
    """

    __tablename__ = "print_layout"
    __table_args__ = (UniqueConstraint("society_id", "kind"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))
    subtitle: Mapped[str] = mapped_column(String(200), default="")
    columns: Mapped[tuple[str, ...]] = mapped_column(Keys, default=())
    order: Mapped[str] = mapped_column(String(12))
    style: Mapped[str] = mapped_column(String(8))
    across: Mapped[int] = mapped_column(Integer)
    paper: Mapped[str] = mapped_column(String(10))
    size: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(String(300), default="")
    signature: Mapped[str] = mapped_column(String(120), default="")

    branch_id = None
    person_id = None


class PrintedFile(Numbered, Base):
    """A file made beside the requests, sealed, kept for a day."""

    __tablename__ = "printed_file"
    __journalled__ = False
    __table_args__ = (Index("ix_printed_file_job", "society_id", "job_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    name: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(8))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Instant)

    branch_id = None
    person_id = None
