"""Two entries side by side in words: each field of both, which is offered, and what hangs on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from registry.bodies.models import TENURE_STATES, Tenure
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.core.text import is_chinese_name
from registry.journal import queries as journal
from registry.memberships.models import STATES, Membership, Representative
from registry.memberships.queries import standing
from registry.merging import queries
from registry.merging.likeness import Kind, Pair, Reason
from registry.merging.models import Merge
from registry.merging.plan import Holding, Plan, hold
from registry.merging.restoring import fact
from registry.people.documents import LABELS, DocumentKind, masked
from registry.people.facts import shown
from registry.people.fields import FIELDS, SECTIONS, Field, Section
from registry.people.history import Line as Told
from registry.people.history import readable
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Society
from registry.web import current
from registry.web.database import session
from registry.web.filters import link

_LINES = 6
ONE, TWO = "one", "two"


@dataclass
class Side:
    """One of two entries, as far as its page shows it."""

    society: Society
    person: Person

    @cached_property
    def held(self) -> Holding:
        """Everything that hangs on it."""
        return hold(session(), self.person)

    @property
    def spell(self) -> Membership | None:
        """The spell by which it is judged; None of somebody who never was a member."""
        return standing(self.held.spells, current.today()) if self.held.spells else None

    @property
    def number(self) -> str:
        """The number it is listed under."""
        return self.spell.number if self.spell else ""

    @property
    def href(self) -> str:
        """Its page; none of who never was a member."""
        return link("members.page", slug=self.society.slug, number=self.number) if self.number else ""

    @property
    def place(self) -> Place:
        """The subject of rights."""
        branch_id = self.spell.branch_id if self.spell else None
        return Place(self.person.society_id, branch_id, self.person.id)

    @property
    def called(self) -> str:
        """王富 B00001."""
        return f"{self.person.name} {self.number}".rstrip()

    def shown(self, key: str) -> str:
        """A fact in words."""
        return shown(key, getattr(self.person, key))

    @cached_property
    def history(self) -> list[Told]:
        """What was last done to it."""
        ids = queries.with_merged(session(), self.person.society_id, self.person.id)
        entries = journal.of_people(session(), self.person.society_id, ids, _LINES)
        return readable(entries, self._may_see, journal.names(session(), entries))

    def _may_see(self, action: Action, _person_id: int | None) -> bool:
        return current.allowed(action, self.place)


@dataclass(frozen=True)
class Line:
    """One field of both; `offered` is the side whose value is the fuller or the newer."""

    field: Field
    one: str
    two: str
    offered: str

    @property
    def same(self) -> bool:
        """Nothing to choose."""
        return self.one == self.two


@dataclass
class Comparison:
    """Both entries; `one` stands on the left."""

    one: Side
    two: Side

    @cached_property
    def elder(self) -> str:
        """Who became a member first is offered to stay."""
        first = [
            min((row.starts_on for row in side.held.spells), default=date.max)
            for side in (self.one, self.two)
        ]
        return ONE if first[0] <= first[1] else TWO

    @cached_property
    def parts(self) -> list[tuple[Section, list[Line]]]:
        """The sections with the fields of which at least one is known."""
        changes = queries.last_changes(
            session(), self.one.person.society_id, self.one.person.id, self.two.person.id
        )
        parts = [(section, list(self._lines(section, changes))) for section in SECTIONS]
        return [(section, lines) for section, lines in parts if lines]

    def _lines(self, section: Section, changes: Mapping[tuple[int, str], int]) -> Iterator[Line]:
        for field in section.fields:
            one, two = self.one.shown(field.key), self.two.shown(field.key)
            if (one or two) and current.allowed(field.see, self.one.place):
                yield Line(field, one, two, self._offered(field, changes))

    def _offered(self, field: Field, changes: Mapping[tuple[int, str], int]) -> str:
        """What is known before what is not, the more exact, the later saved; else that of who stays."""
        key = field.key
        weights = [
            (
                _weight(field, getattr(side.person, key)),
                key != "name" and changes.get((side.person.id, key), 0),
            )
            for side in (self.one, self.two)
        ]
        if weights[0] == weights[1]:
            return self.elder
        return ONE if weights[0] > weights[1] else TWO

    @property
    def differing(self) -> list[Line]:
        """The fields to choose."""
        return [line for _section, lines in self.parts for line in lines if not line.same]


def _weight(field: Field, value: Any) -> int:
    """How much a value says; a name in characters more than one in letters."""
    if value in (None, "", ()):
        return 0
    if field.key == "name":
        return 2 if is_chinese_name(value) else 1
    if field.kind in {"date", "codes"}:
        return len(value) if isinstance(value, tuple) else len(str(value))
    return 1


def compare(society: Society, one: Person, two: Person) -> Comparison:
    """Both sides."""
    return Comparison(Side(society, one), Side(society, two))


def reason_words(reason: Reason) -> str:
    """One reason as a clerk says it."""
    if reason.kind is Kind.BIRTH:
        words = {4: _("出生年份相同"), 7: _("出生年月相同")}.get(len(reason.value), _("出生日期相同"))
        return f"{words}：{reason.value}"
    return f"{_REASONS[reason.kind]()}：{reason.value}"


_REASONS = {
    Kind.NAME: lambda: _("姓名相同"),
    Kind.FORMER: lambda: _("与曾用名相同"),
    Kind.SPELLING: lambda: _("姓名拼写相同"),
    Kind.BIRTH_DIFFERS: lambda: _("但出生日期不同"),
    Kind.PHONE: lambda: _("电话相同"),
    Kind.MAIL: lambda: _("邮箱相同"),
    Kind.EMPLOYER: lambda: _("工作单位相同"),
}


def strength_words(pair: Pair) -> str:
    """How likely it is."""
    words = {"certain": _("极可能是同一人"), "likely": _("可能是同一人"), "weak": _("待核对")}
    return str(words[pair.strength])


def row_words(row: Any) -> str:
    """A spell, tenure, document or office of representative in a line."""
    if isinstance(row, Membership):
        branch = f" {row.branch.name}" if row.branch else ""
        return (
            f"{row.number} {row.category.name}{branch}，{_days(row)}（{STATES[row.state_on(current.day())]}）"
        )
    if isinstance(row, Tenure):
        state = TENURE_STATES[row.state_on(current.day())]
        return f"{row.term.body.name} {row.post.name}，{_days(row)}（{state}）"
    if isinstance(row, IdentityDocument):
        return f"{LABELS[DocumentKind(row.kind)]} {masked(row.last4)}"
    return f"{row.unit.name}，{_days(row)}" if isinstance(row, Representative) else ""


def _days(row: Any) -> str:
    return f"{row.starts_on} {_('至')} {row.ends_on or _('今')}"


def rows_words(rows: Sequence[Any]) -> list[str]:
    """Many of them; a tag is said elsewhere."""
    return [words for row in rows if (words := row_words(row))]


def fact_words(plan: Plan) -> list[tuple[str, str, str]]:
    """The facts that change: label, before and after."""
    before = plan.survivor.person
    return [
        (_label(key), _shown(key, getattr(before, key)), _shown(key, value))
        for key, value in plan.facts.items()
    ]


def before_words(merge: Merge) -> list[tuple[str, str]]:
    """The facts that a merge changed: label and what stood before."""
    return [(_label(key), _shown(key, fact(key, value))) for key, value in merge.undoing["facts"].items()]


def _label(key: str) -> str:
    return FIELDS[key].label if key in FIELDS else _("备注")


def _shown(key: str, value: Any) -> str:
    return shown(key, value) if key in FIELDS else str(value or "")
