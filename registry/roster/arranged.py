"""How the reader has the roster: the saved view in the address, the columns in their order, the density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from registry.arrangements import queries
from registry.arrangements.models import ROSTER, Arrangement, SavedView
from registry.core.policy import Action
from registry.roster import forms, offers
from registry.roster.columns import KNOWN, Column, in_order
from registry.roster.recent import NOTHING, Newest
from registry.societies.models import Society
from registry.web import addresses, current
from registry.web.database import session

LONGEST_QUERY = 2000
UNFILTERED = frozenset({"q", "state", "match", "sort"})
"""Keys of an address whose values are always there."""
BOUNDS = ("_from", "_to")


@dataclass(frozen=True)
class Arranged:
    """What one reader remembers of the roster, and what is saved for them; `asked` is the view asked for."""

    society: Society
    asked: int
    newest: Newest = NOTHING

    @cached_property
    def views(self) -> Sequence[SavedView]:
        """The reader's own, then those that others share; to save one is an act."""
        return offers.kept(session(), self.newest.digest, self.society.id, queries.views, account_id())

    @cached_property
    def view(self) -> SavedView | None:
        """The one in the address; None = the roster itself."""
        return next((row for row in self.views if row.id == self.asked), None)

    @property
    def view_id(self) -> int:
        """In the place of no view: the roster itself."""
        return self.view.id if self.view else ROSTER

    @property
    def gone(self) -> bool:
        """The address names a view that is no more, or not for this reader."""
        return bool(self.asked) and self.view is None

    @cached_property
    def _remembered(self) -> dict[int, Arrangement]:
        return queries.arrangements(session(), self.society.id, account_id(), self.view_id)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns shown: as last arranged, otherwise as the view was saved, otherwise the usual ones."""
        own = self._remembered.get(self.view_id)
        return in_order((own and own.columns) or (self.view.columns if self.view else ()))

    @property
    def rearranged(self) -> bool:
        """The reader has the columns otherwise than they are given."""
        own = self._remembered.get(self.view_id)
        return bool(own and own.columns)

    @property
    def density(self) -> str:
        """Of the rows: dense or loose."""
        roster = self._remembered.get(ROSTER)
        return roster.density if roster else "dense"

    @property
    def changed(self) -> bool:
        """The roster is narrowed or arranged otherwise than the view in the address has it."""
        view = self.view
        return view is not None and (self.query != view.query or self.keys != in_order(view.columns))

    @property
    def query(self) -> str:
        """What narrows and sorts the roster now, as it is saved."""
        return kept(request.args)

    def may_change(self, view: SavedView) -> bool:
        """One's own; and what is shared, whoever may share."""
        own = view.account_id == account_id()
        return own or (view.shared and current.allowed(Action.VIEW_SHARE, self.society))

    def address(self, view: SavedView | None = None, **more: Any) -> str:
        """The roster as a view has it, on the day looked at."""
        typed = MultiDict(parse_qsl(view.query)).to_dict(flat=False) if view else {}
        name = {"view": view.id} if view else {}
        return url_for(
            "roster.index", slug=self.society.slug, **{**typed, **current.looked_at(), **name, **more}
        )

    def lost(self, choices: forms.Choices) -> list[str]:
        """What the view in the address names and the reader does not find any more."""
        return lost_of(self.view, choices) if self.view else []

    @property
    def offered(self) -> tuple[list[Column], list[Column]]:
        """The columns that the reader may see of anybody: those shown in their order, and the others."""
        grants, society_id = current.grants(), self.society.id
        mine = {key: column for key, column in KNOWN.items() if column.seen_in(grants, society_id)}
        shown = [mine[key] for key in self.keys if key in mine]
        return shown, [column for column in mine.values() if column not in shown]


def arranged(society: Society, newest: Newest = NOTHING) -> Arranged:
    """As the address asks, or the form; `newest` is the society's newest act where it is known."""
    asked = addresses.number("view") or request.form.get("view", type=int) or ROSTER
    return Arranged(society, asked, newest)


def account_id() -> int:
    """The account of whoever reads; a page of the roster is read by nobody else."""
    reader = current.reader()
    return reader.account_id if reader else 0


def kept(typed: Any) -> str:
    """What is saved of an address: all that the roster's filter and order say."""
    pairs = [
        (key, value) for key in forms.KEYS if key in typed for value in typed.getlist(key) if value.strip()
    ]
    return urlencode(pairs)[:LONGEST_QUERY]


def words_of(view: SavedView, choices: forms.Choices) -> list[str]:
    """What a view is narrowed to, in words."""
    sought = forms.read_filter(MultiDict(parse_qsl(view.query)), choices, current.day())
    return [word for _key, word in forms.in_words(sought, choices)]


def lost_of(view: SavedView, choices: forms.Choices) -> list[str]:
    """What a view names and the reader does not find any more, as it was saved; columns by their key."""
    lost = [value for key, value in parse_qsl(view.query) if _lost(key, value, choices)]
    return lost + [key for key in view.columns if key not in KNOWN]


def _lost(key: str, value: str, choices: forms.Choices) -> bool:
    if key in UNFILTERED or key.endswith(BOUNDS):
        return False
    alone = forms.read_filter(MultiDict({key: value}), choices, current.day())
    return key not in dict(forms.in_words(alone, choices))
