"""The marks by which likely twins are found: made of names, births, employers, telephones and mail.

A listener keeps them, so that no service can forget; bulk loading, which no session sees, asks for the rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction

from registry.core.text import fold, is_chinese_name, pinyin_of, simple, squeeze_name, tokens
from registry.merging.models import MarkKind, TwinMark
from registry.people.former import bare
from registry.people.models import Person

FACTS = ("name", "name_traditional", "name_pinyin", "name_latin", "former_names")
MADE_OF = frozenset((*FACTS, "birth", "employer", "phone", "email", "merged_into_id"))
_NUMBER = re.compile(r"[+\d][\d\s()（）-]{5,}\d")
_COUNTRY, _MOBILE, _SHORTEST = "86", 11, 7


class Names(NamedTuple):
    """Every name that a person bears or bore, made comparable."""

    han: frozenset[str]
    """The Chinese ones, simplified."""
    spelt: frozenset[str]
    """The letters of their pinyin; nothing for who has none."""
    written: frozenset[str]
    """Names in letters that are not just that pinyin, in no order of words."""


def names_of(facts: Mapping[str, Any]) -> Names:
    """The names of a person's facts."""
    return _names(*(facts.get(key) or "" for key in FACTS))


@lru_cache(maxsize=1 << 12)
def _names(name: str, traditional: str, pinyin: str, latin: str, former_names: str) -> Names:
    former = bare(former_names) if former_names else []
    han = frozenset(key for word in (name, traditional, *former) if (key := _han(word)))
    sounds = [*map(_pinyin, han), *([pinyin] if han else [])]
    spelt = frozenset(key for word in sounds if (key := letters(word)))
    written = frozenset(key for word in (name, latin, *former) if (key := letters(word)))
    return Names(han, spelt, written - spelt)


@lru_cache(maxsize=1 << 12)
def _han(name: str) -> str:
    clean = squeeze_name(name)
    return "".join(map(simple, clean)) if is_chinese_name(clean) else ""


@lru_cache(maxsize=1 << 12)
def _pinyin(name: str) -> str:
    return pinyin_of(name)


@lru_cache(maxsize=1 << 12)
def letters(name: str) -> str:
    """Wang Xiaoming, XIAO MING WANG and wang xiaoming have the same; lü is written lu, lv and lyu."""
    joined = "".join(word for word in tokens(name) if word.isascii())
    plain = joined.replace("lyu", "lu").replace("nyu", "nu").replace("lv", "lu").replace("nv", "nu")
    return "".join(sorted(plain)) if len(plain) > 1 else ""


def phones(typed: str) -> set[str]:
    """The numbers in a telephone field as digits, without the country's own code."""
    found = {re.sub(r"\D", "", number) for number in _NUMBER.findall(fold(typed or ""))}
    return {_national(digits) for digits in found if len(digits) >= _SHORTEST}


def _national(digits: str) -> str:
    plain = digits.removeprefix("00")
    shorter = plain.removeprefix(_COUNTRY)
    return shorter if len(shorter) == _MOBILE and shorter.startswith("1") else plain


@lru_cache(maxsize=1 << 12)
def workplace(employer: str) -> str:
    """An employer made comparable."""
    return "".join(fold(employer or "").split())


def marks(facts: Mapping[str, Any]) -> set[tuple[int, int]]:
    """(kind, mark) of a person; equal where two people are alike in that kind."""
    return {(int(kind), _digest(key)) for kind, key in _keys(facts)}


def _keys(facts: Mapping[str, Any]) -> Iterator[tuple[MarkKind, str]]:
    names, birth = names_of(facts), facts.get("birth")
    if birth:
        day = str(birth)
        year, known = day[:4], MarkKind.YEAR if birth.day else MarkKind.ROUGH
        for name in names.han:
            yield MarkKind.BORN, f"{name}|{day}"
            yield known, f"{name}|{year}"
        yield from ((MarkKind.SPELT, f"{name}|{year}") for name in names.spelt)
        yield from ((MarkKind.WRITTEN, f"{name}|{year}") for name in names.written)
    if facts.get("employer"):
        place = workplace(facts["employer"])
        yield from ((MarkKind.WORKS, f"{name}|{place}") for name in names.han)
    if facts.get("phone"):
        yield from ((MarkKind.PHONE, number) for number in phones(facts["phone"]))
    if facts.get("email"):
        yield MarkKind.MAIL, fold(facts["email"])


def _digest(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), signed=True)


def rows(society_id: int, person_id: int, facts: Mapping[str, Any]) -> list[dict[str, int]]:
    """The rows of `twin_mark` of one person."""
    keys = {"society_id": society_id, "person_id": person_id}
    return [{**keys, "kind": kind, "mark": mark} for kind, mark in sorted(marks(facts))]


def _keep(session: Session, _context: UOWTransaction) -> None:
    """After each flush: the marks of whoever is new or was changed; a merged or erased entry has none."""
    changed = [row for row in session.dirty if isinstance(row, Person) and _touched(row)]
    new = [row for row in session.new if isinstance(row, Person)]
    if not changed and not new:
        return
    connection, table = session.connection(), _table()
    for person in changed:
        mine = (table.c.society_id == person.society_id, table.c.person_id == person.id)
        connection.execute(delete(table).where(*mine))
    made = [row for person in (*new, *changed) for row in _of(person)]
    if made:
        connection.execute(insert(table), made)


def _touched(person: Person) -> bool:
    attributes = inspect(person).attrs
    return any(attributes[key].history.has_changes() for key in MADE_OF)


def _of(person: Person) -> Iterable[dict[str, int]]:
    if person.merged_into_id is not None or person.erased_at is not None:
        return ()
    return rows(person.society_id, person.id, {key: getattr(person, key) for key in MADE_OF})


def _table() -> Table:
    found: Table = TwinMark.__table__  # type: ignore[assignment]
    return found


event.listen(Session, "after_flush", _keep)
