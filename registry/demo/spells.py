"""Spells of membership of invented persons: joined, changed, left, come back, died."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from registry.core.periods import Period
from registry.core.regions import Region
from registry.demo.stock import DAY, Weighted, day_between, one_in
from registry.memberships.models import EndReason
from registry.societies.models import Branch

_GROWN, _OLD = 24, 70
_YEAR = 365.25
_STORIES: Weighted[str] = Weighted(
    {
        "stays": 812,
        "resigned": 46,
        "lapsed": 60,
        "returned": 34,
        "suspended": 7,
        "reinstated": 8,
        "expelled": 4,
    }
)


@dataclass(frozen=True)
class Home:
    """A branch by its key, with the days on which it exists."""

    id: int
    period: Period


def homes(branches: Sequence[Branch]) -> list[Home]:
    """Branches as plain values, which are asked for each person."""
    return [Home(branch.id, branch.period) for branch in branches]


@dataclass(frozen=True)
class Spell:
    """One spell; category by code, branch by key."""

    starts_on: date
    category: str
    branch_id: int | None = None
    ends_on: date | None = None
    end_reason: EndReason | None = None
    starts_known: str = "D"


def invent(
    rng: Random, born: date, region: str, branches: Sequence[Home], founded: date, *, student: bool = False
) -> list[Spell]:
    """The spells of one person, oldest first."""
    joined = _joined(rng, born, founded, student=student)
    category = "foreign" if region == Region.FOREIGN else "student" if student else "ordinary"
    spells = [Spell(joined, category, _branch(rng, branches, joined), starts_known=_known(rng, joined))]
    _leave_ended_branch(spells, branches)
    if category == "ordinary":
        _rise(rng, spells, born)
    if one_in(rng, 30):
        day = day_between(rng, spells[-1].starts_on, DAY)
        _change(spells, day, branch_id=_branch(rng, branches, day))
        _leave_ended_branch(spells, branches)
    _end(rng, spells, born)
    return spells


def _joined(rng: Random, born: date, founded: date, *, student: bool) -> date:
    """Grown up, after the founding; few have been admitted from next year on."""
    if one_in(rng, 400):
        return date(DAY.year + 1, 1, 1)
    grown = born + timedelta((19 if student else _GROWN) * _YEAR)
    first = max(grown, founded)
    return day_between(
        rng, first, min(DAY, first + timedelta((DAY - first).days * (0.3 + 0.7 * rng.random())))
    )


def _known(rng: Random, joined: date) -> str:
    """Old rosters have the year alone, or the month."""
    return rng.choice("YMDD") if joined.year < 2000 and one_in(rng, 2) else "D"


def _branch(rng: Random, branches: Sequence[Home], day: date) -> int | None:
    """One that existed on the day; a quarter belong to none."""
    there = [branch for branch in branches if branch.period.holds(day)]
    if not there or one_in(rng, 4):
        return None
    return there[int(len(there) * rng.random() ** 1.4)].id


def _change(spells: list[Spell], day: date, **what: object) -> None:
    """The last spell ends and the next begins otherwise; nothing, where the day does not lie in it."""
    last = spells[-1]
    after = replace(last, starts_on=day, starts_known="D", **what)  # type: ignore[arg-type]
    same = (after.category, after.branch_id) == (last.category, last.branch_id)
    if last.starts_on < day < DAY and not same:
        spells[-1:] = [replace(last, ends_on=day, end_reason=EndReason.CHANGED), after]


def _leave_ended_branch(spells: list[Spell], branches: Sequence[Home]) -> None:
    ended = next((branch for branch in branches if branch.id == spells[-1].branch_id), None)
    if ended is not None and ended.period.ends_on:
        _change(spells, ended.period.ends_on, branch_id=None)


def _rise(rng: Random, spells: list[Spell], born: date) -> None:
    """From ordinary to senior, few to fellow; the eldest to honorary member."""
    if one_in(rng, 6):
        _change(spells, spells[-1].starts_on + timedelta(rng.randint(2500, 6500)), category="senior")
    if spells[-1].category == "senior" and one_in(rng, 4):
        _change(spells, spells[-1].starts_on + timedelta(rng.randint(1200, 4000)), category="fellow")
    if born.year < DAY.year - _OLD and one_in(rng, 10):
        _change(spells, day_between(rng, date(DAY.year - 6, 1, 1), DAY), category="honorary")


def _end(rng: Random, spells: list[Spell], born: date) -> None:
    """How it went on after the last change."""
    last = spells[-1]
    day = day_between(rng, last.starts_on + timedelta(200), DAY - timedelta(30))
    if day <= last.starts_on or day >= DAY:
        return
    if born.year < DAY.year - _OLD and one_in(rng, 4):
        spells[-1] = replace(last, ends_on=max(day, day_between(rng, day, DAY)), end_reason=EndReason.DIED)
        return
    _tell(rng, spells, _STORIES.draw(rng), day)


def _tell(rng: Random, spells: list[Spell], story: str, day: date) -> None:
    last = spells[-1]
    if story == "stays":
        return
    reasons = {
        "returned": rng.choice((EndReason.RESIGNED, EndReason.LAPSED)),
        "reinstated": EndReason.SUSPENDED,
    }
    spells[-1] = replace(last, ends_on=day, end_reason=reasons.get(story) or EndReason(story))
    back = day + timedelta(rng.randint(180, 1800))
    if story in reasons and back < DAY:
        spells.append(replace(last, starts_on=back, starts_known="D"))
