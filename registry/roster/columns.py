"""The columns of the roster: what a row shows, and by which rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from registry.core.policy import Action, Grant, may
from registry.people.fields import FIELDS
from registry.web import current


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
    Column("category", _("类别"), Action.MEMBERSHIP_SEE),
    Column("branch", _("分支机构"), Action.MEMBERSHIP_SEE),
    _fact("employer"),
    _fact("title"),
    Column("offices", _("本会职务"), Action.BODY_SEE),
    _fact("phone"),
    Column("joined", _("入会"), Action.MEMBERSHIP_SEE, sort="joined"),
    Column("state", _("会籍"), Action.MEMBERSHIP_SEE),
)


def visible(rows: Sequence[Any], grants: Sequence[Grant]) -> list[Column]:
    """The columns of which the reader may see at least one row's; every one where there is no row."""
    if not rows:
        return list(COLUMNS)
    return [column for column in COLUMNS if any(may(grants, column.see, row) for row in rows)]


def seen(row: Any, columns: Iterable[Column]) -> set[str]:
    """The keys of the row that the reader may see."""
    return {column.key for column in columns if current.allowed(column.see, row)}


def edited(row: Any, columns: Iterable[Column]) -> set[str]:
    """The keys of the row that the reader may edit."""
    return {column.key for column in columns if column.edit and current.allowed(column.edit, row)}
