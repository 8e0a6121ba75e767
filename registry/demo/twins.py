"""Four members whom somebody entered a second time, as it happens: for those who look for likely twins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from registry.core.dates import PartialDate
from registry.core.text import traditional
from registry.demo.enrolling import Member
from registry.demo.routine import acting
from registry.demo.stock import DAY
from registry.journal.services import act
from registry.memberships.services import Admit, admit
from registry.people.services import enter_person
from registry.societies.models import Society
from registry.societies.queries import categories

_SEED = 11
_FACTS = ("sex", "region", "nationality", "employer")


def happen(session: Session, society: Society, members: Sequence[Member], but: Member) -> None:
    """Each as an act of the secretariat's, on a day long after the first entry."""
    ordinary = next(row.id for row in categories(session, society.id) if row.code == "ordinary")
    for facts, since in _again(_chosen(members, but)):
        with acting(session, "staff"):
            act(session, "member:enter", society.id, "按会议签到表补录")
            person = enter_person(session, society.id, facts)
            admit(session, society, person, Admit(ordinary, since))


def _chosen(members: Iterable[Member], but: Member) -> list[Mapping[str, Any]]:
    """Long members of the mainland of whom much is known, each of another name."""
    known = [who.invented.facts for who in members if _well_known(who) and who is not but]
    first, second, fourth, *others = Random(_SEED).sample(known, len(known))
    third = next(facts for facts in others if traditional(facts["name"]) != facts["name"])
    return [first, second, third, fourth]


def _well_known(who: Member) -> bool:
    facts, last = who.invented.facts, who.spells[-1]
    long = last.ends_on is None and who.spells[0].starts_on < date(DAY.year - 8, 1, 1)
    birth = facts["birth"]
    told = facts["email"] and facts["phone"].startswith("1") and birth is not None and birth.day
    return bool(long and told and facts["region"] == "CN" and facts["name_pinyin"])


def _again(chosen: Sequence[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], date]]:
    """The same telephone; the name in letters; in full form and the month alone; one character misheard."""
    first, second, third, fourth = chosen
    since = date(DAY.year - 2, 9, 1)
    yield _same(first, name=first["name"], birth=first["birth"], phone=first["phone"], title="研究员"), since
    birth, spelt = second["birth"], second["name_pinyin"].title()
    yield _same(second, name=spelt, name_latin=spelt, birth=birth, email=second["email"]), since
    month = PartialDate(third["birth"].year, third["birth"].month)
    yield _same(third, name=traditional(third["name"]), birth=month, position="教授"), since
    name = fourth["name"][:-1] + ("芳" if fourth["name"][-1] != "芳" else "方")
    yield _same(fourth, name=name, phone=fourth["phone"], email=fourth["email"]), since


def _same(facts: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {key: facts[key] for key in _FACTS} | more
