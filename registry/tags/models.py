"""Tags (标签) and who bears them."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Base, Numbered, Versioned

LONGEST = 20
_HELD = text("held")
HELD = text("tagging.held")
"""It is borne, in the words of the index: SQLite would not see that `held = 1` says the same."""


class Tag(Numbered, Versioned, Base):
    """A word that the whole society uses; where nobody bears it, it is not offered."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("society_id", "name"),)

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    name: Mapped[str] = mapped_column(String(LONGEST))

    branch_id = None
    person_id = None


class Tagging(Numbered, Versioned, Base):
    """A person bears a tag, or bore it once: nothing is deleted."""

    __tablename__ = "tagging"
    __table_args__ = (
        Index("uq_tagging_person", "society_id", "person_id", "tag_id", unique=True),
        Index(
            "ix_tagging_tag", "society_id", "tag_id", "person_id", sqlite_where=_HELD, postgresql_where=_HELD
        ),
    )

    society_id: Mapped[int] = mapped_column(ForeignKey("society.id"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    held: Mapped[bool] = mapped_column(Boolean, default=True)
