"""The line of life: spells, branches, offices and names on one axis of time, in shares of its width."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from registry.bodies.models import Tenure
from registry.core.axis import Axis, Bar
from registry.core.periods import Period
from registry.memberships.models import EndReason, Membership
from registry.people.former import FormerName


class Stretch(NamedTuple):
    """One period of a lane before it is drawn; `told`: its time in words where that is not two years."""

    kind: str
    label: str
    period: Period
    told: str = ""


@dataclass(frozen=True)
class Lane:
    """One line of the picture; `kind` is membership, branch, office or name."""

    kind: str
    label: str
    bars: Sequence[Bar]
    periods: Sequence[Period]
    told: str = ""


@dataclass(frozen=True)
class Life:
    """The lanes, the years on the axis, and where the day looked at stands."""

    lanes: Sequence[Lane]
    years: Sequence[tuple[int, str]]
    day: str


def draw(
    spells: Iterable[Membership], tenures: Iterable[Tenure], day: date, former: Sequence[FormerName] = ()
) -> Life | None:
    """The picture of a life in the society; None where nothing was ever true."""
    stretches = sorted([*_of_spells(spells), *_of_tenures(tenures)], key=_order)
    if not stretches:
        return None
    stretches += _of_names(former, stretches)
    axis = Axis([stretch.period for stretch in stretches], day)
    lanes = [
        _lane(axis, list(group)) for _key, group in groupby(_gathered(stretches), key=lambda one: one[:2])
    ]
    return Life(lanes, axis.years(), axis.at(day))


def _of_spells(spells: Iterable[Membership]) -> Iterator[Stretch]:
    for spell in spells:
        if spell.end_reason != EndReason.VOIDED:
            yield Stretch("membership", spell.category.name, spell.period)
            if spell.branch:
                yield Stretch("branch", spell.branch.name, spell.period)


def _of_tenures(tenures: Iterable[Tenure]) -> Iterator[Stretch]:
    for tenure in tenures:
        if not tenure.voided_at:
            yield Stretch("office", f"{tenure.term.body.name} {tenure.post.name}", tenure.period)


def _of_names(former: Sequence[FormerName], lived: Sequence[Stretch]) -> Iterator[Stretch]:
    """Names of which the end is known; one borne since nobody knows when begins with the picture."""
    begun = min(stretch.period.starts_on for stretch in lived)
    dated = [(one, one.until.last) for one in former if one.until]
    for one, last in sorted(dated, key=lambda pair: pair[1]):
        since = one.since.first if one.since else min(begun, date(last.year, 1, 1))
        yield Stretch("name", one.name, Period(since, max(last, since)), one.time)


_KINDS = ("membership", "branch", "office")


def _order(stretch: Stretch) -> Any:
    return _KINDS.index(stretch.kind), stretch.period.starts_on


def _gathered(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The lanes in the order in which each began, every one with all its stretches."""
    lanes: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        lanes[stretch[:2]].append(stretch)
    return [stretch for lane in lanes.values() for stretch in lane]


def _lane(axis: Axis, stretches: Sequence[Stretch]) -> Lane:
    """The stretches of one lane, drawn."""
    kind, label, _period, told = stretches[0]
    periods = _joined([stretch.period for stretch in stretches])
    return Lane(kind, label, [axis.bar(period) for period in periods], periods, told)


def _joined(periods: Sequence[Period]) -> list[Period]:
    """Periods that follow each other without a gap count as one."""
    joined: list[Period] = []
    for period in periods:
        if joined and joined[-1].ends_on == period.starts_on:
            joined[-1] = Period(joined[-1].starts_on, period.ends_on)
        else:
            joined.append(period)
    return joined
