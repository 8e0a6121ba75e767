"""The rows of a page as they are written: what is the same in every row is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from flask_babel import gettext as _
from markupsafe import Markup

from registry.core.ages import age_words
from registry.people.documents import LABELS, DocumentKind, masked
from registry.people.facts import teller
from registry.roster.columns import Column
from registry.web import current

if TYPE_CHECKING:
    from registry.roster.views import RosterView

Say = Callable[[Any], str]
"""What a row says in one column."""
Cell = tuple[Markup, str, str, str, str]
"""The attributes of its place, its column, its words, the address of its form, and how that is read out.

No address where nothing is edited, no key where nothing is seen. Plain tuples, for a page has hundreds.
"""
Plan = list[tuple[Markup, str, Say, bool, str]]
"""The same of every column, for rows of which the reader has the same rights."""


class Line(NamedTuple):
    """One row: `href` is the member's page."""

    id: int
    number: str
    name: str
    href: str
    cells: list[Cell]


def cell(key: str, words: str, form: str, label: str) -> Cell:
    """One that can be edited, as it stands inside its place."""
    return Markup(""), key, words, form, _read_out(key, label)


def _read_out(key: str, label: str) -> str:
    return str(_("修改姓名") if key == "name" else _("填写%(what)s", what=label))


class Writing:
    """How the rows of one roster are written, on its page and one by one."""

    def __init__(self, view: RosterView, roster: str) -> None:
        """`roster` is its address without what narrows it."""
        self._view = view
        self._base = roster
        self._kept = f"?{urlencode(current.looked_at())}".rstrip("?")
        self._plans: dict[tuple[frozenset[str], frozenset[str]], Plan] = {}
        self._columns = [_placed(column) for column in view.columns]
        self._says = {column.key: _say(view, column.key) for column in view.columns}

    def lines(self, rows: Iterable[Any]) -> list[Line]:
        """The rows in words."""
        return [self._line(row) for row in rows]

    def _line(self, row: Any) -> Line:
        own = f"{self._base}{quote(row.number)}"
        cells = [
            (place, key, say(row), f"{own}/facts/{key}" if edited else "", read_out)
            for place, key, say, edited, read_out in self._plan(row)
        ]
        return Line(row.id, row.number, row.name, f"{own}{self._kept}", cells)

    def _plan(self, row: Any) -> Plan:
        rights = self._view.rights_of(row)
        if rights not in self._plans:
            seen, edited = rights
            self._plans[rights] = [
                (place, key, self._says[key], key in edited, read_out)
                if key in seen
                else (place, "", _nothing, False, "")
                for key, place, read_out in self._columns
            ]
        return self._plans[rights]


def _placed(column: Column) -> tuple[str, Markup, str]:
    """A label stands in every row of a telephone's cards."""
    place = Markup(' class="col-{}" data-label="{}"').format(column.key, column.label)
    return column.key, place, _read_out(column.key, column.label)


def _nothing(_row: Any) -> str:
    return ""


def _say(view: RosterView, key: str) -> Say:
    return partial(_SAID[key], view) if key in _SAID else of_fact(key)


def of_fact(key: str) -> Say:
    """How a row or person says a fact; foreigners with their country."""
    value, tell = attrgetter(key), teller(key)
    if key != "region":
        return lambda row: tell(value(row))
    country = teller("nationality")
    return lambda row: (
        f"{tell(row.region)} {country(row.nationality)}".rstrip() if row.region == "XX" else tell(row.region)
    )


_SAID: Mapping[str, Callable[[RosterView, Any], str]] = {
    "number": lambda _view, row: row.number,
    "category": lambda _view, row: row.category,
    "branch": lambda _view, row: row.branch or "",
    "joined": lambda _view, row: str(row.starts_on),
    "state": lambda view, row: view.state(row),
    "offices": lambda view, row: "、".join(view.offices.get(row.person_id, ())),
    "tags": lambda view, row: "、".join(view.tags.get(row.person_id, ())),
    "age": lambda view, row: age_words(row.birth, view.sought.day),
    "ends": lambda _view, row: str(row.ends_on or ""),
    "remark": lambda _view, row: row.remark,
    "document_kinds": lambda view, row: "、".join(
        str(_(LABELS[DocumentKind(kind)])) for kind, _last4 in view.documents.get(row.person_id, ())
    ),
    "document_numbers": lambda view, row: "、".join(
        masked(last4) for _kind, last4 in view.documents.get(row.person_id, ())
    ),
}
"""What is no fact of a person."""
