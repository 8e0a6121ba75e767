"""Of a body by itself: how many sit in it, which seats are empty, who stays too long."""

from __future__ import annotations

from collections import Counter
from datetime import date

from registry.composition.ruling import Case, rule
from registry.composition.verdicts import Verdict, everyone, not_applicable, plain, undetermined, within

_NOBODY = "没有在任的人"


@rule("size")
def size(case: Case) -> Verdict:
    """As many as the charter says, and an odd number where it says so."""
    number = len(case.seat.people)
    if not number:
        return undetermined("没有登记在任的人", "在任名单")
    low, high = (case.number(key) if case.parameters.get(key) else None for key in ("fewest", "most"))
    odd = str(case.parameters.get("odd", "")) in {"True", "1", "是"}
    met, best = within(number, low, high, odd=odd)
    step = f"增补 {best - number} 人" if best > number else f"减少 {number - best} 人"
    bounds = "、".join(words for words in _bounds(low, high, odd=odd) if words)
    said = f"在任 {number} 人，应为{bounds}"
    return plain(met, said, f"{step}，到 {best} 人", numerator=number, denominator=best)


def _bounds(low: int | None, high: int | None, *, odd: bool) -> list[str]:
    if low and high:
        return [f" {low}–{high} 人", "单数" if odd else ""]
    return [f"不少于 {low} 人" if low else "", f"不多于 {high} 人" if high else "", "单数" if odd else ""]


@rule("seats_filled")
def seats_filled(case: Case) -> Verdict:
    """No seat is empty."""
    posts = [post for post in case.seat.body.posts if post.seats]
    if not posts:
        return not_applicable("没有规定席位的职务")
    held = Counter(row.post_id for row in case.seat.holders)
    empty = {
        post.name: (post.seats or 0) - held[post.id] for post in posts if (post.seats or 0) > held[post.id]
    }
    seats = sum(post.seats or 0 for post in posts)
    filled = seats - sum(empty.values())
    listed = "、".join(f"{name} {many} 席" for name, many in empty.items())
    said = f"席位 {seats} 个，在任 {filled} 人" + (f"，空缺：{listed}" if empty else "")
    mend = f"补选 {sum(empty.values())} 人，或按章程减少席位"
    return plain(not empty, said, mend, numerator=filled, denominator=seats)


@rule("holding_over")
def holding_over(case: Case) -> Verdict:
    """Nobody is in office past the planned end of it; that of an extended term is the extension."""
    found = {row.person_id: _until(case, row.planned_end_on) for row in case.seat.holders}
    if not found:
        return not_applicable(_NOBODY)
    sides = {key: None if until is None else until > case.day for key, until in found.items()}
    ends = {until for until in found.values() if until is not None and until <= case.day}
    one = f"，应于 {min(ends)} 届满" if len(ends) == 1 else ""
    notes = {} if one else {key: f"应于 {until} 届满" for key, until in found.items()}
    said, mend = f"在任 {{all}} 人，超期在任 {{bad}} 人{one}", "为这 {bad} 人换届、续任，或登记离任"
    return everyone(sides, said, "计划届满日", mend, notes)


def _until(case: Case, planned: date | None) -> date | None:
    term = case.seat.term
    extended = term.extended_until if planned in {None, term.planned_end_on} else None
    return extended or planned or term.planned_end_on


@rule("supervisors_apart")
def supervisors_apart(case: Case) -> Verdict:
    """No 监事 sits in the 理事会 or 常务理事会, is 负责人, or keeps the society's money."""
    if not case.seat.people:
        return not_applicable(_NOBODY)
    council = case.council()
    if council is None or not council.people:
        return undetermined("没有在任的理事会名单可以对照", "理事会名单")
    others = [row for kind, row in case.snapshot.own.items() if kind in {"council", "standing"}]
    governing = {key: sitting.body.name for sitting in others for key in sitting.people}
    money = case.words("finance")
    keepers = {
        row.person_id: sitting.posts[row.post_id].name
        for sitting in case.snapshot.own.values()
        for row in sitting.holders
        if any(word in sitting.posts[row.post_id].name for word in money)
    }
    barred = governing | keepers
    sides: dict[int, bool | None] = {key: key not in barred for key in case.seat.people}
    notes = {key: f"兼任：{barred[key]}" for key in case.seat.people if key in barred}
    mend = "这 {bad} 人辞去两职之一"
    return everyone(sides, "监事 {all} 人，兼任理事、负责人或财务的 {bad} 人", "任职", mend, notes)
