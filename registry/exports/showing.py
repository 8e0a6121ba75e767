"""What the page of exports shows: of each list how many rows it has, of the roster its columns and orders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import request, url_for

from registry.bodies.queries import held_seats
from registry.core.policy import Action, within
from registry.memberships.models import Membership
from registry.roster.columns import FIXED, Column
from registry.roster.forms import KEYS
from registry.roster.views import RosterView
from registry.societies import queries as societies
from registry.societies.models import Branch, Society
from registry.units import queries as units
from registry.web import current
from registry.web.database import session

LONG = 20_000
"""More rows than this are written beside the request."""


@dataclass(frozen=True)
class Leaving:
    """The lists of a society as the reader may take them out on the day."""

    society: Society

    @cached_property
    def roster(self) -> RosterView:
        """The roster as the address narrows it."""
        return RosterView(self.society)

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """What the address says of the roster but its order, to be sent along."""
        known = (key for key in (*KEYS, "view", "on") if key != "sort")
        return [(key, word) for key in known for word in request.args.getlist(key) if word]

    @cached_property
    def columns(self) -> tuple[list[Column], list[Column]]:
        """Those on the screen that can be chosen, and the others."""
        shown, others = self.roster.arranged.offered
        return [column for column in shown if column.key not in FIXED], others

    @cached_property
    def members(self) -> int | None:
        """How many the roster has, counted to the end; None where so many have the words looked for."""
        counted = self.roster.roster.count(whole=True)
        return counted.many if counted else None

    @property
    def long(self) -> bool:
        """Nobody waits for so many rows."""
        return self.members is None or self.members > LONG

    @property
    def units(self) -> int:
        """How many unit members there are."""
        allowed = within(current.grants(), Action.ROSTER_EXPORT, Membership)
        return units.count(session(), allowed, self.society.id, units.Sought(current.day()))

    @property
    def branches(self) -> int:
        """How many branches there are."""
        allowed = within(current.grants(), Action.BRANCH_SEE, Branch)
        rows = societies.branches(session(), self.society.id, allowed)
        return len(societies.branches_on(rows, current.day()))

    @property
    def offices(self) -> int:
        """How many offices are held."""
        return sum(held_seats(session(), self.society.id, current.day()).values())

    def roster_address(self, kind: str) -> str:
        """Of the roster as a file, or where to ask for a long one; a posted form does not narrow it."""
        if not self.long:
            return self.address("members", kind)
        narrowed: dict[str, list[str]] = {}
        for key, word in self.narrowed:
            narrowed.setdefault(key, []).append(word)
        return url_for("exports.begin", slug=self.society.slug, kind=kind, **narrowed)  # type: ignore[arg-type]

    def address(self, what: str, kind: str) -> str:
        """Of a list as a file."""
        return url_for("exports.file", slug=self.society.slug, what=what, kind=kind)
