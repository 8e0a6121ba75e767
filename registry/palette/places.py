"""The pages and deeds that the palette knows by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _

from registry.core.policy import Action
from registry.web.frame import PLACES, WIDER_PLACES


@dataclass(frozen=True)
class Place:
    """A page by its endpoint; `inside` a society, whose right is then asked for."""

    label: Any
    endpoint: str
    action: Action
    icon: str
    inside: bool = True
    values: dict[str, str] = field(default_factory=dict)


def pages() -> Iterator[Place]:
    """The places of the frame, and what it keeps in its corners."""
    yield from (Place(row.label, row.endpoint, row.action, row.icon) for row in PLACES)
    yield Place(_("重复人员"), "merging.index", Action.TWIN_SEE, "people")
    yield from (Place(row.label, row.endpoint, row.action, row.icon, inside=False) for row in WIDER_PLACES)
    yield Place(_("谁能做什么"), "accounts.policy", Action.POLICY_SEE, "key", inside=False)


DEEDS = (
    Place(_("登记新会员"), "members.new", Action.MEMBERSHIP_EDIT, "plus"),
    Place(_("登记单位会员"), "units.new", Action.MEMBERSHIP_EDIT, "plus"),
    Place(_("导入 Excel 名册"), "exchange.index", Action.IMPORT_RUN, "upload"),
    Place(
        _("导出名册为 Excel"), "exports.members", Action.ROSTER_EXPORT, "download", values={"kind": "xlsx"}
    ),
    Place(_("导出名册为 CSV"), "exports.members", Action.ROSTER_EXPORT, "download", values={"kind": "csv"}),
    Place(_("选择名册的列"), "arrangements.columns", Action.ARRANGEMENT_EDIT, "columns"),
    Place(_("管理名册视图"), "arrangements.views", Action.ARRANGEMENT_EDIT, "bookmark"),
    Place(_("设立分支机构"), "branches.new", Action.BRANCH_EDIT, "plus"),
    Place(_("设立机构"), "bodies.new", Action.BODY_EDIT, "plus"),
)
"""What can be begun from anywhere."""
