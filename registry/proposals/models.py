"""What a member asks to have changed: one proposal with its reason and evidence, and each fact of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Instant, Numbered, Versioned
from registry.journal.words import CHINA
from registry.people.models import NEVER, SEALED

LONGEST = 300


class State(StrEnum):
    """What became of a fact that was proposed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES = {
    State.OPEN: "等待审核",
    State.ACCEPTED: "已接受",
    State.REFUSED: "未接受",
    State.WITHDRAWN: "已撤回",
}

_OPEN = sql("state = 'open'")


class Proposal(Numbered, Base):
    """A member's request (更正申请); what it says of the person stands here alone, never in the journal."""

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_person", "society_id", "person_id", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Instant, info=NEVER)
    reason: Mapped[str] = mapped_column(String(LONGEST), info=NEVER)
    filename: Mapped[str] = mapped_column(String(200), default="", info=NEVER)
    size: Mapped[int] = mapped_column(Integer, default=0)
    evidence: Mapped[bytes | None] = mapped_column(LargeBinary, info=NEVER, deferred=True)
    facts: Mapped[list[ProposedFact]] = relationship(back_populates="proposal", order_by="ProposedFact.id")

    branch_id = None

    @property
    def made_on(self) -> date:
        """The day in China."""
        return self.made_at.astimezone(CHINA).date()

    @property
    def open(self) -> list[ProposedFact]:
        """The facts that wait to be judged."""
        return [fact for fact in self.facts if fact.state == State.OPEN]


class ProposedFact(Numbered, Versioned, Base):
    """One fact as it was shown and as it should be; of a document all but the number, which is `sealed`."""

    __tablename__ = "proposed_fact"
    __table_args__ = (
        Index("ix_proposed_fact_proposal", "society_id", "proposal_id"),
        Index(
            "uq_proposed_fact_open",
            "society_id",
            "person_id",
            "key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_proposed_fact_open", "society_id", "proposal_id", sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(20))
    was: Mapped[Any] = mapped_column(JSON, info=NEVER)
    wanted: Mapped[Any] = mapped_column(JSON, info=NEVER)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    state: Mapped[State] = mapped_column(String(10), default=State.OPEN)
    judged_at: Mapped[datetime | None] = mapped_column(Instant, info=NEVER)
    judged_by: Mapped[str] = mapped_column(String(80), default="", info=NEVER)
    words: Mapped[str] = mapped_column(String(LONGEST), default="", info=NEVER)
    proposal: Mapped[Proposal] = relationship(back_populates="facts")

    branch_id = None

    @property
    def judged_on(self) -> date | None:
        """The day in China."""
        return self.judged_at.astimezone(CHINA).date() if self.judged_at else None
