"""What can be done to the rows that are chosen on the roster, in the order of its bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from registry.core.policy import Action, Grant, reach


@dataclass(frozen=True)
class Act:
    """`key` is the word in the address; `needs` the right to do it to somebody."""

    key: str
    label: Any
    needs: Action


ACTS = (
    Act("category", _("改类别"), Action.MEMBERSHIP_EDIT),
    Act("branch", _("改分支机构"), Action.MEMBERSHIP_EDIT),
    Act("state", _("结束会籍"), Action.MEMBERSHIP_EDIT),
    Act("tag", _("加标签"), Action.TAG_EDIT),
    Act("untag", _("去标签"), Action.TAG_EDIT),
    Act("fact", _("改一项资料"), Action.WORK_EDIT),
    Act("export", _("导出"), Action.ROSTER_EXPORT),
    Act("write", _("写信"), Action.CONTACT_SEE),
)


def reaches(grants: Iterable[Grant], action: Action, society_id: int) -> bool:
    """May it be done to somebody in the society."""
    return any(span.society_id in (None, society_id) for span in reach(grants, action))


def offered(grants: Iterable[Grant], society_id: int) -> list[Act]:
    """The acts for the bar; empty where the reader may do nothing to many at once."""
    held = list(grants)
    if not reaches(held, Action.ROSTER_BULK, society_id):
        return []
    return [act for act in ACTS if reaches(held, act.needs, society_id)]
