"""The frame around every page: the society in view, the ones to switch to, and where one can go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _

from registry.core.policy import Action, reach
from registry.web import current


class Spot(NamedTuple):
    """Where one can go; `around` are the endpoints that count as being there."""

    label: Any
    short: Any
    endpoint: str
    action: Action
    icon: str
    around: str


AROUND_ACCOUNTS = "invitations.|recoveries."
AROUND_BODIES = "bodies.|meetings.|lists.|slates."
AROUND_OWN = "profile.|privacy.|own_proposals."
AROUND_WISHES = "proposals.|confirmations."
AROUND_ROSTER = "roster.|members.|merging.|cells.|arrangements.|consents.|erasures."
SYSTEM = "overview.installation"

# The order of the left side; a telephone shows the first four.
PLACES = (
    Spot(_("概览"), _("概览"), "overview.society", Action.SOCIETY_SEE, "home", "overview.society$"),
    Spot(_("会员名册"), _("名册"), "roster.index", Action.ROSTER_SEE, "people", AROUND_ROSTER),
    Spot(_("机构与任职"), _("机构"), "bodies.index", Action.BODY_SEE, "council", AROUND_BODIES),
    Spot(_("分支机构"), _("分支"), "branches.index", Action.BRANCH_SEE, "branch", "branches."),
    Spot(_("审计"), _("审计"), "composition.index", Action.AUDIT_SEE, "scales", "composition.|findings."),
    Spot(_("单位会员"), _("单位"), "units.index", Action.ROSTER_SEE, "building", "units."),
    Spot(_("导入"), _("导入"), "exchange.index", Action.IMPORT_RUN, "upload", "exchange."),
    Spot(_("更正申请"), _("更正"), "proposals.index", Action.PROPOSAL_JUDGE, "edit", AROUND_WISHES),
    Spot(_("图表"), _("图表"), "figures.index", Action.FIGURES_SEE, "chart", "figures."),
    Spot(_("账号与角色"), _("账号"), "invitations.index", Action.ACCOUNT_KEEP, "key", AROUND_ACCOUNTS),
    Spot(_("日志"), _("日志"), "overview.journal", Action.JOURNAL_SEE, "journal", "overview.journal"),
)
WIDER_PLACES = (
    Spot(_("我的会籍"), _("我的"), "profile.index", Action.PROFILE_SEE, "me", AROUND_OWN),
    Spot(_("监督"), _("监督"), "supervision.index", Action.SUPERVISION_SEE, "eye", "supervision."),
    Spot(_("学会"), _("学会"), "overview.societies", Action.SOCIETY_SEE, "society", "overview.societies"),
    Spot(_("系统日志"), _("系统"), SYSTEM, Action.INSTALLATION_SEE, "journal", SYSTEM),
)
# A cursor belongs to one day's list.
FORGOTTEN = frozenset({"on", "after", "before"})


@dataclass(frozen=True)
class Place:
    """A link of the frame; `apart` = not inside the society in view."""

    label: str
    short: str
    href: str
    current: bool
    icon: str
    apart: bool = False


def init_app(app: Flask) -> None:
    """Give every template the frame; it costs no query of its own."""
    app.context_processor(_frame)


def show(society: Any) -> None:
    """Name the society that this request looks at."""
    g.society = society


def _frame() -> dict[str, Any]:
    society = g.get("society")
    return {"society": society, "frame": Frame(society), "demo": current_app.extensions["registry"].demo}


class Frame:
    """What stands around a page, each thing worked out where it is shown: a part of a page shows none."""

    def __init__(self, society: Any) -> None:
        """The society in view, if any."""
        self._society = society

    @cached_property
    def nav(self) -> list[Place]:
        """Where the reader can go."""
        if current.reader() is None:
            return []
        society = self._society
        inside = [x for x in PLACES if society and _reaches(x.action, society.id)]
        wider = [x for x in WIDER_PLACES if current.allowed(x.action)]
        if society and not self.several:
            wider = [x for x in wider if x.endpoint != "overview.societies"]
        return [_place(spot, slug=society.slug) for spot in inside] + [_place(spot) for spot in wider]

    @cached_property
    def several(self) -> bool:
        """The reader sees more societies than one."""
        seen = {span.society_id for span in reach(current.grants(), Action.SOCIETY_SEE)}
        return None in seen or len(seen) > 1

    @property
    def search_href(self) -> str | None:
        """None where nothing can be searched, and on the roster, which has a search of its own."""
        society, there = self._society, request.endpoint == "roster.index"
        if society is None or there or not _reaches(Action.ROSTER_SEE, society.id):
            return None
        return url_for("roster.index", slug=society.slug)

    @property
    def kept_query(self) -> list[tuple[str, str]]:
        """What of the address stays when another day is looked at."""
        return [(name, value) for name, value in request.args.items(multi=True) if name not in FORGOTTEN]

    @property
    def today_href(self) -> str:
        """The same page without a day; a list begins again at its first row."""
        return url_for(request.endpoint, **_steady()) if request.endpoint else request.path


def _reaches(action: Action, society_id: int) -> bool:
    return any(span.society_id in (None, society_id) for span in reach(current.grants(), action))


def _steady() -> dict[str, Any]:
    query = {name: values for name, values in request.args.lists() if name not in FORGOTTEN}
    return {**query, **(request.view_args or {})}


def _place(spot: Spot, **values: Any) -> Place:
    here = re.match(spot.around, request.endpoint or "") is not None
    href = url_for(spot.endpoint, **{**current.looked_at(), **values})
    return Place(str(spot.label), str(spot.short), href, here, spot.icon, apart=not values)
