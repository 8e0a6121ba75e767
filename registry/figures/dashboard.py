"""All figures of one page: what is counted, for whom, and which plots the reader may see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from registry.core.ages import LABELS, YOUNG_AND_MIDDLE, band
from registry.core.codetables import TABLES
from registry.core.dates import PartialDate
from registry.core.policy import Action, within
from registry.core.subjects import Place
from registry.figures import courses, plots, queries
from registry.figures.years import Year, yearly
from registry.journal.kept import Kept
from registry.memberships.models import Membership
from registry.people.fields import FIELDS
from registry.plots import plotting
from registry.plots.plotting import Part, Plot
from registry.roster.criteria import CRITERION, UNKNOWN
from registry.roster.forms import KEYS
from registry.roster.recent import Newest
from registry.roster.views import RosterView
from registry.societies.models import Branch, Society
from registry.web import current
from registry.web.database import session

Counts = TypeVar("Counts")

FACTS = (*queries.COLUMNS, *queries.GAP)
"""Those of which it is told how many are known."""


_kept = Kept(1_000)
forget = _kept.forget


@dataclass
class Dashboard:
    """What the page asks for; each thing is counted when it is first asked, and stands until the next act."""

    society: Society
    newest: Newest

    @cached_property
    def roster(self) -> RosterView:
        """The roster of the same address, whose filter the figures follow."""
        return RosterView(self.society, self.newest, counted=True)

    def _counted(self, what: Hashable, count: Callable[[], Counts]) -> Counts:
        asked = (current.grants(), current.today(), self.roster.sought.question, what)
        return _kept.of(self.newest.digest, asked, count)

    @cached_property
    def branch(self) -> Branch | None:
        """The branch looked at: the one chosen, or the only one that the reader reaches."""
        offered, asked = self.roster.choices.branches, self.roster.sought.branch_id
        if not self.whole and len(offered) == 1:
            return offered[0]
        return next((row for row in offered if row.id == asked), None)

    @property
    def whole(self) -> bool:
        """The reader may count the whole society."""
        return current.allowed(Action.FIGURES_SEE, self.society)

    @property
    def narrowed(self) -> bool:
        """More is asked than a branch, so that nothing is said of what the whole of it has to see to."""
        return bool(self.roster.chips) and [key for key, _words in self.roster.chips] != ["branch"]

    @property
    def active(self) -> bool:
        """Those in force on the day are listed, whatever else is asked."""
        return self.roster.sought.state == ("active",)

    @cached_property
    def total(self) -> int:
        """How many are listed."""
        return self._counted("total", lambda: queries.counted(session(), self._listed))

    @property
    def most(self) -> int:
        """So many may be listed for the facts of persons to be counted."""
        return queries.MOST

    @property
    def many(self) -> bool:
        """More than that are."""
        return self.total > self.most

    @cached_property
    def years(self) -> list[Year]:
        """The last years, whatever state the roster is narrowed to."""
        return self._counted("years", self._yearly)

    def _yearly(self) -> list[Year]:
        day = current.day()
        asked = self._clauses(of_state=False)
        return yearly(
            queries.begun(session(), asked, day),
            queries.ended(session(), asked, day),
            queries.continued(session(), asked, self.society.id, day),
            day.year,
            ahead=day >= current.today(),
        )

    @property
    def this_year(self) -> Year:
        """The year of the day."""
        return next(row for row in self.years if row.year == current.day().year)

    @property
    def joining(self) -> int:
        """Registered to join after the day, in the years shown."""
        return sum(row.joining for row in self.years)

    @property
    def leaving(self) -> int:
        """Registered to leave after the day, in the years shown."""
        return sum(row.leaving for row in self.years)

    @cached_property
    def plots(self) -> list[Plot]:
        """Those that the reader may see and that say more than the filter does, of like height together."""
        facts = not self.many
        ages = facts and self._sees("sex") and self._sees("birth")
        found = [*self._over_time(), *([self._ages()] if ages else [])]
        found += [*(self._of_people() if facts else []), *self._of_places()]
        if facts and self._sees("disciplines"):
            found.append(self._disciplines())
        return [*found, plots.of_completeness(self.known, self._lacking())] if facts else found

    @cached_property
    def known(self) -> dict[str, queries.Known]:
        """Of how many each fact is known that the reader may see."""
        facts = [key for key in FACTS if self._sees(key)]
        documents = current.allowed(Action.DOCUMENT_SEE, self._place)
        return self._counted(
            ("known", *facts, documents),
            lambda: queries.completeness(session(), self._listed, facts, documents=documents),
        )

    def _clauses(self, *, of_state: bool = True) -> list[ColumnElement[bool]]:
        allowed = within(current.grants(), Action.FIGURES_SEE, Membership)
        return [allowed, *self.roster.roster.clauses(of_state=of_state)]

    @cached_property
    def _listed(self) -> list[ColumnElement[bool]]:
        return self._clauses()

    @property
    def _place(self) -> Place:
        branch = self.branch if not self.whole else None
        return Place(self.society.id, branch.id if branch else None)

    def _sees(self, key: str) -> bool:
        return current.allowed(FIELDS[key].see, self._place)

    def _narrow(self, key: str, code: str) -> str:
        """The roster narrowed further, where it can be narrowed so."""
        if key not in KEYS or self.roster.sought.any_of:
            return ""
        return self.roster.address(**{key: code})

    def _over_time(self) -> Iterator[Plot]:
        until, now = current.day().year, current.day() == current.today()
        yield courses.of_members(self.years, until, now=now)
        yield courses.of_flow(self.years, until, now=now)

    def _of_places(self) -> Iterator[Plot]:
        regions, categories, branches = self._places
        if self._sees("region") and self._differ("region", regions):
            yield self._coded("region", _("地区"), regions)
        if not current.allowed(Action.MEMBERSHIP_SEE, self._place):
            return
        if self._differ("category", categories):
            yield plotting.of_parts("categories", _("类别"), self._named(categories, "category"))
        if self._differ("branch", branches):
            found = plotting.largest(self._named(branches, "branch"), _("其余 %(n)s 个"))
            nowhere = [Part(_("未归入分支"), branches[None])] if branches[None] else []
            yield plotting.of_parts("branches", _("分支机构"), [*found, *nowhere])

    @cached_property
    def _places(self) -> list[Counter[Any]]:
        every = self.whole and self.active and not self.roster.chips
        return self._counted("places", lambda: queries.places(session(), self._listed, every=every))

    def _differ(self, key: str, sums: Counter[Any]) -> bool:
        """Of a filter that leaves one of its kind there is nothing to draw."""
        chosen = self.branch if key == "branch" else request.args.get(key)
        return len(sums) > 1 or not chosen

    def _named(self, sums: Counter[Any], key: str) -> list[Part]:
        """By the society's own order; those that nobody belongs to are left out."""
        rows = self.roster.choices.categories if key == "category" else self.roster.choices.branches
        return [Part(row.name, sums[row.id], self._narrow(key, row.code)) for row in rows if sums[row.id]]

    def _of_people(self) -> Iterator[Plot]:
        if self._sees("sex"):
            yield self._coded("sex", _("性别"), _firsts(self._people["birth"]))
        if self._sees("grassroots"):
            yield self._grassroots(_firsts(self._people["grassroots"]))
        for key, title in (("title_level", _("职称级别")), ("employer_kind", _("单位类型"))):
            if self._sees(key):
                yield self._coded(key, title, _firsts(self._people[key]))
        if current.allowed(Action.MEMBERSHIP_SEE, self._place):
            yield self._freshness(_firsts(self._people["confirmed"]))

    def _freshness(self, sums: Counter[str | None]) -> Plot:
        choices = CRITERION["confirmed"].choices
        parts = [Part(_(word), sums[key], self._narrow("confirmed", key)) for key, word in choices]
        return plotting.of_parts("confirmed", _("本人确认"), parts)

    def _grassroots(self, sums: Counter[str | None]) -> Plot:
        parts = [
            Part(_("基层一线"), sums["yes"], self._narrow("grassroots", "yes")),
            Part(_("其他"), sums["no"], self._narrow("grassroots", "no")),
        ]
        return plotting.of_parts(
            "grassroots", _("基层一线"), parts, sums[None], lost=self._narrow("grassroots", UNKNOWN)
        )

    @cached_property
    def _people(self) -> queries.Tallies:
        return self._counted("people", lambda: queries.people(session(), self._listed, current.day()))

    def _ages(self) -> Plot:
        day = current.day()
        births = {birth for _sex, birth in self._people["birth"]}
        bands = {text: band(PartialDate.parse(text) if text else None, day) for text in births}
        found: dict[str | None, Counter[str]] = defaultdict(Counter)
        for (sex, birth), many in self._people["birth"].items():
            found[sex][bands[birth]] += many
        return plotting.of_ages(found, LABELS, YOUNG_AND_MIDDLE)

    def _coded(self, key: str, title: str, sums: Counter[Any]) -> Plot:
        """By the order of its code table."""
        parts = [Part(name, sums[code], self._narrow(key, code)) for code, name in TABLES[key].choices()]
        return plotting.of_parts(key, title, parts, sums[None], lost=self._narrow(key, UNKNOWN))

    def _disciplines(self) -> Plot:
        sums: Counter[str] = Counter()
        lists = _firsts(self._people["disciplines"])
        for codes, many in lists.items():
            sums.update(dict.fromkeys((codes or "").split(), many))
        known, unknown = lists.total() - lists[""], lists[""]
        table = TABLES["discipline"]
        parts = [
            Part(table.name(code), many, self._narrow("disciplines", code)) for code, many in sums.items()
        ]
        note = _("一人可有几个学科，各项之和可大于人数。")
        top = plotting.largest(parts, _("其余 %(n)s 个"))
        lost = self._narrow("disciplines", UNKNOWN)
        return plotting.of_parts("disciplines", _("学科"), top, unknown, known=known, note=note, lost=lost)

    def _lacking(self) -> dict[str, str]:
        """Where those are listed whose entry lacks a fact."""
        coded = {key: self._narrow(key, UNKNOWN) for key in queries.COLUMNS}
        empty = {"birth": "birth", "document": "document", **queries.GAP}
        return coded | {key: self._narrow("lack", word) for key, word in empty.items()}


def _firsts(tally: Counter[tuple[str | None, str | None]]) -> Counter[str | None]:
    sums: Counter[str | None] = Counter()
    for (first, _second), many in tally.items():
        sums[first] += many
    return sums
