"""Requests to be erased, and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Instant, Key, Numbered, Versioned
from registry.people.models import NEVER, Person


class ErasureState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DONE = "done"


ERASURE_STATES = {"asked": "待办", "withdrawn": "本人撤回", "refused": "未予删除", "done": "已删除"}
GROUNDS = {
    "wish": "本人撤回同意，或不再需要",
    "over": "处理目的已经实现，或保存期限届满",
    "unlawful": "处理违反法律、行政法规或约定",
}
"""The cases of 个人信息保护法 art. 47 that come up in a society."""


class Erasure(Numbered, Versioned, Base):
    """One request, by the person or entered by the office; once done it holds nothing that tells whom."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_society", "society_id", "id"),
        Index("ix_erasure_person", "society_id", "person_id"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant, info=NEVER)
    by_self: Mapped[bool] = mapped_column(Boolean)
    words: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[ErasureState] = mapped_column(String(10), default=ErasureState.ASKED)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, info=NEVER)
    closed_by: Mapped[str] = mapped_column(String(80), default="", info=NEVER)
    ground: Mapped[str] = mapped_column(String(12), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
    act_id: Mapped[int | None] = mapped_column(Key, info=NEVER)

    person: Mapped[Person] = relationship()
    branch_id = None
