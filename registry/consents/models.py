"""Consents given and withdrawn, and the recipients abroad of whom they are asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.codetables import TABLES
from registry.core.db import Base, Codes, Instant, Numbered
from registry.people.models import NEVER

LONGEST = 300
REGIONS = ("HK", "MO", "TW")
"""Abroad in the sense of the law, and no countries."""


class Recipient(Numbered, Base):
    """Somebody abroad who is given data of members, with what 个人信息保护法 art. 39 asks to be told.

    Never edited: another purpose or other data is another recipient, of whom consent is asked anew.
    """

    __tablename__ = "consent_recipient"
    __table_args__ = (Index("ix_consent_recipient_society", "society_id", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    contact: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(LONGEST))
    way: Mapped[str] = mapped_column(String(LONGEST))
    facts: Mapped[str] = mapped_column(String(LONGEST))
    rights: Mapped[str] = mapped_column(String(LONGEST))
    at: Mapped[datetime] = mapped_column(Instant, info=NEVER)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def place(self) -> str:
        """The country or region in words."""
        return TABLES["region" if self.country in REGIONS else "country"].name(self.country)


class Consent(Numbered, Base):
    """One decision of a person; the newest of a purpose, and of a recipient abroad, is what holds.

    Decided by the person, or on paper and entered by `recorded_by` with where the paper lies; `facts` are
    what was chosen of a purpose that offers a choice.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person", "society_id", "person_id", "purpose", "id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(12))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("consent_recipient.id"))
    given: Mapped[bool] = mapped_column(Boolean)
    facts: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    wording: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant, info=NEVER)
    signed_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[str] = mapped_column(String(80), default="", info=NEVER)

    recipient: Mapped[Recipient | None] = relationship()
