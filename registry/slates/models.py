"""Slates (拟任名单) and the candidates on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.bodies.models import Body, Post
from registry.core.db import Base, Instant, Numbered, Versioned
from registry.core.numerals import han_number
from registry.people.models import Person


class Slate(Numbered, Versioned, Base):
    """Who is to govern a body in its next 届; a working paper until its act makes tenures of it."""

    __tablename__ = "slate"
    __table_args__ = (Index("ix_slate_society", "society_id", "id"),)
    __journalled__ = False

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    label: Mapped[str] = mapped_column(String(40), default="")
    ordinal: Mapped[int] = mapped_column(Integer)
    starts_on: Mapped[date]
    planned_end_on: Mapped[date]
    account_name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    act_id: Mapped[int | None]
    body: Mapped[Body] = relationship()

    branch_id = None
    person_id = None

    @property
    def term_name(self) -> str:
        """第十届."""
        return f"第{han_number(self.ordinal)}届"

    @property
    def name(self) -> str:
        """理事会第十届拟任名单（方案一）."""
        return f"{self.body.name}{self.term_name}拟任名单{f'（{self.label}）' if self.label else ''}"


class Candidate(Numbered, Versioned, Base):
    """A person put up for a post; one person may stand for several."""

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("society_id", "slate_id", "post_id", "person_id"),
        Index("ix_candidate_person", "society_id", "person_id"),
    )
    __journalled__ = False

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    slate_id: Mapped[int] = mapped_column(ForeignKey("slate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person: Mapped[Person] = relationship()
    post: Mapped[Post] = relationship()

    branch_id = None
