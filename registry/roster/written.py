"""The rows of a page as they are written: what is the same in every row is worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup, escape

from registry.core.ages import age_words
from registry.people.documents import LABELS, DocumentKind, masked
from registry.people.facts import teller
from registry.people.fields import FIELDS
from registry.web import current
from registry.web.languages import DEFAULT, LANGUAGES, said, speaks

if TYPE_CHECKING:
    from registry.roster.views import RosterView

Say = Callable[[Any], str]
"""What a row says in one column."""
_DRAWN_BY = "roster/row.html"
_GAP = re.compile("\ue000(\\w+)\ue001")
_BETWEEN = "\0"
_WORDS = frozenset({"category", "state", "offices", "document_kinds"})
_OF_ROW = ("id", "number", "name", "own", "person")


class Plan(NamedTuple):
    """How rows of which the reader has the same rights are written: each column with words, and without."""

    names: tuple[str, ...]
    says: list[Say]
    full: list[str]
    empty: list[str]


class Writing:
    """How the rows of one roster are written, on its page and one by one."""

    def __init__(self, view: RosterView) -> None:
        """The roster whose columns and rights they are."""
        self._view = view
        self._kept = f"?{urlencode(current.looked_at())}".rstrip("?")
        self._plans: dict[tuple[frozenset[str], frozenset[str]], Plan] = {}
        self._before, self._behind = _frame(speaks(), bool(view.acts))

    def rows(self, rows: Iterable[Any]) -> Markup:
        """The rows as they stand in the table."""
        return Markup("".join(self._row(row) for row in rows))  # noqa: S704 - every value is escaped

    def _row(self, row: Any) -> str:
        plan = self._plan(self._view.rights_of(row))
        own = f"{self._view.href}{quote(row.number)}"
        words = [say(row) for say in plan.says]
        drawn = [
            full if word else empty for word, full, empty in zip(words, plan.full, plan.empty, strict=True)
        ]
        texts = _escaped([str(row.id), row.number, row.name, own, own + self._kept, *words])
        values = dict(zip(plan.names, texts, strict=True))
        return "".join((self._before, *drawn, self._behind)) % values

    def _plan(self, rights: tuple[frozenset[str], frozenset[str]]) -> Plan:
        if rights not in self._plans:
            seen, edited = rights
            columns = [(column.key, str(column.label)) for column in self._view.columns]
            drawn = [_drawn(speaks(), key, label, key in seen, key in edited) for key, label in columns]
            says = [
                _spoken(key, _say(self._view, key)) if key in seen else _nothing for key, _label in columns
            ]
            names = (*_OF_ROW, *(f"words_{key}" for key, _label in columns))
            self._plans[rights] = Plan(names, says, *map(list, zip(*drawn, strict=True)))
        return self._plans[rights]


@lru_cache(maxsize=2 * len(LANGUAGES))
def _frame(_language: str, picked: bool) -> list[str]:
    """What stands before the cells of a row, and behind them."""
    row = get_template_attribute(_DRAWN_BY, "row")
    drawn = row(*map(_gap, ("id", "number", "name")), picked, _gap("cells"))
    return _format(drawn).split("%(cells)s")


@lru_cache(maxsize=1 << 10)
def _drawn(_language: str, key: str, label: str, seen: bool, edited: bool) -> tuple[str, str]:
    """A cell as the template draws it, with words and without: the same in every row of every page."""
    place, cell = (get_template_attribute(_DRAWN_BY, name) for name in ("place", "cell"))
    href = _gap("own") + f"/facts/{key}" if edited else ""
    stands = [
        cell(key, words, label, href, _gap("person")) if seen else "" for words in (_gap(f"words_{key}"), "")
    ]
    full, empty = (_format(place(key, label, standing)) for standing in stands)
    return full, empty


def _gap(name: str) -> Markup:
    """Where a value of that name will stand; nobody has such characters in a label."""
    return Markup(f"\ue000{name}\ue001")  # noqa: S704


def _format(drawn: str) -> str:
    """What was drawn, for `%` to fill all its gaps at once."""
    return _GAP.sub(r"%(\1)s", drawn.replace("%", "%%"))


def _escaped(texts: list[str]) -> list[str]:
    """All of them for HTML by one call, for a page has hundreds; no database holds what stands between."""
    found = str.split(escape(_BETWEEN.join(texts)), _BETWEEN)
    return found if len(found) == len(texts) else [str(escape(text)) for text in texts]


def _nothing(_row: Any) -> str:
    return ""


def _say(view: RosterView, key: str) -> Say:
    return partial(_SAID[key], view) if key in _SAID else of_fact(key)


def _spoken(key: str, say: Say) -> Say:
    """Words of the registry in the reader's language; what people wrote stays."""
    own = key in _WORDS or (key in FIELDS and FIELDS[key].kind in {"code", "codes", "flag"})
    return (lambda row: said(say(row))) if own and speaks() != DEFAULT else say


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
