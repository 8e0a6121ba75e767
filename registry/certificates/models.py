"""Certificates (证明) of membership and of office, as they were issued."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Instant, Numbered, Versioned
from registry.people.models import SEALED


class CertificateKind(StrEnum):
    """What is certified."""

    MEMBERSHIP = "membership"
    OFFICE = "office"


class Certificate(Numbered, Versioned, Base):
    """What was certified on a day; `told` are the chosen facts by key, `code` finds it from outside.

    The spell or the tenure tells whether it still holds.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_person", "society_id", "person_id", "id"),
        Index("uq_certificate_code", "code", unique=True),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[CertificateKind] = mapped_column(String(10))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    tenure_id: Mapped[int | None] = mapped_column(ForeignKey("tenure.id"))
    code: Mapped[str] = mapped_column(String(26), info=SEALED)
    told: Mapped[dict[str, str]] = mapped_column(JSON, info=SEALED)
    issued_on: Mapped[date]
    issued_by: Mapped[str] = mapped_column(String(80))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_why: Mapped[str] = mapped_column(String(200), default="")

    branch_id = None
