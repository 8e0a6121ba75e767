"""What a spell repeats of its holder, so that the roster is found and sorted in one table.

The database itself keeps these columns (triggers of migration 0006), so that no writer can forget them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, TextClause, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import sort_key
from registry.people.models import NEVER

GAPS = {"phone": 1, "email": 2, "employer": 4, "title": 8, "discipline": 16}
"""Bits of `gaps`: the facts that are empty."""

OF_PERSON = text("person_id IS NOT NULL")
ENDED = text("person_id IS NOT NULL AND end_reason IS NOT NULL")

SORTED = {
    "number": "sort_number",
    "pinyin": "sort_pinyin",
    "strokes": "sort_strokes",
    "name_strokes": "sort_name_strokes",
    "joined": "starts_on",
}
_FACTS = (
    "region",
    "sex",
    "birth",
    "birth_month",
    "ethnic",
    "political",
    "employer_kind",
    "grassroots",
    "title_level",
    "education",
    "degree",
    "gaps",
)
_FOUND = {"category": "category_id", "branch": "branch_id", **{fact: fact for fact in _FACTS}}
_LOOKED_AT = (
    "starts_on",
    "ends_on",
    "end_reason",
    "branch_id",
    "category_id",
    "person_id",
    *_FACTS,
    "disciplines",
)


class Mirrored:
    """Columns of a spell that repeat facts of the person, or of the unit its region."""

    region: Mapped[str | None] = mapped_column(String(2), info=NEVER)
    sort_pinyin: Mapped[str] = mapped_column(sort_key(200), default="", info=NEVER)
    sort_strokes: Mapped[str] = mapped_column(sort_key(200), default="", info=NEVER)
    sort_name_strokes: Mapped[str] = mapped_column(sort_key(200), default="", info=NEVER)
    sex: Mapped[str | None] = mapped_column(String(1), info=NEVER)
    birth: Mapped[str | None] = mapped_column(sort_key(10), info=NEVER)
    birth_month: Mapped[str | None] = mapped_column(String(2), info=NEVER)
    ethnic: Mapped[str | None] = mapped_column(String(4), info=NEVER)
    political: Mapped[str | None] = mapped_column(String(4), info=NEVER)
    employer_kind: Mapped[str | None] = mapped_column(String(20), info=NEVER)
    grassroots: Mapped[bool | None] = mapped_column(Boolean, info=NEVER)
    title_level: Mapped[str | None] = mapped_column(String(20), info=NEVER)
    education: Mapped[str | None] = mapped_column(String(20), info=NEVER)
    degree: Mapped[str | None] = mapped_column(String(20), info=NEVER)
    disciplines: Mapped[str] = mapped_column(String(120), default="", info=NEVER)
    gaps: Mapped[int] = mapped_column(Integer, default=0, info=NEVER)


def of_person(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the database would keep in a new spell of a person: given at once, it is not written twice."""
    birth, disciplines = str(facts["birth"] or ""), " ".join(facts["disciplines"] or ())
    empty = {**{key: facts[key] for key in GAPS if key != "discipline"}, "discipline": disciplines}
    same = ("region", "sort_pinyin", "sort_strokes", "sort_name_strokes", *_FACTS)
    return {key: facts[key] for key in same if key in facts} | {
        "birth": birth or None,
        "birth_month": birth[5:7] or None,
        "disciplines": disciplines,
        "gaps": sum(bit for key, bit in GAPS.items() if not empty[key]),
    }


def indexes() -> list[Index]:
    """One index for each order, and one for each thing to find by.

    Those of the orders hold what a walk looks at, those to find by what counting does: no row is read.
    """
    orders = [
        partial(f"by_{order}", key, "id", *(column for column in _LOOKED_AT if column != key))
        for order, key in SORTED.items()
    ]
    finds = [
        partial(f"of_{word}", column, "starts_on", "ends_on", "person_id") for word, column in _FOUND.items()
    ]
    ended = partial("of_state", "end_reason", "starts_on", "ends_on", "person_id", where=ENDED)
    # For a walk of its own, which looks at whose it is too.
    lists = partial("of_disciplines", "disciplines", "starts_on", "ends_on", "person_id", "branch_id")
    return [*orders, *finds, ended, lists]


def partial(name: str, *columns: str, where: TextClause = OF_PERSON, unique: bool = False) -> Index:
    """An index of the society's spells that the condition leaves."""
    return Index(
        f"ix_membership_{name}",
        "society_id",
        *columns,
        unique=unique,
        sqlite_where=where,
        postgresql_where=where,
    )
