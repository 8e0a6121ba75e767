"""How much two entries look like one person: what they have in common, what speaks against, the sum."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from registry.core.text import fold
from registry.merging.marking import FACTS, names_of, phones, workplace

LIKELY, CERTAIN = 3, 5
"""From so many points on it is likely, and all but certain, that two entries are one person."""


class Kind(StrEnum):
    """What a reason is about."""

    NAME = "name"
    FORMER = "former"
    SPELLING = "spelling"
    BIRTH = "birth"
    BIRTH_DIFFERS = "birth_differs"
    PHONE = "phone"
    MAIL = "mail"
    EMPLOYER = "employer"


_POINTS = {
    Kind.NAME: 1, Kind.FORMER: 1, Kind.SPELLING: 1, Kind.PHONE: 2, Kind.MAIL: 2, Kind.EMPLOYER: 1,
    Kind.BIRTH_DIFFERS: 0,
}  # fmt: skip
_NAMES = (Kind.NAME, Kind.FORMER, Kind.SPELLING)
_BIRTH_KNOWN_TO = {4: 1, 7: 2, 10: 4}
"""Points for births that agree, by the length of the shorter: year, month, day."""


@dataclass(frozen=True)
class Reason:
    """One thing in common or against; `value` as it stands, of two spellings both."""

    kind: Kind
    value: str = ""

    @property
    def points(self) -> int:
        """How much it weighs."""
        return _BIRTH_KNOWN_TO[len(self.value)] if self.kind is Kind.BIRTH else _POINTS[self.kind]


@dataclass(frozen=True)
class Known:
    """What is compared of a person; `papers`: (kind, fingerprint) of documents of which one has only one."""

    id: int
    facts: Mapping[str, Any]
    number: str = ""
    papers: Collection[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """The name it is listed by."""
        return str(self.facts["name"])


@dataclass(frozen=True)
class Pair:
    """Two people, the lower key first, and why they may be one."""

    one: Known
    two: Known
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def points(self) -> int:
        """The sum of the reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def key(self) -> tuple[int, int, int]:
        """Order of the list: the most alike first."""
        return (-self.points, self.one.id, self.two.id)

    @property
    def strength(self) -> str:
        """`certain`, `likely` or `weak`."""
        named = any(reason.kind in _NAMES for reason in self.reasons)
        if named and self.points >= CERTAIN:
            return "certain"
        return "likely" if self.points >= LIKELY else "weak"


def judge(one: Known, two: Known) -> Pair | None:
    """The pair with its reasons; None where nothing tells, or documents and births say otherwise."""
    if _differing_papers(one, two):
        return None
    name, birth = list(_names(one.facts, two.facts)), list(_births(one.facts, two.facts))
    contacts = list(_contacts(one.facts, two.facts))
    same_work = _employer(one.facts, two.facts)
    if not _tells(name, birth, contacts, same_work):
        return None
    return Pair(one, two, (*name, *birth, *contacts, *same_work))


def _tells(name: list[Reason], birth: list[Reason], contacts: list[Reason], work: list[Reason]) -> bool:
    """A name alone tells nothing, nor does what two colleagues or a couple share."""
    differs = any(reason.kind is Kind.BIRTH_DIFFERS for reason in birth)
    if not name:
        return bool(contacts) and not differs
    if differs:
        return bool(contacts)
    return bool(birth or contacts or work)


def _differing_papers(one: Known, two: Known) -> bool:
    mine, theirs = set(one.papers), set(two.papers)
    kinds = {kind for kind, _mark in mine} & {kind for kind, _mark in theirs}
    return bool(kinds) and not mine & theirs


def _names(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[Reason]:
    common = names_of(one).han & names_of(two).han
    if common:
        mine, theirs = (names_of({**facts, "former_names": ""}).han for facts in (one, two))
        kind = Kind.NAME if mine & theirs else Kind.FORMER
        yield Reason(kind, str(one["name"]) if kind is Kind.NAME else min(common))
    elif _spelt_alike(one, two):
        yield Reason(Kind.SPELLING, f"{one['name']} / {two['name']}")


def _spelt_alike(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Letters against letters, or against the pinyin of characters; two of characters differ by those."""
    mine, theirs = names_of(one), names_of(two)
    return bool(mine.written & (theirs.written | theirs.spelt) or theirs.written & mine.spelt)


def _births(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[Reason]:
    mine, theirs = one.get("birth"), two.get("birth")
    if mine and theirs:
        known = min(str(mine), str(theirs), key=len)
        if mine.agrees(theirs):
            yield Reason(Kind.BIRTH, known)
        else:
            yield Reason(Kind.BIRTH_DIFFERS, f"{mine} / {theirs}")


def _contacts(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[Reason]:
    common = phones(one.get("phone") or "") & phones(two.get("phone") or "")
    if common:
        yield Reason(Kind.PHONE, min(common))
    if one.get("email") and fold(one["email"]) == fold(two.get("email") or ""):
        yield Reason(Kind.MAIL, fold(one["email"]))


def _employer(one: Mapping[str, Any], two: Mapping[str, Any]) -> list[Reason]:
    same = one.get("employer") and workplace(one["employer"]) == workplace(two.get("employer") or "")
    return [Reason(Kind.EMPLOYER, one["employer"])] if same else []


COMPARED = (*FACTS, "sex", "birth", "region", "employer", "phone", "email")
"""Facts that a comparison reads."""
