"""The whole demonstration, made once from a fixed seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from registry.demo import enrolling, founding, units, work
from registry.demo.enrolling import Member, Newcomer
from registry.demo.people import Invented
from registry.demo.stock import Weighted, stock
from registry.societies.queries import by_slug, categories

SEED = 20211
_GUESTS = 14
_EMPLOYERS = 40


def exists(session: Session) -> bool:
    """True where the demonstration was made before."""
    return by_slug(session, stock("societies")[0]["slug"]) is not None


def create(session: Session, password: str) -> None:
    """Three societies, their people and offices, and the accounts; the caller commits."""
    known: list[Invented] = []
    for plan in stock("societies"):
        members = _society(session, plan, known)
        known = _in_two_societies(members)


def _society(session: Session, plan: Mapping[str, Any], known: Sequence[Invented]) -> list[Member]:
    rng = Random(f"{SEED}/{plan['slug']}")
    society, branches = founding.found(session, plan)
    trade = work.trade(rng, plan["theme"], _EMPLOYERS)
    founded = society.founded_on or date.min
    regions: Weighted[str] = Weighted(plan["regions"])
    strangers = enrolling.newcomers(rng, trade, regions, society, branches)
    coming = [enrolling.join(rng, somebody, branches, founded) for somebody in known]
    coming += [next(strangers) for _ in range(plan["members"] - len(coming))]
    members = [
        member
        for batch in enrolling.enrol(session, society, sorted(coming, key=_joined), len(coming))
        for member in batch
    ]
    for_units = next(row.id for row in categories(session, society.id) if row.for_units)
    units.admit(session, rng, society, trade, members, for_units, plan["units"])
    return members


def _joined(newcomer: Newcomer) -> date:
    return newcomer.spells[0].starts_on


def _in_two_societies(members: Sequence[Member]) -> list[Invented]:
    """Some whom the next society knows as well, by the same document."""
    fit = [who.invented for who in members if 1958 < who.invented.born.year < 1980 and who.invented.papers]
    return fit[:_GUESTS]
