"""What may stand in the address of the roster, read leniently: an unknown word narrows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from registry.core.codetables import TABLES
from registry.core.typed_dates import read_date
from registry.memberships.models import STATES, EndReason
from registry.people.fields import FIELDS
from registry.roster import criteria
from registry.roster.criteria import CRITERION, Chosen, Criterion
from registry.roster.queries import SORTS, RosterFilter
from registry.societies.models import Branch, Category
from registry.tags.models import Tag

KEYS = ("q", "state", *criteria.KEYS, "match", "sort")
"""All that the address says of what is sought and in which order; a key may be repeated."""
HIDDEN_STATES = {EndReason.CHANGED, EndReason.VOIDED}

Option = tuple[str, str]
"""A value of the address and its word."""


class Choices:
    """What the society offers to narrow by, fetched when it is first asked for."""

    def __init__(
        self,
        categories: Callable[[], Sequence[Category]],
        branches: Callable[[], Sequence[Branch]],
        offices: Callable[[], Sequence[str]],
        criteria: Mapping[str, Criterion] = CRITERION,
        tags: Callable[[], Sequence[Tag]] = tuple,
    ) -> None:
        """`criteria` are those that the reader may find by."""
        self._categories, self._branches, self._offices = categories, branches, offices
        self._tags = tags
        self.criteria = criteria

    @cached_property
    def categories(self) -> Sequence[Category]:
        """All of the society."""
        return self._categories()

    @cached_property
    def branches(self) -> Sequence[Branch]:
        """Those that the reader may choose."""
        return self._branches()

    @cached_property
    def offices(self) -> Sequence[str]:
        """The posts by name, as they rank."""
        return self._offices()

    @cached_property
    def tag(self) -> list[Option]:
        """Ids, which outlast a renaming, and words; a word may be typed in the address too."""
        return [(str(row.id), row.name) for row in self._tags()]

    def options(self, key: str) -> list[Option]:
        """Values and words of one criterion."""
        if key in _OF_SOCIETY:
            return _OF_SOCIETY[key](self)
        return list(self.criteria[key].choices)

    @property
    def category(self) -> list[Option]:
        """Codes and names of the categories of persons."""
        return [(row.code, row.name) for row in self.categories if not row.for_units]

    @property
    def branch(self) -> list[Option]:
        """Codes and names; ended branches say so."""
        return [(row.code, row.name + (_("（已终止）") if row.ends_on else "")) for row in self.branches]

    @property
    def state(self) -> list[Option]:
        """All that a spell can be, in force first."""
        hidden = {str(reason) for reason in HIDDEN_STATES}
        return [(key, _(word)) for key, word in STATES.items() if key not in hidden] + [("all", _("全部"))]

    @property
    def office(self) -> list[Option]:
        """The posts by name."""
        return [("any", _("任何职务")), *((name, name) for name in self.offices)]

    @property
    def usual(self) -> list[Option]:
        """The selects that always stand above the roster."""
        rows = {"region": _("地区"), "category": _("类别"), "branch": _("分支机构"), "office": _("本会职务")}
        shown = [(key, word) for key, word in rows.items() if key in self.criteria]
        return [*shown[:3], ("state", _("会籍")), *shown[3:]]

    @property
    def groups(self) -> list[tuple[str, list[Criterion]]]:
        """All criteria as they are laid out."""
        groups = {
            _("个人"): ("region", "sex", "age", "birth_month", "ethnic", "political"),
            _("工作与专业"): (
                "title_level",
                "disciplines",
                "employer_kind",
                "grassroots",
                "degree",
                "education",
            ),
            _("会籍与任职"): ("category", "branch", "tag", "joined", "office"),
            _("资料"): ("lack", "confirmed", "expires"),
        }
        found = [
            (title, [self.criteria[key] for key in keys if key in self.criteria and self._offers(key)])
            for title, keys in groups.items()
        ]
        return [(title, rows) for title, rows in found if rows]

    def _offers(self, key: str) -> bool:
        """There is something to choose: a society may have no branches, or no tags."""
        return bool(self.criteria[key].bounds or self.options(key))

    def off(self, key: str = "") -> dict[str, str]:
        """What to set in the address to take one criterion off, or all."""
        keys = KEYS if not key else CRITERION[key].keys if key in CRITERION else (key,)
        return dict.fromkeys((one for one in keys if one != "sort"), "")

    @property
    def lack(self) -> list[Option]:
        """What an entry may lack."""
        return self.options("lack") if "lack" in self.criteria else []

    @property
    def sorts(self) -> list[Option]:
        """The orders in words; of joining also the latest first."""
        words = {
            "number": _("会员号"),
            "pinyin": _("姓名拼音"),
            "strokes": _("姓氏笔画"),
            "name_strokes": _("姓名笔画"),
            "joined": _("入会先后"),
            "-joined": _("最近入会"),
        }
        return [(key, _("按%(order)s", order=word)) for key, word in words.items()]

    def ids(self, asked: Iterable[Chosen]) -> dict[str, dict[str, int]]:
        """Of codes the keys of the database, where something with keys is asked."""
        keys, known = {one.key for one in asked}, {}
        if "category" in keys:
            known["category"] = {row.code: row.id for row in self.categories}
        if "branch" in keys:
            known["branch"] = {row.code: row.id for row in self.branches}
        return known


_OF_SOCIETY: Mapping[str, Callable[[Choices], list[Option]]] = {
    "category": lambda choices: choices.category,
    "branch": lambda choices: choices.branch,
    "office": lambda choices: choices.office,
    "state": lambda choices: choices.state,
    "tag": lambda choices: choices.tag,
}


def read_filter(typed: Any, choices: Choices, day: date) -> RosterFilter:
    """The address → what is sought; a word that is none of the choices narrows nothing."""
    named = [row for row in choices.criteria.values() if any(any(typed.getlist(key)) for key in row.keys)]
    read = (_read(row, typed, choices.options(row.key)) for row in named)
    chosen = tuple(one for one in read if one is not None)
    orders = {*SORTS, *(f"-{key}" for key in SORTS)}
    return RosterFilter(
        day=day,
        q=typed.get("q", "").strip()[:100],
        state=_states(typed.getlist("state"), choices),
        chosen=chosen,
        any_of=typed.get("match") == "any",
        sort=typed.get("sort", "") if typed.get("sort") in orders else "number",
        known=choices.ids(chosen),
    )


def _states(words: Iterable[str], choices: Choices) -> tuple[str, ...]:
    known = dict(choices.state)
    found = tuple(dict.fromkeys(word for word in words if word in known))
    return ("all",) if "all" in found else found or ("active",)


def _read(criterion: Criterion, typed: Any, options: Sequence[Option]) -> Chosen | None:
    values = tuple(dict.fromkeys(_values(criterion, typed.getlist(criterion.key), options)))
    first, last = (_bound(criterion, typed, end) for end in ("from", "to"))
    # A period alone asks for any office; a value is what the other criteria with bounds do without.
    if criterion.key == "office" and not values:
        values = ("any",) if first or last else ()
    return Chosen(criterion.key, values, first, last) if values or first or last else None


def _values(criterion: Criterion, words: Iterable[str], options: Sequence[Option]) -> Iterator[str]:
    """By the value, the word, or another word of a code table."""
    by_word = {word: value for value, word in options} | {value: value for value, _word in options}
    fact = FIELDS.get(criterion.key)
    table = TABLES.get(fact.table or "") if fact else None
    for word in words:
        value = by_word.get(word) or (table and by_word.get(table.lookup(word) or ""))
        if word and value:
            yield value


def _bound(criterion: Criterion, typed: Any, end: str) -> str:
    """A bound as it is kept: whole years, or the first or last day of what was typed."""
    text = typed.get(f"{criterion.key}_{end}", "").strip()
    if not text or not criterion.bounds:
        return ""
    if criterion.bounds == "number":
        # Python reads no number of thousands of digits, and no age has more than three.
        whole = int(text) if text.isdecimal() and len(text) <= len(str(criteria.OLDEST)) else None
        return str(whole) if whole is not None and whole <= criteria.OLDEST else ""
    try:
        typed_day = read_date(text)
    except ValueError:
        return ""
    return str(typed_day.first if end == "from" else typed_day.last)


def in_words(sought: RosterFilter, choices: Choices) -> list[tuple[str, str]]:
    """What the roster is narrowed to, as (key, words), for chips that take it off again."""
    words = [("q", f"“{sought.q}”")] if sought.q else []
    if sought.state != ("active",):
        states = dict(choices.state)
        named = _("或").join(states[state] for state in sought.state)
        words.append(("state", _("会籍是%(states)s", states=named)))
    return words + [
        (one.key, choices.criteria[one.key].words(one, dict(choices.options(one.key))))
        for one in sought.chosen
    ]
