"""Persons and their identity documents; a person belongs to one society's register."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.dates import PartialDate
from registry.core.db import Base, Codes, Instant, Numbered, PartialDateText, Versioned, sort_key

NEVER = {"journal": "never"}
SEALED = {"journal": "sealed"}

_MERGED = sql("merged_into_id IS NOT NULL")
_RUNS_OUT = sql("valid_until IS NOT NULL")


class Person(Numbered, Versioned, Base):
    """A natural person (自然人) in one society's register; unknown facts are None or empty, never guessed.

    Merged into another, the row stays and is empty of all that hangs on a person. Erased at the person's wish
    (`privacy.erasing`), it stays for the counts, without what tells whom it was.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_name", "society_id", "name"),
        Index("ix_person_phone", "society_id", "phone"),
        Index("ix_person_confirmed", "society_id", "confirmed_on"),
        Index(
            "ix_person_merged",
            "society_id",
            "merged_into_id",
            sqlite_where=_MERGED,
            postgresql_where=_MERGED,
        ),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    name: Mapped[str] = mapped_column(String(120))
    name_traditional: Mapped[str] = mapped_column(String(120), default="")
    name_pinyin: Mapped[str] = mapped_column(String(200), default="")
    name_latin: Mapped[str] = mapped_column(String(200), default="")
    former_names: Mapped[str] = mapped_column(String(200), default="")
    sex: Mapped[str | None] = mapped_column(String(1))
    birth: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    region: Mapped[str | None] = mapped_column(String(2))
    nationality: Mapped[str | None] = mapped_column(String(2))
    ethnic: Mapped[str | None] = mapped_column(String(4))
    political: Mapped[str | None] = mapped_column(String(4))

    employer: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[str] = mapped_column(String(200), default="")
    employer_kind: Mapped[str | None] = mapped_column(String(20))
    grassroots: Mapped[bool | None] = mapped_column(Boolean)
    grassroots_ground: Mapped[str] = mapped_column(String(200), default="")

    title: Mapped[str] = mapped_column(String(60), default="")
    title_level: Mapped[str | None] = mapped_column(String(20))
    education: Mapped[str | None] = mapped_column(String(20))
    degree: Mapped[str | None] = mapped_column(String(20))
    disciplines: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    bio: Mapped[str] = mapped_column(String(1000), default="")

    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_on: Mapped[date | None]
    erased_at: Mapped[datetime | None] = mapped_column(Instant, info=NEVER)

    sort_pinyin: Mapped[str] = mapped_column(sort_key(200), default="", info=NEVER)
    sort_strokes: Mapped[str] = mapped_column(sort_key(200), default="", info=NEVER)
    sort_name_strokes: Mapped[str] = mapped_column(sort_key(200), default="", info=NEVER)
    search_text: Mapped[str] = mapped_column(Text, default="", info=NEVER)

    documents: Mapped[list[IdentityDocument]] = relationship(
        back_populates="person", order_by="IdentityDocument.id"
    )

    @property
    def person_id(self) -> int:
        """A person's own record is the place that a member's grant reaches."""
        return self.id

    branch_id = None


class IdentityDocument(Numbered, Versioned, Base):
    """An identity document (证件): sealed, found by keyed fingerprint, shown by its last four."""

    __tablename__ = "identity_document"
    __table_args__ = (
        Index("uq_identity_document_fingerprint", "society_id", "fingerprint", unique=True),
        Index("ix_identity_document_person", "society_id", "person_id"),
        Index(
            "ix_identity_document_runs_out",
            "society_id",
            "valid_until",
            "person_id",
            sqlite_where=_RUNS_OUT,
            postgresql_where=_RUNS_OUT,
        ),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    country: Mapped[str | None] = mapped_column(String(2))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    fingerprint: Mapped[str] = mapped_column(String(64), info=SEALED)
    last4: Mapped[str] = mapped_column(String(4))
    valid_until: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="documents")
