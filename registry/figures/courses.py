"""Plots over the years: members, and who joined and left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flask_babel import gettext as _

from registry.figures.years import SHOWN, Year
from registry.memberships.models import END_REASONS
from registry.plots import drawing
from registry.plots.drawing import Series, brief
from registry.plots.plotting import Plot, Row, number


def of_members(years: Sequence[Year], until: int, *, now: bool) -> Plot:
    """Members at the end of each year; of the last, on the day, which is called now or not."""
    past = [row for row in years if row.year <= until]
    first, last = past[0], past[-1]
    members = number(last.members)
    said = _("现在 %(m)s 人", m=members) if now else _("这一天 %(m)s 人", m=members)
    if len(past) > 1:
        said = _("%(first)s 年末 %(n)s 人，", first=first.year, n=number(first.members)) + said
    rows = [
        Row(str(row.year), (number(row.members), _signed(row.members - before.members)))
        for before, row in pairwise(past)
    ]
    rows.insert(0, Row(str(first.year), (number(first.members), "")))
    picture = drawing.columns([(str(row.year), row.members) for row in past])
    head = (_("年"), _("年末人数"), _("比上年"))
    return Plot("members", _("历年会员"), said, picture, head, rows[::-1])


def of_flow(years: Sequence[Year], until: int, *, now: bool) -> Plot:
    """Who joined above, who left below; hatched what is registered and still to come."""
    series = [
        *_stacked("joined", "joining", [(row.joined, row.joining) for row in years]),
        *_stacked("left", "leaving", [(-row.gone, -row.leaving) for row in years]),
    ]
    picture = drawing.up_and_down(_short([row.year for row in years]), series, (_("入会"), _("离会")))
    joining, leaving = sum(row.joining for row in years), sum(row.leaving for row in years)
    this = next(row for row in years if row.year == until)
    sums = {"n": number(this.joined), "m": number(this.gone)}
    said = (
        _("今年入会 %(n)s 人，离会 %(m)s 人", **sums)
        if now
        else _("当年到这一天入会 %(n)s 人，离会 %(m)s 人", **sums)
    )
    note = _("斜线：已登记、未生效的 %(n)s 人入会、%(m)s 人离会。", n=number(joining), m=number(leaving))
    head, rows = _flow_table(years)
    return Plot("flow", _("入会与离会"), said, picture, head, rows, note if joining or leaving else "")


def _short(years: Sequence[int]) -> list[str]:
    """As many as are shown at most would touch: the first in full, the others by their last digits."""
    return [str(years[0]), *(str(year) if len(years) <= SHOWN else f"{year % 100:02}" for year in years[1:])]


def _stacked(done: str, coming: str, pairs: Sequence[tuple[int, int]]) -> tuple[Series, Series]:
    """One on the other, with their numbers together where both are: 24+2."""
    words = [brief(sooner) if not later else "" for sooner, later in pairs]
    both = ["+".join(brief(many) for many in pair if many) if pair[1] else "" for pair in pairs]
    return (
        Series(done, [sooner for sooner, _later in pairs], words),
        Series(coming, [later for _sooner, later in pairs], both),
    )


def _flow_table(years: Sequence[Year]) -> tuple[tuple[str, ...], list[Row]]:
    """Reasons, moves and what is to come have a column where there are any."""
    reasons = [why for why in END_REASONS if any(row.left[why] for row in years)]
    moved, coming = any(row.moved for row in years), any(row.joining or row.leaving for row in years)
    head = [_("年"), _("入会"), _("离会"), *(_(END_REASONS[why]) for why in reasons)]
    head += [_("变动转入（净）")] if moved else []
    head += [_("未生效入会"), _("未生效离会")] if coming else []
    rows = []
    for row in reversed(years):
        cells = [number(row.joined), number(row.gone), *(number(row.left[why]) for why in reasons)]
        cells += [_signed(row.moved)] if moved else []
        cells += [number(row.joining), number(row.leaving)] if coming else []
        rows.append(Row(str(row.year), tuple(cells)))
    return tuple(map(str, head)), rows


def _signed(change: int) -> str:
    return f"{change:+,}".replace("-", "−") if change else "0"
