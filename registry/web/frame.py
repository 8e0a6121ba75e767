"""The frame around every page: the society in view, the ones to switch to, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import lazy_gettext as _

from registry.core.policy import Action, reach
from registry.web import current

# Label, endpoint, action, icon; the order of the left side.
PLACES = (
    (_("概览"), "overview.society", Action.SOCIETY_SEE, "home"),
    (_("会员名册"), "roster.index", Action.ROSTER_SEE, "people"),
    (_("单位会员"), "roster.units", Action.ROSTER_SEE, "building"),
    (_("分支机构"), "branches.index", Action.BRANCH_SEE, "branch"),
    (_("机构与任职"), "bodies.index", Action.BODY_SEE, "council"),
    (_("导入"), "exchange.index", Action.IMPORT_RUN, "upload"),
    (_("日志"), "journal.index", Action.JOURNAL_SEE, "journal"),
)
WIDER_PLACES = (
    (_("监督"), "supervision.index", Action.SUPERVISION_SEE, "eye"),
    (_("我的会籍"), "profile.index", Action.PROFILE_SEE, "me"),
    (_("权限表"), "accounts.policy", Action.POLICY_SEE, "key"),
)


@dataclass(frozen=True)
class Place:
    """A link of the frame."""

    label: str
    href: str
    current: bool
    icon: str


def init_app(app: Flask) -> None:
    """Give every template the frame; it costs no query of its own."""
    app.context_processor(lambda: {"society": g.get("society"), "nav": _nav()})


def show(society: Any) -> None:
    """Name the society that this request looks at."""
    g.society = society


def _nav() -> list[Place]:
    if current.reader() is None:
        return []
    society = g.get("society")
    places = []
    if society is not None:
        places += [_place(*row, slug=society.slug) for row in PLACES if _reaches(row[2], society.id)]
    return places + [_place(*row) for row in WIDER_PLACES if _anywhere(row[2])]


def _reaches(action: Action, society_id: int) -> bool:
    return any(span.society_id in (None, society_id) for span in reach(current.grants(), action))


def _anywhere(action: Action) -> bool:
    return action is Action.POLICY_SEE or current.allowed(action)


def _place(label: Any, endpoint: str, action: Action, icon: str, **values: Any) -> Place:
    here = (request.endpoint or "").split(".")[0] == endpoint.split(".")[0]
    same = request.endpoint == endpoint or (here and not endpoint.startswith("roster"))
    return Place(str(label), url_for(endpoint, **{**current.looked_at(), **values}), same, icon)


