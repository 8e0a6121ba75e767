"""What a society's charter says otherwise than a rule pack, and who is a leading cadre."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.composition.facts import Official
from registry.core.db import Base, Dated, Numbered, Versioned

_OPEN = text("ends_on IS NULL")


class CharterParameter(Numbered, Versioned, Dated, Base):
    """A parameter of a rule as the charter sets it, from one day to another; `key` is rule.parameter."""

    __tablename__ = "charter_parameter"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("ix_charter_parameter_key", "society_id", "key", "starts_on"),
        Index(
            "uq_charter_parameter_open",
            "society_id",
            "key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(String(40))
    article: Mapped[str] = mapped_column(String(60), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    branch_id = None
    person_id = None


class OfficialStatus(Numbered, Versioned, Base):
    """Whether somebody in office is or was a leading cadre (领导干部); without a row nobody knows."""

    __tablename__ = "official_status"
    __table_args__ = (UniqueConstraint("society_id", "person_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[Official] = mapped_column(String(10))

    branch_id = None


OFFICIALS = {Official.NEITHER: "不是", Official.SERVING: "现职", Official.RETIRED: "退（离）休"}
