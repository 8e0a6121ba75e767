"""Societies, member categories and branch units."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Base, Dated, Numbered, Versioned


class BranchKind(StrEnum):
    """Kinds of branch unit (分支机构、代表机构)."""

    SECTION = "section"
    SPECIAL = "special"
    WORKING = "working"
    OFFICE = "office"


BRANCH_KINDS = {
    BranchKind.SECTION: "分会",
    BranchKind.SPECIAL: "专业委员会",
    BranchKind.WORKING: "工作委员会",
    BranchKind.OFFICE: "代表机构",
}


class Society(Numbered, Versioned, Base):
    """A society (学会), registered as 社会团体."""

    __tablename__ = "society"

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(40))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    founded_on: Mapped[date | None]
    number_prefix: Mapped[str] = mapped_column(String(8), default="")
    charter: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    directory: Mapped[bool] = mapped_column(Boolean, default=False)

    @hybrid_property
    def society_id(self) -> int:
        """A society is a subject of rights itself."""
        return self.id

    branch_id = None
    person_id = None


class Category(Numbered, Versioned, Base):
    """A category of member with its rights: 选举权, 被选举权, 表决权."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("society_id", "code"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int] = mapped_column(Integer, default=0)
    elects: Mapped[bool] = mapped_column(Boolean, default=True)
    eligible: Mapped[bool] = mapped_column(Boolean, default=True)
    votes: Mapped[bool] = mapped_column(Boolean, default=True)
    for_units: Mapped[bool] = mapped_column(Boolean, default=False)


class Branch(Numbered, Versioned, Dated, Base):
    """A branch unit; `starts_on` is its founding, and it has no branches of its own (条例 art. 17)."""

    __tablename__ = "branch"
    __table_args__ = (
        UniqueConstraint("society_id", "code"),
        Index("ix_branch_society_name", "society_id", "name"),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[BranchKind] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    host: Mapped[str] = mapped_column(String(120), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    founding_decision: Mapped[str] = mapped_column(Text, default="")
    ending_decision: Mapped[str] = mapped_column(Text, default="")
    names: Mapped[list[BranchName]] = relationship(back_populates="branch", order_by="BranchName.starts_on")

    @hybrid_property
    def branch_id(self) -> int:
        """A branch is the place that its own staff's grant reaches."""
        return self.id

    person_id = None

    def name_on(self, day: date) -> str:
        """What it was called on that day; before its founding the first name."""
        borne = [row.name for row in self.names if row.starts_on <= day]
        return borne[-1] if borne else self.names[0].name if self.names else self.name


class BranchName(Numbered, Versioned, Dated, Base):
    """A name that a branch bore from one day to another; `Branch.name` is the newest."""

    __tablename__ = "branch_name"
    __table_args__ = (Index("ix_branch_name_branch", "society_id", "branch_id", "starts_on"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    branch: Mapped[Branch] = relationship(back_populates="names")
