"""The journal as people read it: deeds and facts in words, and only what the reader may see elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from registry.core.policy import Action
from registry.journal.chain import erased
from registry.journal.models import Act, Entry
from registry.journal.queries import Names
from registry.journal.recording import HIDDEN
from registry.journal.words import DEEDS, TABLES, UNNAMED, Words
from registry.people.facts import shown
from registry.people.fields import FIELDS

MaySee = Callable[[Action, int | None], bool]
"""May the reader do this to the person with that id; None = of no one person."""

KINDS = {
    "new": "新增",
    "changed": "改动",
    "seen": "查看",
    "undone": "撤销",
    "erased": "依法删除",
    "resealed": "重新封存",
}


@dataclass(frozen=True)
class Change:
    """One fact before and after; where the reader may not see it, both are empty and `barred` says so."""

    label: str
    before: str = ""
    after: str = ""
    barred: bool = False


@dataclass(frozen=True)
class Part:
    """One row that a deed touched; `row` and `kind` in words; `erased`: what it held is gone by law."""

    row: str
    kind: str
    person_id: int | None
    changes: tuple[Change, ...]
    is_change: bool = False
    erased: bool = False


@dataclass(frozen=True)
class Line:
    """One deed: when, who, what, why, and what it changed; `more` = not every part is here."""

    act_id: int
    at: datetime
    actor: str
    deed: str
    reason: str
    parts: tuple[Part, ...]
    more: bool = False
    last_id: int = 0


def readable(entries: Iterable[Entry], may_see: MaySee, names: Names | None = None) -> list[Line]:
    """Entries in order → a line for each act; entries of one act stand together."""
    return [
        line(act, list(group), may_see, names) for act, group in groupby(entries, key=lambda entry: entry.act)
    ]


def line(
    act: Act, entries: Iterable[Entry], may_see: MaySee, names: Names | None = None, most: int = 0
) -> Line:
    """One act with its entries, at most so many of them (0 = all)."""
    found = list(entries)
    kept = found[:most] if most else found
    parts = tuple(_part(entry, may_see, names or {}) for entry in kept)
    return Line(
        act.id,
        act.at,
        act.actor_name,
        DEEDS.get(act.deed, act.deed),
        act.reason,
        parts,
        more=len(kept) < len(found),
        last_id=kept[-1].id if kept else 0,
    )


def _part(entry: Entry, may_see: MaySee, names: Names) -> Part:
    table = TABLES.get(entry.table_name)
    return Part(
        table.word if table else entry.table_name,
        KINDS.get(entry.kind, entry.kind),
        entry.person_id,
        tuple(_changes(entry, may_see, names)),
        is_change=entry.kind == "changed",
        erased=erased(entry.seal),
    )


def _changes(entry: Entry, may_see: MaySee, names: Names) -> Iterator[Change]:
    for key in dict.fromkeys((*entry.before, *entry.after)):
        if key in UNNAMED:
            continue
        label, see, say = _spelling(entry.table_name, key, names)
        if may_see(see, entry.person_id):
            yield Change(label, _told(entry.before, key, say), _told(entry.after, key, say))
        else:
            yield Change(label, barred=True)


def _told(side: Mapping[str, Any], key: str, say: Callable[[Any], str]) -> str:
    value = side.get(key)
    return HIDDEN if value == HIDDEN else say(value)


def _spelling(table: str, key: str, names: Names) -> tuple[str, Action, Callable[[Any], str]]:
    """Label, the right to see it, and how its values are said; what has no word is for administrators."""
    if table == "person" and key in FIELDS:
        return FIELDS[key].label, FIELDS[key].see, lambda value: shown(key, value)
    known = TABLES.get(table)
    if known is None or key not in known.fields:
        return key, Action.ACCOUNT_MANAGE, str
    words = known.fields[key]
    return words.label, known.see, lambda value: _value(words, value, names)


def _value(words: Words, value: Any, names: Names) -> str:
    return names.get((words.names, value), words.value(value)) if words.names else words.value(value)
