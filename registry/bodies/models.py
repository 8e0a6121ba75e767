"""Bodies, terms, posts, decisions and tenures."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Dated, Instant, Numbered, Versioned
from registry.core.numerals import han_number
from registry.people.models import Person


class BodyKind(StrEnum):
    """Kinds of body (机构)."""

    ASSEMBLY = "assembly"
    COUNCIL = "council"
    STANDING = "standing"
    SUPERVISORS = "supervisors"
    PARTY = "party"
    COMMITTEE = "committee"


BODY_KINDS = {
    BodyKind.ASSEMBLY: "会员（代表）大会",
    BodyKind.COUNCIL: "理事会",
    BodyKind.STANDING: "常务理事会",
    BodyKind.SUPERVISORS: "监事会",
    BodyKind.PARTY: "党组织",
    BodyKind.COMMITTEE: "分支机构委员会",
}

QUORUM = Fraction(2, 3)
"""The share of those entitled without whom a meeting decides nothing (社会团体章程示范文本)."""

BEGUN = {"elected": "选举", "hired": "聘任", "added": "增补"}
ENDED = {"term": "届满", "resigned": "辞职", "removed": "罢免", "died": "去世"}


class Body(Numbered, Versioned, Dated, Base):
    """A body that governs the society or one of its branches."""

    __tablename__ = "body"
    __table_args__ = (Index("ix_body_society", "society_id", "kind"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    kind: Mapped[BodyKind] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    terms: Mapped[list[Term]] = relationship(back_populates="body", order_by="Term.ordinal.desc()")
    posts: Mapped[list[Post]] = relationship(back_populates="body", order_by="Post.rank")

    person_id = None


class Term(Numbered, Versioned, Dated, Base):
    """A term of office (届); passing `planned_end_on` makes it overdue and edits nothing."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("society_id", "body_id", "ordinal"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    ordinal: Mapped[int] = mapped_column(Integer)
    starts_on: Mapped[date]
    planned_end_on: Mapped[date]
    ends_on: Mapped[date | None]
    extended_until: Mapped[date | None]
    extension_approval: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[Body] = relationship(back_populates="terms")

    person_id = None

    @property
    def branch_id(self) -> int | None:
        """The branch of its body, for rights."""
        return self.body.branch_id

    @property
    def name(self) -> str:
        """第八届."""
        return f"第{han_number(self.ordinal)}届"

    def overdue_on(self, day: date) -> bool:
        """The planned end, or the approved extension of it, has passed and the term goes on (届满未换届)."""
        return self.period.holds(day) and (self.extended_until or self.planned_end_on) <= day


class Post(Numbered, Versioned, Base):
    """A post (职务) of a body; a seat exists while it is empty."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("society_id", "body_id", "code"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int] = mapped_column(Integer, default=0)
    seats: Mapped[int | None] = mapped_column(Integer)
    principal: Mapped[bool] = mapped_column(Boolean, default=False)
    body: Mapped[Body] = relationship(back_populates="posts")

    person_id = None

    @property
    def branch_id(self) -> int | None:
        """The branch of its body, for rights."""
        return self.body.branch_id


class Meeting(Numbered, Versioned, Base):
    """A meeting (会议), mostly of a body: how many were to come, how many came, what paper tells it."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_society", "society_id", "held_on"),
        Index("ix_meeting_body", "society_id", "body_id", "held_on"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    name: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    entitled: Mapped[int | None] = mapped_column(Integer)
    present: Mapped[int | None] = mapped_column(Integer)
    document_number: Mapped[str] = mapped_column(String(60), default="")
    document_title: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[Body | None] = relationship()
    decisions: Mapped[list[Decision]] = relationship(back_populates="meeting", order_by="Decision.id")

    person_id = None

    @property
    def branch_id(self) -> int | None:
        """The branch of its body, for rights."""
        return self.body.branch_id if self.body else None

    @property
    def quorate(self) -> bool | None:
        """到会过三分之二; None where nobody counted."""
        if not self.entitled or self.present is None:
            return None
        return self.present >= self.entitled * QUORUM


class Decision(Numbered, Versioned, Base):
    """What a meeting decided (决议), by how many votes; annulling marks it and removes nothing."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_meeting", "society_id", "meeting_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    votes_for: Mapped[int | None] = mapped_column(Integer)
    votes_against: Mapped[int | None] = mapped_column(Integer)
    votes_abstain: Mapped[int | None] = mapped_column(Integer)
    annulled_on: Mapped[date | None]
    annulled_reason: Mapped[str] = mapped_column(String(200), default="")
    meeting: Mapped[Meeting] = relationship(back_populates="decisions", lazy="joined", innerjoin=True)

    person_id = None

    @property
    def branch_id(self) -> int | None:
        """The branch of the body that met, for rights."""
        return self.meeting.branch_id

    @property
    def decided_on(self) -> date:
        """The day of the meeting."""
        return self.meeting.held_on

    def annulled_by(self, day: date) -> bool:
        """依据已撤销: from this day on what hangs on it has lost its ground."""
        return self.annulled_on is not None and self.annulled_on <= day


class Tenure(Numbered, Versioned, Dated, Base):
    """A person in a post during a term (任职); voided where it was never true."""

    __tablename__ = "tenure"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("ix_tenure_post", "society_id", "post_id", "starts_on"),
        Index("ix_tenure_person", "society_id", "person_id", "starts_on"),
        Index("ix_tenure_term", "society_id", "term_id"),
        Index("ix_tenure_decision", "society_id", "decision_id"),
        Index("ix_tenure_end_decision", "society_id", "end_decision_id"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    starts_on: Mapped[date]
    planned_end_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    begun_by: Mapped[str] = mapped_column(String(10), default="elected")
    ended_by: Mapped[str | None] = mapped_column(String(10))
    full_time: Mapped[bool | None] = mapped_column(Boolean)
    legal_representative: Mapped[bool] = mapped_column(Boolean, default=False)
    nominated_by: Mapped[str] = mapped_column(String(120), default="")
    filing: Mapped[str] = mapped_column(String(120), default="")
    approval: Mapped[str] = mapped_column(String(120), default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    end_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    voided_at: Mapped[datetime | None] = mapped_column(Instant)
    void_reason: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship()
    post: Mapped[Post] = relationship()
    term: Mapped[Term] = relationship()
    decision: Mapped[Decision | None] = relationship(foreign_keys=[decision_id], viewonly=True)

    @property
    def branch_id(self) -> int | None:
        """The branch of its body, for rights."""
        return self.term.branch_id

    def state_on(self, day: date) -> str:
        """`voided`, `elect`, `holding`, `holding_over` or `ended`, from the dates."""
        if self.voided_at:
            return "voided"
        if day < self.starts_on:
            return "elect"
        if self.ends_on is not None and self.ends_on <= day:
            return "ended"
        return "holding_over" if self.planned_end_on and self.planned_end_on <= day else "holding"


TENURE_STATES = {
    "elect": "待任",
    "holding": "在任",
    "holding_over": "超期在任",
    "ended": "已离任",
    "voided": "已作废",
}
