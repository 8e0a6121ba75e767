"""Of the make-up of a council: whether a share rises, is too large, or is there at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from registry.composition.facts import Person
from registry.composition.rules.officers import older_than
from registry.composition.ruling import Case, rule
from registry.composition.snapshot import Sitting
from registry.composition.verdicts import (
    Sides,
    Verdict,
    at_least,
    at_most,
    not_applicable,
    rises,
    undetermined,
)

_EMPTY = "没有在任的人"
Side = Callable[[Person, Sitting], bool | None]


@rule("grassroots_rises")
def grassroots_rises(case: Case) -> Verdict:
    """基层一线 make up a larger part than in the term before."""
    return _rises(case, "基层一线", "是否基层一线", lambda person, _sitting: person.grassroots)


@rule("young_rises")
def young_rises(case: Case) -> Verdict:
    """中青年 make up a larger part, each 届 taken by the ages on its first day."""
    years = case.number("years") + 1

    def side(person: Person, sitting: Sitting) -> bool | None:
        old = older_than(person, years, sitting.term.starts_on)
        return None if old is None else not old

    return _rises(case, f"{years - 1} 岁及以下", "出生日期", side)


def _rises(case: Case, what: str, lacking: str, side: Side) -> Verdict:
    if not case.seat.people:
        return not_applicable(_EMPTY)
    if case.seat.term.ordinal == 1:
        return not_applicable("这是第一届，没有上届可比")
    before = case.snapshot.previous(case.seat)
    if before is None or not before.people:
        return undetermined("没有上届名单可比", "上届名单")
    now, past = (_sides(case, sitting, side) for sitting in (case.seat, before))
    return rises(now, past, what, lacking)


def _sides(case: Case, sitting: Sitting, side: Side) -> Sides:
    return {key: side(case.person(key), sitting) for key in sitting.people}


@rule("employer_share")
def employer_share(case: Case) -> Verdict:
    """No employer has more than its share of the council."""
    people = case.persons(case.seat.people)
    if not people:
        return not_applicable(_EMPTY)
    bound: Fraction = case.share("most")
    ranked = Counter(person.employer for person in people.values() if person.employer).most_common(1)
    largest = ranked[0][0] if ranked else ""
    sides = {key: person.employer == largest if person.employer else None for key, person in people.items()}
    said = f"同一单位最多 {{many}} 人（{largest or '不详'}），在任 {{whole}} 人，最多可 {{most}} 人"
    mend = f"{largest}减少 {{many}} 人"
    return at_most(sides, len(people), bound, said, "工作单位", mend)


@rule("women")
def women(case: Case) -> Verdict:
    """There are women in the council."""
    return _some(case, "女性", "性别", lambda person: _equals(person.sex, {"F"}))


@rule("beyond_mainland")
def beyond_mainland(case: Case) -> Verdict:
    """There are scientists from Hong Kong, Macao, Taiwan or abroad."""
    afar = {"HK", "MO", "TW", "XX"}
    return _some(case, "港澳台和外籍科学家", "地区", lambda person: _equals(person.region, afar))


def _equals(value: str | None, wanted: set[str]) -> bool | None:
    return None if value is None else value in wanted


def _some(case: Case, what: str, lacking: str, side: Callable[[Person], bool | None]) -> Verdict:
    people = case.persons(case.seat.people)
    if not people:
        return not_applicable(_EMPTY)
    sides = {key: side(person) for key, person in people.items()}
    said = f"{what} {{many}} 人，在任 {{all}} 人"
    return at_least(sides, case.number("fewest"), said, lacking, f"再吸收 {{many}} 名{what}")
