"""What may stand in the address of the roster, read leniently: an unknown word narrows nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.core.codetables import TABLES
from registry.core.regions import LABELS
from registry.memberships.models import STATES, EndReason
from registry.roster.queries import SORTS, RosterFilter
from registry.societies.models import Branch, Category

KEYS = ("q", "region", "category", "branch", "state", "office", "lack", "sort")
HIDDEN_STATES = {EndReason.CHANGED, EndReason.VOIDED}


@dataclass(frozen=True)
class Choices:
    """What the society offers to narrow by."""

    categories: Sequence[Category]
    branches: Sequence[Branch]
    offices: Sequence[str]
    documents: bool = False

    @property
    def region(self) -> list[tuple[str, str]]:
        """Codes and names."""
        return [(str(code), name) for code, name in LABELS.items()]

    @property
    def category(self) -> list[tuple[str, str]]:
        """Codes and names of the categories of persons."""
        return [(row.code, row.name) for row in self.categories if not row.for_units]

    @property
    def branch(self) -> list[tuple[str, str]]:
        """Codes and names; ended branches say so."""
        return [(row.code, row.name + (_("（已终止）") if row.ends_on else "")) for row in self.branches]

    @property
    def state(self) -> list[tuple[str, str]]:
        """All that a spell can be, in force first."""
        hidden = {str(reason) for reason in HIDDEN_STATES}
        return [(key, _(word)) for key, word in STATES.items() if key not in hidden] + [("all", _("全部"))]

    @property
    def office(self) -> list[tuple[str, str]]:
        """The posts by name."""
        return [("any", _("任何职务")), *((name, name) for name in self.offices)]

    @property
    def lack(self) -> list[tuple[str, str]]:
        """What an entry may lack; of documents only for those who see them."""
        lacking = [("birth", _("没有出生日期"))]
        return [*lacking, ("document", _("没有登记证件"))] if self.documents else lacking


def read_filter(typed: Mapping[str, str], choices: Choices, day: date) -> RosterFilter:
    """The address → what is sought; a word that is none of the choices narrows nothing."""
    return RosterFilter(
        day=day,
        q=typed.get("q", "").strip()[:100],
        region=TABLES["region"].lookup(typed.get("region", "")) or "",
        category_id=_id(typed.get("category", ""), choices.categories),
        branch_id=_id(typed.get("branch", ""), choices.branches),
        state=_one_of(typed.get("state", ""), {*STATES, "all"}, "active"),
        office=_one_of(typed.get("office", ""), {"any", *choices.offices}, ""),
        lack=_one_of(typed.get("lack", ""), {*dict(choices.lack)}, ""),
        sort=_one_of(typed.get("sort", ""), {*SORTS, *(f"-{key}" for key in SORTS)}, "number"),
    )


def _id(word: str, rows: Sequence[Any]) -> int | None:
    """By code or by name."""
    return next((row.id for row in rows if word and word in (row.code, row.name)), None)


def _one_of(word: str, known: set[str], otherwise: str) -> str:
    return word if word in known else otherwise


def in_words(sought: RosterFilter, choices: Choices) -> list[tuple[str, str]]:
    """What the roster is narrowed to, as (key, word), for chips that take it off again."""
    names = {row.id: row.name for row in choices.categories}, {row.id: row.name for row in choices.branches}
    words = [
        ("q", f"“{sought.q}”" if sought.q else ""),
        ("region", TABLES["region"].name(sought.region)),
        ("category", names[0].get(sought.category_id or 0, "")),
        ("branch", names[1].get(sought.branch_id or 0, "")),
        ("state", "" if sought.state == "active" else dict(choices.state)[sought.state]),
        ("office", dict(choices.office).get(sought.office, "")),
        ("lack", dict(choices.lack).get(sought.lack, "")),
    ]
    return [(key, word) for key, word in words if word]
