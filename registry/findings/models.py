"""A finding that lives (整改): raised, answered, closed; its steps, and the papers that prove an answer."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Numbered, Versioned
from registry.people.models import NEVER


class StepKind(StrEnum):
    """What can happen to a finding."""

    RAISED = "raised"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    EXTENDED = "extended"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    REOPENED = "reopened"


STEPS = {
    StepKind.RAISED: "提出整改",
    StepKind.ANSWERED: "学会答复",
    StepKind.SENT_BACK: "退回",
    StepKind.EXTENDED: "改定期限",
    StepKind.ACCEPTED: "认可，了结",
    StepKind.WAIVED: "准予例外",
    StepKind.REOPENED: "问题又出现",
}


class Rectification(Numbered, Versioned, Base):
    """What a supervisor asks a society to set right; `key` is that of the verdict it is about, or empty.

    `stands` repeats the kind of the newest step, `until` its day: to be answered by, or waived until.
    `own`: raised by the society's own 监事会, otherwise by those above it.
    """

    __tablename__ = "rectification"
    __table_args__ = (Index("ix_rectification_society", "society_id", "stands", "until"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    key: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(120))
    own: Mapped[bool] = mapped_column(Boolean, default=False)
    stands: Mapped[StepKind] = mapped_column(String(12))
    until: Mapped[date | None]
    steps: Mapped[list[Step]] = relationship(back_populates="rectification", order_by="Step.id")

    branch_id = None
    person_id = None

    @property
    def rule_id(self) -> str:
        """The rule that the finding is about; empty where it is about none."""
        return self.key.partition("-")[0]


class Step(Numbered, Base):
    """One thing that somebody did or that came about; `said` is the arithmetic of the verdict on that day."""

    __tablename__ = "rectification_step"
    __table_args__ = (Index("ix_rectification_step", "society_id", "rectification_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectification.id"))
    kind: Mapped[StepKind] = mapped_column(String(12))
    on: Mapped[date]
    actor_name: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None]
    approval: Mapped[str] = mapped_column(String(120), default="")
    rectification: Mapped[Rectification] = relationship(back_populates="steps")
    papers: Mapped[list[StepPaper]] = relationship(order_by="StepPaper.id")

    branch_id = None
    person_id = None


class StepPaper(Numbered, Base):
    """A file that proves what an answer says, sealed."""

    __tablename__ = "rectification_paper"
    __table_args__ = (Index("ix_rectification_paper", "society_id", "step_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("rectification_step.id"))
    filename: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=NEVER, deferred=True)

    branch_id = None
    person_id = None
