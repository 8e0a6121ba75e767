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
    """A page by its endpoint; `inside` a society, whose right is then asked for; `also` names it as well."""

    label: Any
    endpoint: str
    action: Action
    icon: str
    inside: bool = True
    values: dict[str, str] = field(default_factory=dict)
    also: tuple[Any, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All by which it is known."""
        return tuple(str(name) for name in (self.label, *self.also))


def pages() -> Iterator[Place]:
    """The places of the frame, and what it keeps in its corners."""
    yield from (Place(row.label, row.endpoint, row.action, row.icon) for row in PLACES)
    yield Place(_("重复人员"), "merging.index", Action.TWIN_SEE, "people")
    yield from (Place(row.label, row.endpoint, row.action, row.icon, inside=False) for row in WIDER_PLACES)
    yield Place(
        _("会议与决议"), "meetings.index", Action.MEETING_SEE, "calendar", also=(_("会议"), _("决议"))
    )
    yield Place(
        _("名单补录"), "lists.index", Action.IMPORT_RUN, "upload", also=(_("理事会名单"), _("导入名单"))
    )
    yield Place(_("导出"), "exports.index", Action.ROSTER_EXPORT, "download", also=("Excel", "CSV"))
    yield Place(
        _("打印名册和名单"), "printouts.index", Action.ROSTER_EXPORT, "print", also=(_("打印"), _("版式"))
    )
    yield Place(_("标签"), "tag_words.index", Action.TAG_KEEP, "bookmark", also=(_("整理标签"),))
    yield Place(_("会员的同意"), "consents.index", Action.CONSENT_EDIT, "shield", also=(_("隐私"),))
    yield Place(_("删除的申请"), "erasures.index", Action.ERASURE_SEE, "shield", also=(_("隐私"),))
    yield Place(_("保存的期限"), "erasures.retention", Action.ERASURE_SEE, "shield", also=(_("清理"),))
    yield Place(_("我的隐私"), "privacy.index", Action.PRIVACY_SEE, "shield", inside=False)
    yield Place(_("谁能做什么"), "accounts.policy", Action.POLICY_SEE, "key", inside=False, also=(_("权限"),))
    yield Place(_("我的登录"), "accounts.mine", Action.SESSIONS_KEEP, "shield", inside=False)


DEEDS = (
    Place(
        _("登记新会员"),
        "members.new",
        Action.MEMBERSHIP_EDIT,
        "plus",
        also=(_("新增会员"), _("添加会员"), _("入会")),
    ),
    Place(
        _("登记单位会员"), "units.new", Action.MEMBERSHIP_EDIT, "plus", also=(_("新增单位"), _("添加单位"))
    ),
    Place(_("导入 Excel 名册"), "exchange.index", Action.IMPORT_RUN, "upload", also=(_("上传名册"),)),
    Place(_("记一次会议"), "meetings.new", Action.MEETING_EDIT, "plus", also=(_("新增会议"), _("登记会议"))),
    Place(
        _("导出名册为 Excel"), "exports.members", Action.ROSTER_EXPORT, "download", values={"kind": "xlsx"}
    ),
    Place(_("导出名册为 CSV"), "exports.members", Action.ROSTER_EXPORT, "download", values={"kind": "csv"}),
    Place(_("选择名册的列"), "arrangements.columns", Action.ARRANGEMENT_EDIT, "columns"),
    Place(_("管理名册视图"), "arrangements.views", Action.ARRANGEMENT_EDIT, "bookmark"),
    Place(_("设立分支机构"), "branches.new", Action.BRANCH_EDIT, "plus", also=(_("新增分支机构"),)),
    Place(_("设立机构"), "bodies.new", Action.BODY_EDIT, "plus", also=(_("新增机构"),)),
)
"""What can be begun from anywhere."""
