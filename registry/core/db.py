"""The declarative base, column types and mixins that every table shares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    and_,
    or_,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from registry.core.dates import PartialDate
from registry.core.periods import Period

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite numbers rows by itself only where the key is INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


def sort_key(length: int) -> String:
    """Text of which the plain order of code points is meant, whatever the database's language."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """Parent of every table; plain SQLAlchemy, so the domain needs no web framework."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {int: Key, date: Date}


class Numbered:
    """A surrogate key."""

    id: Mapped[int] = mapped_column(Key, primary_key=True)


class Versioned:
    """Counts the saves of a row, so that a stale save is noticed."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        """Let SQLAlchemy compare and count the version in every UPDATE."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class Dated:
    """Half-open spell of days: in force on `starts_on`, no longer on `ends_on`; open where None."""

    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    @property
    def period(self) -> Period:
        """The spell as a value."""
        return Period(self.starts_on, self.ends_on)

    @classmethod
    def in_force(cls, day: date | ColumnElement[Any]) -> ColumnElement[bool]:
        """SQL: the row holds on that day."""
        return and_(cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on > day))

    @classmethod
    def overlapping(cls, period: Period) -> ColumnElement[bool]:
        """SQL: the row holds on at least one day of the period."""
        begins_before = cls.starts_on < period.ends_on if period.ends_on else cls.starts_on.is_not(None)
        return and_(begins_before, or_(cls.ends_on.is_(None), cls.ends_on > period.starts_on))


class PartialDateText(TypeDecorator[PartialDate]):
    """A date known to the year, month or day, kept as ISO text that sorts in time order."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """`PartialDate` → text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        """Text → `PartialDate`."""
        return None if value is None else PartialDate.parse(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A short ordered list of codes in one text column, separated by blanks."""

    impl = String(120)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """Tuple → text; none and empty are the same."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Text → tuple."""
        return tuple((value or "").split())


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: they mean different things on different machines."""
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it was UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value
