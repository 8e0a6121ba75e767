"""Who a row speaks of: by document, by number, then by name and birth date; never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from registry.core.dates import PartialDate
from registry.core.text import fold, simple, squeeze_name
from registry.exchange.reading.readings import Problem, Reading
from registry.exchange.reading.texts import tidy
from registry.merging.marking import phones
from registry.people.document_numbers import SHORT, DocumentKind

_TELLING = ("employer", "position", "title", "address", "phone", "email")
_ENOUGH = 2
ANOTHER = "new"
"""The decision that a row speaks of somebody else than the homonyms on the register."""


class Spell(NamedTuple):
    """A spell of membership as it stands."""

    id: int
    number: str
    category_id: int
    branch_id: int | None
    starts_on: date
    starts_known: str
    ends_on: date | None
    end_reason: str | None
    remark: str

    @property
    def began(self) -> PartialDate:
        """The first day, as exactly as it is known."""
        parts = (self.starts_on.year, self.starts_on.month, self.starts_on.day)
        return PartialDate(*parts[: {"Y": 1, "M": 2}.get(self.starts_known, 3)])


@dataclass
class Known:
    """A person on the register; documents as kind → fingerprint and last four."""

    id: int
    facts: dict[str, Any]
    version: int = 0
    documents: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    spells: list[Spell] = field(default_factory=list)

    def called(self, name: str) -> bool:
        """True for any of the person's names, in either script; an unnamed row does not disagree."""
        own = (self.facts.get(key) or "" for key in ("name", "name_traditional", "name_latin", "name_pinyin"))
        former = re.split(r"[、,，;；\s/]+", self.facts.get("former_names") or "")
        return not name or name_key(name) in {name_key(word) for word in (*own, *former) if word}

    @property
    def words(self) -> str:
        """How a reason names the person: 王富（B00001，1965-03）."""
        marks = [self.spells[0].number if self.spells else "", str(self.facts.get("birth") or "")]
        inside = "，".join(mark for mark in marks if mark)
        return f"{self.facts['name']}（{inside}）" if inside else str(self.facts["name"])


@dataclass
class Register:
    """What the society knows of the people whom a file may mean."""

    people: dict[int, Known]
    by_fingerprint: dict[str, int]
    by_number: dict[str, int]
    unit_numbers: frozenset[str]
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """People by each of their Chinese names."""
        for person in self.people.values():
            names = {name_key(person.facts.get(key) or "") for key in ("name", "name_traditional")}
            for name in names - {""}:
                self.by_name.setdefault(name, []).append(person)

    def survivor(self, person_id: int) -> int:
        """The person in whom somebody has been merged."""
        return self.merged.get(person_id, person_id)


@dataclass
class Found:
    """The person, or None for somebody new; else why it cannot be told, and who it may be."""

    person: Known | None = None
    candidates: list[Known] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)


@lru_cache(maxsize=1 << 12)
def name_key(name: str) -> str:
    """Equal for 王富, 王　富 and 王 富, for 陳 and 陈."""
    key = "".join(map(simple, fold(squeeze_name(name))))
    return name if key == name else key


def find(register: Register, reading: Reading, fingerprints: list[str]) -> Found:
    """The person of a row; `fingerprints` are those of its documents, in their order."""
    holders = dict.fromkeys(
        register.by_fingerprint[mark] for mark in fingerprints if mark in register.by_fingerprint
    )
    if len(holders) > 1:
        return Found(refused=[_at(reading, "document_number", "这一行的几份证件登记在不同的人名下")])
    numbered = register.people.get(register.by_number.get(reading.member.get("number", ""), 0))
    if holders:
        return _by_document(register.people[next(iter(holders))], numbered, reading)
    if reading.member.get("number") in register.unit_numbers:
        return Found(refused=[_at(reading, "number", "这个编号是一家单位会员的")])
    if numbered is not None:
        return _by_number(numbered, reading)
    return _by_name(register, reading, fingerprints)


def _by_document(person: Known, numbered: Known | None, reading: Reading) -> Found:
    if not person.called(reading.name):
        words = f"这个证件号码已登记在{person.words}名下，姓名不同；如系改名，请先在会员页面改"
        return Found(person, refused=[_at(reading, "document_number", words)])
    number = reading.member.get("number")
    if numbered is not None and numbered.id != person.id:
        return Found(
            person, doubts=[_at(reading, "number", f"编号 {number} 是{numbered.words}的，证件是另一人的")]
        )
    return Found(person)


def _by_number(person: Known, reading: Reading) -> Found:
    if person.called(reading.name):
        return Found(person)
    words = f"编号 {reading.member['number']} 是{person.words}的，与这里的姓名不同"
    return Found(person, doubts=[_at(reading, "number", words)])


def _by_name(register: Register, reading: Reading, fingerprints: list[str]) -> Found:
    """Name and birth date tell; a name alone tells nothing where somebody has it."""
    homonyms = [
        person
        for person in register.by_name.get(name_key(reading.name), [])
        if not excluded(reading, fingerprints, person.facts.get("birth"), person.documents)
    ]
    same_day = [person for person in homonyms if same_birth(reading.birth, person.facts.get("birth"))]
    if len(same_day) == 1:
        return Found(same_day[0])
    if not homonyms:
        return Found()
    alike = [person for person in homonyms if _says_the_same(reading, person)]
    if len(alike) == 1:
        return Found(alike[0])
    who = "、".join(person.words for person in homonyms[:3])
    word = "同名且出生日期相同的人" if same_day else "同名的人"
    reason = f"名册里已有{word}：{who}；请补上会员编号、证件号码或出生日期，以便断定是不是同一人"
    return Found(candidates=homonyms, doubts=[_at(reading, "name", reason)])


def _says_the_same(reading: Reading, person: Known) -> bool:
    """A namesake with the same telephone or mail, or with at least two telling facts that all agree."""
    own, other = reading.facts, person.facts
    if phones(own.get("phone") or "") & phones(other.get("phone") or ""):
        return True
    if own.get("email") and own["email"] == other.get("email"):
        return True
    told = [key for key in _TELLING if own.get(key)]
    return len(told) >= _ENOUGH and all(
        tidy(key, own[key]) == tidy(key, other.get(key) or "") for key in told
    )


def decided(found: Found, decision: str) -> Found:
    """The clerk's word on a doubt about a name: one of the candidates by id, or `new`."""
    if decision == ANOTHER:
        return Found(candidates=found.candidates)
    chosen = [person for person in found.candidates if str(person.id) == decision]
    return Found(chosen[0], candidates=found.candidates) if chosen else found


def same_birth(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Equal at least to the month."""
    return bool(one and other and one.month and other.month and one.agrees(other))


def excluded(
    reading: Reading,
    fingerprints: Iterable[str],
    birth: PartialDate | None,
    held: dict[str, list[tuple[str, str]]],
) -> bool:
    """Another birth date, or another document of the same kind: a different person of the same name."""
    if birth and reading.birth and not birth.agrees(reading.birth):
        return True
    kinds = zip((proof.kind for proof, _column in reading.proofs), fingerprints, strict=True)
    return any(
        kind != DocumentKind.PASSPORT and held.get(kind) and mark not in {known for known, _ in held[kind]}
        for kind, mark in kinds
    )


def other_document(person: Known, kind: DocumentKind, fingerprint: str) -> str:
    """The words where the person holds a document of that kind with another number; else empty."""
    held = person.documents.get(kind, [])
    if not held or fingerprint in {mark for mark, _last4 in held} or kind == DocumentKind.PASSPORT:
        return ""
    return f"{person.words}登记的{SHORT[kind]}尾号是 {held[0][1]}，与这里的号码不同"


def _at(reading: Reading, target: str, reason: str) -> Problem:
    return Problem(reading.where.get(target), reason)
