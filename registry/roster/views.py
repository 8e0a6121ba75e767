"""The roster page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from registry.core import strokes
from registry.core.plans import Aside
from registry.core.policy import Action, reach, within
from registry.memberships.models import STATES, Membership, state_on
from registry.people.queries import documents_of
from registry.roster import counts, criteria, forms, offers, queries, recent
from registry.roster.acts import Act, offered
from registry.roster.arranged import Arranged, arranged
from registry.roster.columns import OF_SPELLS, Column, Rights
from registry.roster.question import Counted
from registry.roster.reach import finds_phones, seen
from registry.roster.recent import NOTHING, Newest
from registry.roster.written import Writing
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.tags import queries as tags
from registry.web import addresses, current
from registry.web.access import permit_in
from registry.web.database import session
from registry.web.pages import page
from registry.web.phrases import phrase

bp = Blueprint("roster", __name__)

COUNT_WHOLE = "count"
"""In the address: count to the end, however long it takes."""


@bp.get("/societies/<slug>/members/")
@permit_in(Action.ROSTER_SEE, load_society)
def index(society: Society) -> Response:
    """The roster, as the address narrows and sorts it."""
    view = RosterView(society, recent.newest(session(), society.id))
    if COUNT_WHOLE in request.args:
        return page("roster/index.html", "count", view=view)
    answer = page("roster/index.html", "rows", view=view)
    answer.headers["HX-Replace-Url"] = view.address(**view.place)
    return answer


@dataclass
class RosterView:
    """What the template asks for; each thing is fetched when it is first asked.

    `newest` is the society's newest act before anything was fetched; `counted`: the rows are only counted, so
    that also those count who have left the branch of the reader since.
    """

    society: Society
    newest: Newest = NOTHING
    counted: bool = False
    rights: Rights = field(default_factory=lambda: Rights(current.grants()))

    @cached_property
    def choices(self) -> forms.Choices:
        """What can be chosen in the society; branch staff choose among their own."""
        return forms.Choices(
            lambda: self._offered(societies.categories),
            lambda: [row for row in self._offered(societies.branches) if self._own(row)],
            lambda: self._offered(queries.post_names),
            criteria.permitted(self._reaches),
            lambda: self._offered(tags.tags),
        )

    def _offered(self, fetch: Any) -> Any:
        return offers.kept(session(), self.newest.digest, self.society.id, fetch)

    def _reaches(self, action: Action) -> bool:
        """The reader may see it of somebody in the society; of whom, `seen` tells."""
        return any(span.society_id in (None, self.society.id) for span in reach(current.grants(), action))

    def _own(self, branch: Any) -> bool:
        return current.allowed(Action.BRANCH_SEE, branch)

    @cached_property
    def sought(self) -> queries.RosterFilter:
        """The address, read."""
        return forms.read_filter(request.args, self.choices, current.day())

    @cached_property
    def roster(self) -> queries.Roster:
        """The question, asked with the reader's rights."""
        phones, allowed = finds_phones(self.society.id), seen(Action.ROSTER_SEE)
        if self.counted:
            phones, allowed = False, within(current.grants(), Action.ROSTER_SEE, Aside(Membership))
        return queries.Roster(session(), allowed, self.society.id, self.sought, phones=phones, seen=seen)

    @cached_property
    def page(self) -> queries.Page:
        """The rows of this page."""
        return self.roster.page(**self.place)

    @property
    def place(self) -> dict[str, int]:
        """Where the page begins or ends: the id of the row before or behind it."""
        typed = {key: addresses.number(key) for key in ("after", "before")}
        return dict([(key, value) for key, value in typed.items() if value][:1])

    @cached_property
    def total(self) -> Counted | None:
        """How many rows there are; see `queries.Roster.count`. Said again until the society's next act."""
        asked = (current.grants(), current.today(), self.counted, self.sought.question)
        whole = COUNT_WHOLE in request.args
        return counts.kept(self.newest.digest, asked, self.roster.count, whole=whole)

    @cached_property
    def arranged(self) -> Arranged:
        """What the reader remembers, and the saved views."""
        return arranged(self.society, self.newest)

    @property
    def keys(self) -> list[str]:
        """The columns chosen; the state only where it is not the same in every row."""
        return [key for key in self.arranged.keys if key != "state" or self.sought.state != ("active",)]

    @cached_property
    def columns(self) -> list[Column]:
        """Those of the chosen ones that the reader may see."""
        found = self.rights.columns(self.page.rows, self.keys)
        return [replace(column, label=phrase(column.label)) for column in found]

    @cached_property
    def offices(self) -> dict[int, list[str]]:
        """Offices held by the people of this page."""
        people = [row.person_id for row in self.page.rows]
        return queries.offices(session(), self.society.id, people, self.sought.day)

    @cached_property
    def documents(self) -> dict[int, list[tuple[str, str]]]:
        """Kind and last four of the documents of the people of this page."""
        return documents_of(session(), self.society.id, [row.person_id for row in self.page.rows])

    @cached_property
    def tags(self) -> dict[int, list[str]]:
        """What the people of this page bear."""
        return tags.of_people(session(), self.society.id, [row.person_id for row in self.page.rows])

    @cached_property
    def acts(self) -> list[Act]:
        """What can be done to the rows that are chosen."""
        return offered(current.grants(), self.society.id)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What narrows the roster, in words."""
        return forms.in_words(self.sought, self.choices)

    def chosen(self, key: str) -> list[str]:
        """The values chosen of one criterion."""
        if key == "state":
            return list(self.sought.state)
        one = self.sought.of(key)
        return list(one.values) if one else []

    def span(self, key: str) -> tuple[str, str]:
        """The bounds chosen of one criterion."""
        one = self.sought.of(key)
        return (one.first, one.last) if one else ("", "")

    @property
    def unsure(self) -> bool:
        """An age is asked, and those of whom nobody knows stand apart."""
        return any(self.span("age")) and not self.chosen("age")

    @property
    def strokes(self) -> list[tuple[str, str, str]]:
        """Name by name of this page: the key of its strokes in words, and what of it is not known in full."""
        key = strokes.by_surname if self.sought.by == "strokes" else strokes.by_name
        return [(row.name, strokes.explain(row.name), key(row.name).partial) for row in self.page.rows]

    def state(self, row: Any) -> str:
        """The state of the row's spell on the day, in words."""
        return str(_(STATES[state_on(self.sought.day, row.starts_on, row.ends_on, row.end_reason)]))

    def rights_of(self, row: Any) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of the columns seen of the row, and of those edited."""
        seen, edited = self.rights.of(row)
        now = self._today
        standing = state_on(now, row.starts_on, row.ends_on, row.end_reason) == "active"
        return seen, edited if standing and self.sought.day == now else edited - OF_SPELLS

    @cached_property
    def _today(self) -> date:
        return current.today()

    @cached_property
    def writing(self) -> Writing:
        """How the rows are written."""
        return Writing(self)

    @property
    def rows(self) -> Markup:
        """The rows of this page, written."""
        return self.writing.rows(self.page.rows)

    def address(self, **changes: Any) -> str:
        """This roster with some keys set otherwise; None or empty takes a key away."""
        values = {key: value for key, value in {**self._typed, **changes}.items() if value}
        return f"{self.href}?{urlencode(values, doseq=True)}" if values else self.href

    @cached_property
    def href(self) -> str:
        """The roster, narrowed by nothing."""
        return url_for("roster.index", slug=self.society.slug)

    @cached_property
    def _typed(self) -> dict[str, Any]:
        """What the address says of what is sought, each word once, and of the day."""
        known = {key: dict.fromkeys(request.args.getlist(key)) for key in (*forms.KEYS, "view")}
        kept = {key: [word for word in words if word] for key, words in known.items()}
        return {**kept, **current.looked_at()}
