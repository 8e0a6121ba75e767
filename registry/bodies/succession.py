"""A body through time: its terms, who held the leading posts one after the other, how full the rest were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from registry.bodies.models import Body, Meeting, Post, Tenure, Term
from registry.core.axis import Axis, Bar
from registry.core.periods import Period

FEW = 12
"""Posts of so many seats are drawn person by person."""


@dataclass(frozen=True)
class Mark:
    """A bar or a point with its words; `tone` as the style sheet knows it."""

    bar: Bar
    label: str
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """A post with one line of bars above the other, as few as hold them without touching."""

    label: str
    lines: Sequence[Sequence[Mark]]


@dataclass(frozen=True)
class Filling:
    """A post of many seats: how many held it, as steps of (x, width, share of the most)."""

    label: str
    steps: Sequence[tuple[Bar, float]]
    most: int


@dataclass(frozen=True)
class Line:
    """Everything of the picture, and where the day stands."""

    terms: Sequence[Mark]
    rows: Sequence[Row]
    fillings: Sequence[Filling]
    meetings: Sequence[Mark]
    years: Sequence[tuple[int, str]]
    day: str


def draw(body: Body, tenures: Iterable[Tenure], meetings: Iterable[Meeting], day: date) -> Line | None:
    """The picture as known on the day; None before there is a term."""
    if not body.terms:
        return None
    true = [row for row in tenures if not row.voided_at]
    ends = [term.extended_until or term.planned_end_on for term in body.terms]
    axis = Axis([*(Period(term.starts_on, end) for term, end in zip(body.terms, ends, strict=True))], day)
    leading = [post for post in body.posts if post.principal or 0 < (post.seats or 0) <= FEW]
    return Line(
        [mark for term in reversed(body.terms) for mark in _of_term(axis, term, day)],
        [_row(axis, post, true) for post in leading],
        [_filling(axis, post, true, day) for post in body.posts if post not in leading],
        [_of_meeting(axis, row) for row in meetings],
        axis.years(10),
        axis.at(day),
    )


def _of_term(axis: Axis, term: Term, day: date) -> list[Mark]:
    """What was planned, and beside it the days beyond the plan."""
    due = term.extended_until or term.planned_end_on
    last = term.ends_on or max(day, due)
    words = f"{term.name}：{term.starts_on} 至 {term.ends_on or f'计划 {due}'}"
    marks = [Mark(axis.bar(Period(term.starts_on, min(last, term.planned_end_on))), term.name, words, "term")]
    if term.extended_until and last > term.planned_end_on:
        extended = Period(term.planned_end_on, min(last, term.extended_until))
        marks.append(Mark(axis.bar(extended), "", f"{term.name}经批准延期", "extended"))
    if last > due:
        marks.append(Mark(axis.bar(Period(due, last)), "", f"{term.name}届满未换届", "overdue"))
    return marks


def _row(axis: Axis, post: Post, tenures: Sequence[Tenure]) -> Row:
    """Each person's spells in the post joined where one follows the other."""
    mine = sorted((row for row in tenures if row.post_id == post.id), key=lambda row: row.person_id)
    spells = [
        (period, rows[0].person.name)
        for _key, group in groupby(mine, key=lambda row: row.person_id)
        if (rows := sorted(group, key=lambda row: row.starts_on))
        for period in joined([row.period for row in rows])
    ]
    lines: list[list[Mark]] = []
    ends: list[date | None] = []
    for period, name in sorted(spells, key=lambda spell: spell[0].starts_on):
        place = next((n for n, end in enumerate(ends) if end and end <= period.starts_on), len(ends))
        mark = Mark(
            axis.bar(period), name, f"{name}：{period.starts_on} 至 {period.ends_on or '今'}", "holder"
        )
        lines[place:place] = [[]] if place == len(lines) else []
        ends[place : place + 1] = [period.ends_on]
        lines[place].append(mark)
    return Row(post.name, lines)


def joined(periods: Iterable[Period], gap: int = 60) -> list[Period]:
    """Spells in order of beginning; those hardly apart, as between two 届, count as one."""
    found: list[Period] = []
    for period in periods:
        last = found[-1] if found else None
        if last and last.ends_on and (period.starts_on - last.ends_on).days <= gap:
            found[-1] = Period(last.starts_on, period.ends_on)
        else:
            found.append(period)
    return found


def _filling(axis: Axis, post: Post, tenures: Sequence[Tenure], day: date) -> Filling:
    mine = [row for row in tenures if row.post_id == post.id]
    turns = {row.starts_on for row in mine} | {row.ends_on for row in mine if row.ends_on} | {day}
    days = sorted(turn for turn in turns if turn <= day)
    counts = [sum(row.period.holds(turn) for row in mine) for turn in days]
    most = max([post.seats or 0, *counts])
    spans = [Period(first, last) for first, last in pairwise(days)]
    steps = [(axis.bar(span), count / most) for span, count in zip(spans, counts, strict=False) if count]
    return Filling(post.name, steps, most)


def _of_meeting(axis: Axis, meeting: Meeting) -> Mark:
    annulled = any(row.annulled_on for row in meeting.decisions)
    tone = "annulled" if annulled else "met" if meeting.quorate is not False else "short"
    words = f"{meeting.held_on} {meeting.name}" + ("（有决议已撤销）" if annulled else "")
    return Mark(Bar(axis.at(meeting.held_on), "0"), str(meeting.id), words, tone)
