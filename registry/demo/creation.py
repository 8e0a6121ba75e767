"""The whole demonstration, made once from a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.demo import (
    accounts,
    applicants,
    audits,
    committees,
    councils,
    drafts,
    enrolling,
    faults,
    founding,
    proposing,
    routine,
    spells,
    twins,
    units,
    wishes,
    work,
)
from registry.demo.clerk import Clerk, Plan, Sitting
from registry.demo.enrolling import Member, Newcomer
from registry.demo.people import Invented
from registry.demo.stock import Weighted, stock
from registry.societies.models import Branch, Society
from registry.societies.queries import by_slug, categories

SEED = 20211
_GUESTS = 14
_EMPLOYERS = 40


@dataclass(frozen=True)
class Made:
    """One society of the demonstration."""

    society: Society
    branches: Sequence[Branch]
    members: Sequence[Member]
    sitting: Sitting


def exists(session: Session) -> bool:
    """True where the demonstration was made before."""
    return all(by_slug(session, plan["slug"]) for plan in stock("societies"))


def create(session: Session, password: str) -> int:
    """Three societies with people, offices and accounts; the number of people. The caller commits."""
    if session.scalars(select(Society.id).limit(1)).first() is not None:
        raise RuleBroken("数据库里已有学会；演示数据只装入空库")
    made: list[Made] = []
    for plan in stock("societies"):
        made.append(_society(session, plan, _known(made)))
    first = made[0]
    member = next(who for who in first.members if _has_a_story(who, first.branches[0]))
    societies = [each.society for each in made]
    cast = accounts.Cast(societies, first.branches[0], member, first.sitting.supervisors[0])
    accounts.open_all(session, cast, password)
    routine.happen(session, societies[0], first.branches[0], first.members, member)
    twins.happen(session, societies[0], first.members, member)
    drafts.happen(session, societies[0], first.members)
    wishes.happen(session, societies[0], first.members, member)
    proposing.happen(session, societies[0], first.members, member)
    faults.happen(session, societies)
    applicants.happen(session, societies[0])
    return sum(len(each.members) for each in made)


def _society(session: Session, plan: Plan, known: Sequence[Invented]) -> Made:
    rng = Random(f"{SEED}/{plan['slug']}")
    society, branches = founding.found(session, plan)
    trade = work.trade(rng, plan["theme"], _EMPLOYERS)
    members = _people(session, rng, plan, society, branches, trade, known)
    for_units = next(row.id for row in categories(session, society.id) if row.for_units)
    units.admit(session, rng, society, trade, members, for_units, plan["units"])
    clerk = Clerk(session, society, rng)
    sitting = councils.govern(clerk, members, plan)
    committees.govern(clerk, members, branches)
    audits.happen(clerk, sitting, plan)
    return Made(society, branches, members, sitting)


def _people(
    session: Session,
    rng: Random,
    plan: Plan,
    society: Society,
    branches: Sequence[Branch],
    trade: work.Trade,
    known: Sequence[Invented],
) -> list[Member]:
    """Numbered by the day they joined."""
    founded = society.founded_on or date.min
    regions: Weighted[str] = Weighted(plan["regions"])
    homes = spells.homes(branches)
    strangers = enrolling.newcomers(rng, trade, regions, society, homes)
    coming = [enrolling.join(rng, somebody, homes, founded) for somebody in known]
    coming += [next(strangers) for _ in range(plan["members"] - len(coming))]
    batches = enrolling.enrol(session, society, sorted(coming, key=_joined), len(coming))
    return [member for batch in batches for member in batch]


def _joined(newcomer: Newcomer) -> date:
    return newcomer.spells[0].starts_on


def _known(made: Sequence[Made]) -> list[Invented]:
    """Officers of the society before, whom the next one knows by the same document."""
    if not made:
        return []
    return [who.invented for who in made[-1].sitting.council if who.invented.papers][:_GUESTS]


def _has_a_story(who: Member, branch: Branch) -> bool:
    """Whose own page shows most: several spells, now in the branch, at work, reachable, with papers."""
    last, facts = who.spells[-1], who.invented.facts
    reachable = facts["phone"].startswith("1") and facts["email"] and facts["grassroots"]
    settled = last.ends_on is None and last.branch_id == branch.id and last.category == "senior"
    return bool(len(who.spells) > 1 and settled and reachable and who.invented.papers)
