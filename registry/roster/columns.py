"""The columns of the roster: what a row shows, and by which rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from registry.core.policy import Action, Grant, may
from registry.people.fields import FIELDS


@dataclass(frozen=True)
class Column:
    """`key` is a fact of the person (edited in place) or of the spell; `sort` the order its head offers."""

    key: str
    label: Any
    see: Action
    edit: Action | None = None
    sort: str = ""


def _fact(key: str, label: Any = None) -> Column:
    field = FIELDS[key]
    return Column(key, label or field.label, field.see, field.edit)


COLUMNS = (
    Column("number", _("会员号"), Action.ROSTER_SEE, sort="number"),
    Column("name", _("姓名"), Action.ROSTER_SEE, Action.IDENTITY_EDIT, sort="pinyin"),
    _fact("sex"),
    _fact("birth", _("出生")),
    _fact("region"),
    Column("category", _("类别"), Action.MEMBERSHIP_SEE, Action.MEMBERSHIP_EDIT),
    _fact("employer"),
    _fact("title"),
    Column("branch", _("分支机构"), Action.MEMBERSHIP_SEE, Action.MEMBERSHIP_EDIT),
    Column("offices", _("本会职务"), Action.BODY_SEE),
    _fact("phone"),
    Column("joined", _("入会"), Action.MEMBERSHIP_SEE, Action.MEMBERSHIP_EDIT, sort="joined"),
    Column("state", _("会籍"), Action.MEMBERSHIP_SEE),
)


OF_SPELLS = frozenset({"category", "branch", "joined"})
"""They are edited as of today, and so only of whoever is a member today."""


class Rights:
    """What the reader may see and edit of each row; rows of one branch are asked about once."""

    def __init__(self, grants: Sequence[Grant]) -> None:
        """Grants that reach one person's own record make every row a case of its own."""
        self._grants = grants
        self._known: dict[tuple[Any, ...], tuple[frozenset[str], frozenset[str]]] = {}
        self._personal = any(grant.person_id for grant in grants)

    def of(self, row: Any) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of the columns seen, and of those edited."""
        place = (row.society_id, row.branch_id, row.person_id if self._personal else None)
        if place not in self._known:
            self._known[place] = (self._keys(row, "see"), self._keys(row, "edit"))
        return self._known[place]

    def columns(self, rows: Sequence[Any]) -> list[Column]:
        """The columns of which at least one row is seen; every one where there is no row."""
        shown = frozenset().union(*(self.of(row)[0] for row in rows))
        return [column for column in COLUMNS if column.key in shown] if rows else list(COLUMNS)

    def _keys(self, row: Any, right: str) -> frozenset[str]:
        asked = ((column.key, getattr(column, right)) for column in COLUMNS)
        return frozenset(key for key, action in asked if action and may(self._grants, action, row))
