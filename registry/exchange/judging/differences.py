"""What a row would write, and where its facts differ from those that stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from registry.core.dates import PartialDate
from registry.exchange.judging.matching import Known
from registry.exchange.judging.told import FILE, REGISTER, Told
from registry.exchange.reading.readings import Problem, Reading
from registry.exchange.reading.texts import tidy
from registry.people.documents import Proof
from registry.people.facts import read_fact, shown
from registry.people.fields import FIELDS

MAY_BE_EMPTY = frozenset(FIELDS.keys() - {"name"} | {"branch", "remark"})
"""What a cell that was emptied in a returned file may erase."""


@dataclass(frozen=True)
class Change:
    """One fact before and after, at the column it came from."""

    column: int | None
    label: str
    before: str
    after: str


@dataclass
class Difference:
    """What to write: facts, documents, and the spell's category, branch, number, first day and remark.

    Of somebody on the register `standing` is what is known; `moves`: the spell's place becomes another.
    `conflicts` are columns that the register changed too since the file left; `declined` stays as it stands.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    proofs: list[Proof] = field(default_factory=list)
    member: dict[str, Any] = field(default_factory=dict)
    spell_id: int | None = None
    moves: bool = False
    standing: Known | None = None
    changes: list[Change] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    conflicts: list[int] = field(default_factory=list)
    declined: list[Change] = field(default_factory=list)

    def weigh(self, change: Change, word: str, moved: str) -> bool:
        """Note a change; `moved` says that the register changed too. True where the clerk declined it."""
        if moved and change.column is not None:
            self.conflicts.append(change.column)
        if word == REGISTER:
            self.declined.append(change)
            return True
        self.changes.append(change)
        if moved and word != FILE:
            self.doubts.append(Problem(change.column, moved))
        return False


def compare_facts(outcome: Difference, told: Told, person: Known) -> None:
    """What the row gives and the register has otherwise."""
    reading = told.reading
    for key, value in _given(reading, person).items():
        old = person.facts.get(key)
        if old == value or value in (None, "", ()) or _same(key, old, value):
            continue
        if key == "name" and person.called(value):
            continue
        outcome.facts[key] = value
        words = shown(key, old), shown(key, value)
        change = Change(reading.where.get(key), FIELDS[key].label, *words)
        if outcome.weigh(change, told.word(key), _moved(told, person, key, change)):
            del outcome.facts[key]


def compare_emptied(outcome: Difference, told: Told, person: Known) -> None:
    """What the row said when it left and says no more: erased only on the clerk's word."""
    for key in told.emptied:
        old = person.facts.get(key)
        if key in FIELDS and old not in (None, "", ()):
            change = Change(told.reading.where.get(key), FIELDS[key].label, shown(key, old), "")
            moved = _moved(told, person, key, change)
            if not outcome.weigh(change, told.word_on_emptied(key, moved), emptied(change, moved)):
                outcome.facts[key] = read_fact(key, "")


def emptied(change: Change, moved: str) -> str:
    """The words for a cell that was emptied; `moved` are those where the register changed too."""
    return moved or f"文件里清空了这一格，名册里是“{change.before}”；是清空还是保留，请选定"


def _moved(told: Told, person: Known, key: str, change: Change) -> str:
    """The words where the register changed the fact too, since the file left; else empty."""
    if told.key is None:
        return ""
    if told.left is None:
        moved = person.version != told.key.person_version
        return "导出以后名册改过这个人，请看清用哪一个" if moved else ""
    then = told.left.birth if key == "birth" else told.left.facts.get(key)
    old = person.facts.get(key)
    if (then or None) == (old or None) or (then and old and _same(key, old, then)):
        return ""
    return both_moved(shown(key, then) if then else "", change)


def both_moved(then: str, change: Change) -> str:
    """The words for a value that file and register both changed."""
    if not change.after:
        return f"导出时是“{then or '空'}”，文件里清空了，名册后来改成“{change.before}”"
    told = f"文件里改成“{change.after}”，名册后来改成“{change.before or '空'}”"
    return f"导出时是“{then or '空'}”，{told}"


def _given(reading: Reading, person: Known) -> dict[str, Any]:
    """The row's facts, with those that its documents prove and nobody knew, and the level of a new title."""
    given = dict(reading.facts)
    if reading.birth:
        given["birth"] = reading.birth
    for key in ("sex", "region", "nationality"):
        if person.facts.get(key) is None and reading.proved.get(key):
            given.setdefault(key, reading.proved[key])
    title = given.get("title")
    if title and "title_level" in reading.proved and not _same("title", person.facts.get("title"), title):
        given.setdefault("title_level", reading.proved["title_level"])
    return given


def _same(key: str, old: Any, new: Any) -> bool:
    """Equal as people read it; a date known less exactly than ours says nothing new."""
    if isinstance(new, PartialDate):
        return old is not None and old.agrees(new) and len(str(old)) >= len(str(new))
    if isinstance(new, str) and isinstance(old, str):
        return tidy(key, old) == tidy(key, new)
    return bool(old == new)
