"""The roster page, and its cells edited in place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from registry.core.codetables import TABLES
from registry.core.errors import NotThere
from registry.core.policy import Action, within
from registry.memberships.models import STATES, Membership, state_on
from registry.memberships.services import edit_member
from registry.memberships.views import load_member
from registry.people import facts
from registry.people.fields import FIELDS
from registry.people.forms import FactsForm, facts_form
from registry.roster import forms, queries
from registry.roster.columns import Column, Rights
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import addresses, current
from registry.web.access import demand, permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page, wants_part

bp = Blueprint("roster", __name__)


@bp.get("/societies/<slug>/members/")
@permit_in(Action.ROSTER_SEE, load_society)
def index(society: Society) -> Response:
    """The roster, as the address narrows and sorts it."""
    view = RosterView(society)
    answer = page("roster/index.html", "rows", view=view)
    answer.headers["HX-Replace-Url"] = view.address(**view.place)
    return answer


@bp.route("/societies/<slug>/members/<number>/facts/<key>", methods=["GET", "POST"])
@permit_on(Action.ROSTER_SEE, load_member)
def cell(spell: Membership, key: str) -> Response:
    """One fact of a row: GET its form, GET with `?read` the fact again, POST saves."""
    fact, person = FIELDS.get(key), spell.person
    if fact is None or person is None:
        raise NotThere
    demand(fact.edit, spell)
    form = facts_form([fact], person)
    if "read" in request.args:
        return _cell("reading", spell, form)
    status = attempt(form, lambda: edit_member(session(), person, form.command()))
    if status is None:
        return _cell("reading", spell, form, saved=True) if wants_part() else go(_way_back(spell))
    if form.stale:
        form.renew(person)
    return _cell("form", spell, form, status)


def _cell(
    block: str, spell: Membership, form: FactsForm, status: int = 200, *, saved: bool = False
) -> Response:
    href = url_for("roster.cell", slug=g.society.slug, number=spell.number, key=form.facts[0].key)
    fact, back = form.facts[0], _way_back(spell)
    words = shown(fact.key, spell.person)
    return page(
        "roster/cell.html",
        block,
        status,
        spell=spell,
        form=form,
        fact=fact,
        href=href,
        words=words,
        back=back,
        saved=saved,
    )


def _way_back(spell: Membership) -> str:
    """The roster as it was narrowed when the cell was opened, for browsers without script."""
    roster = url_for("roster.index", slug=g.society.slug)
    came = request.form.get("back") or urlsplit(request.referrer or "")
    way = came if isinstance(came, str) else f"{came.path}?{came.query}"
    return way if way.split("?")[0] == roster else f"{roster}?q={quote(spell.number)}"


def shown(key: str, row: Any) -> str:
    """A fact of a row or person as people read it; foreigners with their country."""
    words = facts.shown(key, getattr(row, key))
    country = TABLES["country"].name(row.nationality) if key == "region" and row.region == "XX" else ""
    return f"{words} {country}".rstrip()


@dataclass
class RosterView:
    """What the template asks for; each thing is fetched when it is first asked."""

    society: Society
    rights: Rights = field(default_factory=lambda: Rights(current.grants()))

    @cached_property
    def choices(self) -> forms.Choices:
        """What can be chosen in the society; branch staff choose among their own."""
        society_id = self.society.id
        return forms.Choices(
            societies.categories(session(), society_id),
            [row for row in societies.branches(session(), society_id) if self._own(row)],
            queries.post_names(session(), society_id),
            documents=current.allowed(Action.DOCUMENT_SEE, self.society),
        )

    def _own(self, branch: Any) -> bool:
        return current.allowed(Action.BRANCH_SEE, branch)

    @cached_property
    def sought(self) -> queries.RosterFilter:
        """The address, read."""
        return forms.read_filter(request.args, self.choices, current.day())

    @cached_property
    def roster(self) -> queries.Roster:
        """The question, asked with the reader's rights."""
        allowed = within(current.grants(), Action.ROSTER_SEE, Membership)
        phones = current.allowed(Action.CONTACT_SEE)
        return queries.Roster(session(), allowed, self.society.id, self.sought, phones=phones)

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
    def total(self) -> int | None:
        """How many rows there are; see `queries.Roster.count`."""
        return self.roster.count()

    @property
    def columns(self) -> list[Column]:
        """Those that the reader may see; the state only where it is not the same in every row."""
        found = self.rights.columns(self.page.rows)
        shown = [column for column in found if column.key != "state" or self.sought.state != "active"]
        # A label stands in every row of a telephone's cards: translated once, not for each cell.
        return [replace(column, label=str(column.label)) for column in shown]

    @cached_property
    def offices(self) -> dict[int, list[str]]:
        """Offices held by the people of this page."""
        people = [row.person_id for row in self.page.rows]
        return queries.offices(session(), self.society.id, people, self.sought.day)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What narrows the roster, in words."""
        return forms.in_words(self.sought, self.choices)

    def state(self, row: Any) -> str:
        """The state of the row's spell on the day, in words."""
        return str(_(STATES[state_on(self.sought.day, row.starts_on, row.ends_on, row.end_reason)]))

    def shown(self, key: str, row: Any) -> str:
        """A fact of the row in words."""
        return shown(key, row)

    def address(self, **changes: Any) -> str:
        """This roster with some keys set otherwise; None or empty takes a key away."""
        kept = {key: request.args.get(key, "") for key in forms.KEYS}
        values = {key: value for key, value in {**kept, **current.looked_at(), **changes}.items() if value}
        return url_for("roster.index", slug=self.society.slug, **values)
