"""The columns of the roster: what a row shows, and by which rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from registry.core.policy import Action, Grant, may, reach
from registry.people.fields import FIELDS


@dataclass(frozen=True)
class Column:
    """`key` is a fact of the person (edited in place) or of the spell; `sort` the order its head offers.

    The label is the source text, to be translated where it is shown.
    """

    key: str
    label: str
    see: Action
    edit: Action | None = None
    sort: str = ""

    def seen_in(self, grants: Sequence[Grant], society_id: int) -> bool:
        """Is it seen of anybody in the society."""
        return any(span.society_id in (None, society_id) for span in reach(grants, self.see))


def _fact(key: str, label: str = "") -> Column:
    field = FIELDS[key]
    return Column(key, label or field.label, field.see, field.edit)


USUAL = (
    Column("number", "会员号", Action.ROSTER_SEE, sort="number"),
    Column("name", "姓名", Action.ROSTER_SEE, Action.IDENTITY_EDIT, sort="pinyin"),
    _fact("sex"),
    _fact("birth", "出生"),
    _fact("region"),
    Column("category", "类别", Action.MEMBERSHIP_SEE, Action.MEMBERSHIP_EDIT),
    _fact("phone"),
    _fact("employer"),
    _fact("title"),
    Column("branch", "分支机构", Action.MEMBERSHIP_SEE, Action.MEMBERSHIP_EDIT),
    Column("offices", "本会职务", Action.BODY_SEE),
    Column("joined", "入会", Action.MEMBERSHIP_SEE, Action.MEMBERSHIP_EDIT, sort="joined"),
    Column("state", "会籍", Action.MEMBERSHIP_SEE),
)
"""What everybody begins with."""
FURTHER = (
    Column("age", "年龄", FIELDS["birth"].see),
    _fact("ethnic"),
    _fact("political"),
    _fact("nationality"),
    _fact("position"),
    _fact("employer_kind"),
    _fact("grassroots"),
    _fact("grassroots_ground"),
    _fact("title_level"),
    _fact("education"),
    _fact("degree"),
    _fact("disciplines"),
    _fact("bio"),
    _fact("email"),
    _fact("address"),
    _fact("postcode"),
    _fact("name_traditional"),
    _fact("name_pinyin"),
    _fact("name_latin"),
    _fact("former_names"),
    Column("document_kinds", "证件类型", Action.DOCUMENT_SEE),
    Column("document_numbers", "证件号码", Action.DOCUMENT_SEE),
    Column("tags", "标签", Action.ROSTER_SEE),
    Column("ends", "会籍终止", Action.MEMBERSHIP_SEE),
    Column("remark", "备注", Action.MEMBERSHIP_SEE),
)
COLUMNS = (*USUAL, *FURTHER)
KNOWN = {column.key: column for column in COLUMNS}
FIXED = ("number", "name")
"""They lead to the member, and so stand first in every roster."""

OF_SPELLS = frozenset({"category", "branch", "joined"})
"""They are edited as of today, and so only of whoever is a member today."""


def in_order(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys that are columns, each once, the fixed ones first; the usual ones where none is given."""
    given = tuple(keys) or tuple(column.key for column in USUAL)
    return tuple(key for key in dict.fromkeys((*FIXED, *given)) if key in KNOWN)


class Rights:
    """What the reader may see and edit of each row; rows that no grant tells apart are asked about once."""

    def __init__(self, grants: Sequence[Grant]) -> None:
        """Grants for a branch tell rows apart by branch, those for one's own record by person."""
        self._grants = grants
        self._known: dict[tuple[Any, ...], tuple[frozenset[str], frozenset[str]]] = {}
        self._by_branch = any(grant.branch_id for grant in grants)
        self._by_person = any(grant.person_id for grant in grants)

    def of(self, row: Any) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of the columns seen, and of those edited."""
        place = (row.society_id, self._by_branch and row.branch_id, self._by_person and row.person_id)
        if place not in self._known:
            self._known[place] = (self._keys(row, "see"), self._keys(row, "edit"))
        return self._known[place]

    def columns(self, rows: Sequence[Any], keys: Iterable[str] = ()) -> list[Column]:
        """Of the columns named, in their order, those seen of at least one row; all where there is no row."""
        chosen = [KNOWN[key] for key in in_order(keys)]
        shown = frozenset().union(*(self.of(row)[0] for row in rows))
        return [column for column in chosen if column.key in shown] if rows else chosen

    def _keys(self, row: Any, right: str) -> frozenset[str]:
        rights = [(column.key, getattr(column, right)) for column in COLUMNS]
        granted = {
            action
            for action in {right for _key, right in rights}
            if action and may(self._grants, action, row)
        }
        return frozenset(key for key, action in rights if action in granted)
