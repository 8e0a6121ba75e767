"""What the palette finds for a reader, in groups: their own society first, then the others they reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from registry.bodies.models import BODY_KINDS, Body
from registry.core.numerals import han_number
from registry.core.policy import SIGNED_IN, Action, reach, within
from registry.memberships.models import STATES, state_on
from registry.palette import places, queries
from registry.palette.matching import found
from registry.roster.columns import Rights
from registry.roster.queries import Roster, RosterFilter
from registry.roster.reach import finds_phones, seen
from registry.societies import queries as societies
from registry.societies.models import BRANCH_KINDS, Branch, Society
from registry.web import current
from registry.web.database import session
from registry.web.filters import link

MOST = 8
"""In one group."""


@dataclass(frozen=True)
class Item:
    """Where one can go."""

    label: str
    href: str
    hint: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Group:
    """Items of one kind."""

    title: str
    items: list[Item]


@dataclass(frozen=True)
class Palette:
    """What is typed, read from one society, or from none."""

    words: str
    society: Society | None

    @cached_property
    def groups(self) -> list[Group]:
        """Those that hold something; without words only pages and deeds."""
        every = [
            Group(_("会员"), self._people()),
            Group(_("分支机构"), self._branches()),
            Group(_("机构与届次"), self._bodies()),
            Group(_("页面"), self._pages(places.pages())),
            Group(_("操作"), self._pages(places.DEEDS)),
            Group(_("其他学会的会员"), self._people_elsewhere()),
            Group(_("其他学会"), self._elsewhere()),
        ]
        return [group for group in every if group.items]

    @property
    def count(self) -> int:
        """How many places are found."""
        return sum(len(group.items) for group in self.groups)

    @property
    def _own(self) -> int:
        return self.society.id if self.society else 0

    def _reaches(self, action: Action) -> bool:
        """The action is allowed somewhere in the society."""
        if action in SIGNED_IN:
            return True
        spans = reach(current.grants(), action)
        return self.society is not None and any(span.society_id in (None, self._own) for span in spans)

    def _people(self) -> list[Item]:
        if self.society is None or not self.words or not self._reaches(Action.ROSTER_SEE):
            return []
        sought = RosterFilter(current.day(), q=self.words, state=("all",))
        allowed, phones = seen(Action.ROSTER_SEE), finds_phones(self._own)
        roster = Roster(session(), allowed, self._own, sought, phones=phones, seen=seen)
        rows = roster.page(limit=2 * MOST).rows
        once = list({row.person_id: row for row in rows}.values())[:MOST]
        items = [self._member(self.society.slug, row) for row in once]
        return [*items, *self._in_roster(self.society)] if len(rows) > len(items) else items

    def _member(self, slug: str, row: Any) -> Item:
        shown, _edited = Rights(current.grants()).of(row)
        state = state_on(current.day(), row.starts_on, row.ends_on, row.end_reason)
        hints = (
            row.number,
            row.employer if "employer" in shown else "",
            str(_(STATES[state])) if state != "active" and "state" in shown else "",
        )
        return Item(row.name, _member(slug, row.number), " · ".join(filter(None, hints)), "me")

    def _in_roster(self, society: Society) -> Iterator[Item]:
        """Where there are more than are shown."""
        label = _("在名册中查看全部“%(words)s”", words=self.words)
        yield Item(label, link("roster.index", slug=society.slug, q=self.words, state="all"), "", "search")

    def _people_elsewhere(self) -> list[Item]:
        reached = {span.society_id for span in reach(current.grants(), Action.ROSTER_SEE)}
        if not self.words or not reached - {self._own}:
            return []
        allowed = seen(Action.ROSTER_SEE)
        others = queries.others(session(), reached, self._own)
        rows = queries.people_elsewhere(session(), allowed, self.words, others, 2 * MOST)
        once = {row.person_id: row for row in rows}.values()
        return [
            Item(row.name, _member(row.slug, row.number), f"{row.number} · {row.society}", "me")
            for row in once
        ][:MOST]

    def _branches(self) -> list[Item]:
        if self.society is None or not self.words:
            return []
        allowed = within(current.grants(), Action.BRANCH_SEE, Branch)
        rows = queries.branches(session(), allowed, self._own)
        return [_branch(self.society.slug, row) for row in _once(rows, self.words)]

    def _bodies(self) -> list[Item]:
        if self.society is None or not self.words:
            return []
        allowed = within(current.grants(), Action.BODY_SEE, Body)
        items = _bodies(self.society.slug, queries.bodies(session(), allowed, self._own))
        return found(items, self.words, lambda item: (item.label,), MOST)

    def _pages(self, offered: Iterable[places.Place]) -> list[Item]:
        open_here = [place for place in offered if self._opens(place)]
        chosen = found(open_here, self.words, lambda place: place.names, MOST)
        return [Item(str(place.label), self._address(place), "", place.icon) for place in chosen]

    def _opens(self, place: places.Place) -> bool:
        inside = place.inside or place.action in SIGNED_IN
        return self._reaches(place.action) if inside else current.allowed(place.action)

    def _address(self, place: places.Place) -> str:
        slug = {"slug": self.society.slug} if place.inside and self.society else {}
        return link(place.endpoint, **slug, **place.values)

    def _elsewhere(self) -> list[Item]:
        """Societies by name, then branches and bodies in them."""
        if not self.words or not _sees_several():
            return []
        grants, asked = current.grants(), (self.words, self._own)
        rows = societies.societies(session(), within(grants, Action.SOCIETY_SEE, Society))
        others = [row for row in rows if row.id != self._own]
        named = found(others, self.words, lambda row: (row.name, row.short_name), MOST)
        home = [Item(row.name, link("overview.society", slug=row.slug), "", "society") for row in named]
        branches = queries.branches_elsewhere(session(), within(grants, Action.BRANCH_SEE, Branch), *asked)
        bodies = queries.bodies_elsewhere(session(), within(grants, Action.BODY_SEE, Body), *asked)
        inner = [_branch(row.slug, row, row.society) for row in _once(branches, self.words)]
        meant = found(bodies, self.words, lambda row: (row.name,), MOST)
        inner += [Item(row.name, _body(row.slug, row.id), row.society, "council") for row in meant]
        return [*home, *inner][:MOST]


def _sees_several() -> bool:
    reached = {span.society_id for span in reach(current.grants(), Action.SOCIETY_SEE)}
    return None in reached or len(reached) > 1


def _member(slug: str, number: str) -> str:
    return link("members.page", slug=slug, number=number)


def _body(slug: str, body_id: int) -> str:
    return link("bodies.page", slug=slug, body_id=body_id)


def _once(rows: Iterable[Any], words: str) -> list[Any]:
    """The branches meant, each by the name that is meant most."""
    meant: dict[int, Any] = {}
    for row in found(rows, words, lambda row: (row.bore,), 2 * MOST):
        meant.setdefault(row.id, row)
    return list(meant.values())[:MOST]


def _branch(slug: str, row: Any, society: str = "") -> Item:
    former = str(_("曾称“%(name)s”", name=row.bore)) if row.bore != row.name else ""
    ended = str(_("已终止")) if row.ends_on and row.ends_on <= current.day() else ""
    hints = (str(_(BRANCH_KINDS[row.kind])), former, society, ended)
    return Item(
        row.name, link("branches.page", slug=slug, code=row.code), " · ".join(filter(None, hints)), "branch"
    )


def _bodies(slug: str, rows: Iterable[Any]) -> Iterator[Item]:
    """Each body once, and behind it its terms."""
    told = set()
    for row in rows:
        if row.id not in told:
            told.add(row.id)
            yield Item(row.name, _body(slug, row.id), str(_(BODY_KINDS[row.kind])), "council")
        if row.ordinal:
            where = link("bodies.term", slug=slug, body_id=row.id, ordinal=row.ordinal)
            ended = row.term_ends_on and row.term_ends_on <= current.day()
            name = f"{row.name}{_('第%(n)s届', n=han_number(row.ordinal))}"
            yield Item(name, where, str(_("已结束")) if ended else str(_("本届")), "council")
