"""What a deed would do to those who were chosen: from what to what, and who is left out and why."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from registry.bulk import queries
from registry.bulk.models import Choice
from registry.core.errors import RuleBroken
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.memberships.batches import bar_to_change, bar_to_end
from registry.memberships.models import END_REASONS, EndReason
from registry.people.facts import read_fact, shown
from registry.people.fields import FIELDS
from registry.people.models import Person
from registry.societies.models import Branch, Category
from registry.tags import queries as tags
from registry.tags.services import read_name

May = Callable[[Action, Place], bool]
NOT_YOURS = "不在您有权办理的范围"
NOT_FILLED = "未填"
NO_BRANCH = "不属于分支机构"
_NAMED = 5


@dataclass(frozen=True)
class Order:
    """One thing asked for all: `deed` is category, branch, state, tag, untag or fact.

    `value` is the key of the category, branch or tag, the reason of an end, the word of a tag to be added, or
    the fact as typed.
    """

    deed: str
    value: str
    key: str = ""
    on: date | None = None
    why: str = ""

    @property
    def day(self) -> date:
        """The day of a deed that has one."""
        if self.on is None:
            raise ValueError(self.deed)
        return self.on


@dataclass(frozen=True)
class LeftOut:
    """Some who are not touched, for one reason; the first by name."""

    why: str
    many: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The rows to be written, with what stands; `gone` were held and are not there for the reader."""

    order: Order
    target: str
    rows: Sequence[Any]
    standing: Mapping[int, str]
    left_out: Sequence[LeftOut] = ()
    gone: int = 0
    digest: str = ""

    @property
    def moves(self) -> list[tuple[str, int]]:
        """What stands now and for how many, the most first."""
        return Counter(self.standing.values()).most_common()


@dataclass(frozen=True)
class Judge:
    """How one deed looks at a row: what stands, what bars it, and whether it is so already.

    `new`: the deed would bring a word that the society does not have.
    """

    target: str
    action: Action
    stands: Callable[[Any], str]
    already: Callable[[Any], bool]
    bar: Callable[[Any], str] = field(default=lambda _row: "")
    facts: tuple[Any, ...] = ()
    new: bool = False


def draw(session: Session, allowed: ColumnElement[bool], may: May, choice: Choice, order: Order) -> Plan:
    """What the order would do now; equal digests mean equal deeds."""
    judge = _JUDGES[order.deed](session, choice, order)
    if judge.new and not may(Action.TAG_EDIT, Place(choice.society_id)):
        raise RuleBroken("本学会还没有这个标签；请秘书处先加，再选用", "tag")
    found = queries.spells(session, allowed, choice, *judge.facts)
    written, standing, left, people = [], {}, defaultdict(list), set[int]()
    for row in found:
        why = _why_not(row, judge, may, people, order)
        if why:
            left[why].append(row.name)
        else:
            people.add(row.person_id)
            written.append(row)
            standing[row.id] = judge.stands(row)
    gone = len(choice.spell_ids) - len(found)
    outs = [LeftOut(why, len(names), tuple(names[:_NAMED])) for why, names in left.items()]
    outs.sort(key=lambda out: -out.many)
    return Plan(order, judge.target, written, standing, outs, gone, _digest(order, written, standing))


def _why_not(row: Any, judge: Judge, may: May, people: set[int], order: Order) -> str:
    place = Place(row.society_id, row.branch_id, row.person_id)
    if not (may(Action.ROSTER_BULK, place) and may(judge.action, place)):
        return NOT_YOURS
    if bar := judge.bar(row):
        return bar
    if judge.already(row):
        return f"原本就是“{judge.target}”" if order.deed not in ("tag", "untag") else _SO_TAGGED[order.deed]
    # A person chosen by two spells has one entry of facts.
    return "同一个人已选过一次" if row.person_id in people else ""


_SO_TAGGED = {"tag": "已带有这个标签", "untag": "没有这个标签"}


def _digest(order: Order, rows: Sequence[Any], standing: Mapping[int, str]) -> str:
    told = (vars(order), [(row.id, row.person_id, standing[row.id]) for row in rows])
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _category(session: Session, choice: Choice, order: Order) -> Judge:
    row = session.get(Category, int(order.value))
    if row is None or row.society_id != choice.society_id:
        raise ValueError(order.value)
    return Judge(
        row.name,
        Action.MEMBERSHIP_EDIT,
        lambda spell: spell.category,
        lambda spell: spell.category_id == row.id,
        lambda spell: bar_to_change(spell, order.day),
    )


def _branch(session: Session, choice: Choice, order: Order) -> Judge:
    row = session.get(Branch, int(order.value)) if order.value else None
    if order.value and (row is None or row.society_id != choice.society_id):
        raise ValueError(order.value)
    if row is not None and not row.period.holds(order.day):
        raise RuleBroken("这个分支机构那一天还没有设立，或已终止", "branch")
    return Judge(
        row.name if row else NO_BRANCH,
        Action.MEMBERSHIP_EDIT,
        lambda spell: spell.branch or NO_BRANCH,
        lambda spell: spell.branch_id == (row.id if row else None),
        lambda spell: bar_to_change(spell, order.day),
    )


def _state(_session: Session, _choice: Choice, order: Order) -> Judge:
    return Judge(
        END_REASONS[EndReason(order.value)],
        Action.MEMBERSHIP_EDIT,
        lambda _spell: "在会",
        lambda _spell: False,
        lambda spell: bar_to_end(spell, order.day),
    )


def _fact(_session: Session, _choice: Choice, order: Order) -> Judge:
    value, spec = read_fact(order.key, order.value), FIELDS[order.key]
    return Judge(
        shown(order.key, value) or NOT_FILLED,
        spec.edit,
        lambda row: shown(order.key, getattr(row, order.key)) or NOT_FILLED,
        lambda row: bool(getattr(row, order.key) == value),
        facts=(getattr(Person, order.key),),
    )


def _tag(session: Session, choice: Choice, order: Order) -> Judge:
    word = read_name(order.value)
    tag = tags.by_name(session, choice.society_id, word)
    held = tags.bearers(session, choice.society_id, tag.id, choice.spell_ids) if tag else set()
    return Judge(word, Action.TAG_EDIT, lambda _row: "没有", lambda row: row.person_id in held, new=not tag)


def _untag(session: Session, choice: Choice, order: Order) -> Judge:
    tag = tags.tag_of(session, choice.society_id, int(order.value))
    if tag is None:
        raise ValueError(order.value)
    held = tags.bearers(session, choice.society_id, tag.id, choice.spell_ids)
    return Judge(tag.name, Action.TAG_EDIT, lambda _row: "带有", lambda row: row.person_id not in held)


_JUDGES: Mapping[str, Callable[[Session, Choice, Order], Judge]] = {
    "category": _category,
    "branch": _branch,
    "state": _state,
    "fact": _fact,
    "tag": _tag,
    "untag": _untag,
}
