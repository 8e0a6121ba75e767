"""Spells of membership, unit members and their representatives."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from registry.core.db import Base, Dated, Numbered, Versioned, sort_key
from registry.memberships.mirrored import Mirrored, indexes, partial
from registry.people.models import NEVER, Person
from registry.societies.models import Branch, Category

LONGEST_NUMBER = 40
# With a digit in it no number reads as a page of the roster, such as "new".
_NUMBER = re.compile(r"(?=.*\d)[^\s/?#%\\]+")


class EndReason(StrEnum):
    """Why a spell of membership ended."""

    RESIGNED = "resigned"
    EXPELLED = "expelled"
    SUSPENDED = "suspended"
    DIED = "died"
    LAPSED = "lapsed"
    CHANGED = "changed"
    VOIDED = "voided"


END_REASONS = {
    EndReason.RESIGNED: "退会",
    EndReason.EXPELLED: "除名",
    EndReason.SUSPENDED: "停权",
    EndReason.DIED: "去世",
    EndReason.LAPSED: "自动退会",
    EndReason.CHANGED: "变更",
    EndReason.VOIDED: "作废",
}


class Unit(Numbered, Versioned, Base):
    """An institution that is a member (单位会员)."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_name", "society_id", "name"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    name: Mapped[str] = mapped_column(String(200))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    kind: Mapped[str | None] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(String(2))
    address: Mapped[str] = mapped_column(String(300), default="")
    representatives: Mapped[list[Representative]] = relationship(
        back_populates="unit", order_by="Representative.starts_on.desc()"
    )

    branch_id = None
    person_id = None


class Representative(Numbered, Versioned, Dated, Base):
    """Who acts for a unit member (单位会员代表), from when to when."""

    __tablename__ = "representative"
    __table_args__ = (Index("ix_representative_unit", "society_id", "unit_id"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    unit: Mapped[Unit] = relationship(back_populates="representatives")
    person: Mapped[Person] = relationship()


_OPEN = text("ends_on IS NULL")


def read_number(typed: str) -> str:
    """A number that can stand in an address; `ValueError` in a clerk's words."""
    number = typed.strip()
    if len(number) > LONGEST_NUMBER:
        raise ValueError(f"会员号最多 {LONGEST_NUMBER} 个字符")
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"会员号“{number}”里要有数字，不能有空格和 / ? # % 等符号")
    return number


def number_key(number: str) -> str:
    """Plain string order of keys = the order a clerk expects: B2 before B10."""
    return re.sub(r"[0-9]+", lambda digits: digits.group().zfill(10), number.upper())[:120]


def _sort_number(context: Any) -> str:
    return number_key(context.get_current_parameters()["number"])


class Membership(Numbered, Versioned, Dated, Mirrored, Base):
    """One spell of membership (会籍) of a person or a unit."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="one_holder"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("ix_membership_person", "society_id", "person_id", "starts_on"),
        Index("ix_membership_unit", "society_id", "unit_id"),
        partial("open_person", "person_id", where=_OPEN, unique=True),
        partial("open_unit", "unit_id", where=_OPEN, unique=True),
        Index("ix_membership_number", "society_id", "number"),
        *indexes(),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    number: Mapped[str] = mapped_column(String(40))
    sort_number: Mapped[str] = mapped_column(sort_key(120), default=_sort_number, info=NEVER)
    starts_on: Mapped[date]
    starts_known: Mapped[str] = mapped_column(String(1), default="D")
    ends_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(String(10))
    remark: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    category: Mapped[Category] = relationship()
    branch: Mapped[Branch | None] = relationship()

    @validates("number")
    def _keep_sort_number(self, key: str, number: str) -> str:
        self.sort_number = number_key(number)
        return number

    def state_on(self, day: date) -> str:
        """`future`, `active`, or why it ended."""
        return state_on(day, self.starts_on, self.ends_on, self.end_reason)


STATES = {
    "active": "在会",
    "future": "未生效",
    **{reason.value: word for reason, word in END_REASONS.items()},
}


def state_on(day: date, starts_on: date, ends_on: date | None, reason: str | None) -> str:
    """The state of a spell on a day, from its dates; see `STATES` for the words."""
    if day < starts_on:
        return "future"
    if ends_on is None or day < ends_on:
        return "active"
    return reason or EndReason.RESIGNED
