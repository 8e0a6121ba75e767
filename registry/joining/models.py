"""How a society takes applications, the applications with their steps, papers, and who recommends."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Codes, Instant, Numbered, Versioned
from registry.people.models import NEVER, SEALED


class Track(StrEnum):
    """Who applies: each has its own facts, documents and steps."""

    MAINLAND = "mainland"
    HKMT = "hkmt"
    FOREIGN = "foreign"
    UNIT = "unit"


TRACKS = {
    Track.MAINLAND: "内地",
    Track.HKMT: "港澳台",
    Track.FOREIGN: "外籍",
    Track.UNIT: "单位",
}


class StepKind(StrEnum):
    """What can happen to an application."""

    SUBMITTED = "submitted"
    ASKED_BACK = "asked_back"
    CHECKED = "checked"
    APPROVED = "approved"
    FILED = "filed"
    NOTICED = "noticed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STEPS = {
    StepKind.SUBMITTED: "提交",
    StepKind.ASKED_BACK: "退回补充",
    StepKind.CHECKED: "初审通过",
    StepKind.APPROVED: "理事会审议通过",
    StepKind.FILED: "报业务主管单位备案",
    StepKind.NOTICED: "公示",
    StepKind.ACCEPTED: "准予入会",
    StepKind.REFUSED: "不予入会",
    StepKind.WITHDRAWN: "撤回申请",
}


class JoiningTracks(Codes):
    """Tracks that are open."""

    impl = String(60)
    cache_ok = True


class JoiningSettings(Versioned, Base):
    """What a society asks of those who apply; without a row nobody can."""

    __tablename__ = "joining_settings"

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"), primary_key=True, autoincrement=False)
    tracks: Mapped[tuple[str, ...]] = mapped_column(JoiningTracks, default=())
    recommenders: Mapped[int] = mapped_column(Integer, default=0)
    words: Mapped[str] = mapped_column(Text, default="")

    branch_id = None
    person_id = None

    @property
    def id(self) -> int:
        """The society's own."""
        return self.society_id


class Application(Numbered, Versioned, Base):
    """Somebody who wants to join; what was typed is sealed, only the name stands in clear for the queue.

    `person_id`: the entry that the staff found it to be of, or a unit's representative to be;
    `membership_id`: what came of it.
    """

    __tablename__ = "application"
    __table_args__ = (Index("ix_application_society", "society_id", "stands", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    track: Mapped[Track] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120), default="")
    typed: Mapped[bytes] = mapped_column(LargeBinary, info=NEVER)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    stands: Mapped[StepKind | None] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    steps: Mapped[list[ApplicationStep]] = relationship(order_by="ApplicationStep.id")
    papers: Mapped[list[ApplicationPaper]] = relationship(order_by="ApplicationPaper.id")
    recommendations: Mapped[list[Recommendation]] = relationship(order_by="Recommendation.id")

    branch_id = None

    def last(self, kind: StepKind) -> ApplicationStep | None:
        """The newest step of a kind."""
        return next((step for step in reversed(self.steps) if step.kind == kind), None)


class ApplicationStep(Numbered, Base):
    """One thing that was done about an application; `until` ends a notice, `number` is that of a document."""

    __tablename__ = "application_step"
    __table_args__ = (Index("ix_application_step", "society_id", "application_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    kind: Mapped[StepKind] = mapped_column(String(12))
    on: Mapped[date]
    until: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[str] = mapped_column(String(120), default="")
    actor_name: Mapped[str] = mapped_column(String(80))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    branch_id = None
    person_id = None


class ApplicationPaper(Numbered, Base):
    """A file that the applicant sent, sealed."""

    __tablename__ = "application_paper"
    __table_args__ = (Index("ix_application_paper", "society_id", "application_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    filename: Mapped[str] = mapped_column(String(200), info=SEALED)
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=NEVER, deferred=True)

    branch_id = None
    person_id = None


class Recommendation(Numbered, Base):
    """A member who was named as recommending; without a person nobody has that number."""

    __tablename__ = "recommendation"
    __table_args__ = (Index("ix_recommendation_person", "society_id", "person_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    number: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agrees: Mapped[bool | None] = mapped_column(Boolean)
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    application: Mapped[Application] = relationship(viewonly=True)

    branch_id = None
