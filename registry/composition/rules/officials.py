"""Of leading cadres (领导干部) who hold an office beside or after their own."""

from __future__ import annotations

from collections.abc import Callable

from registry.composition.facts import Holder, Official, Person
from registry.composition.rules.officers import older_than
from registry.composition.ruling import Case, rule
from registry.composition.verdicts import Verdict, everyone, not_applicable

_LACKING = "是否领导干部"
Fault = Callable[[Case, Person, list[Holder]], tuple[bool | None, str]]
"""Whether it is in order, None where that is unknown; and what is not."""


@rule("serving_officials")
def serving_officials(case: Case) -> Verdict:
    """Who serves has it in writing that he may."""
    return _judge(case, Official.SERVING, "现职领导干部", _unapproved)


@rule("retired_officials")
def retired_officials(case: Case) -> Verdict:
    """One society, so many terms, an age, in writing, and not 法定代表人."""
    return _judge(case, Official.RETIRED, "退（离）休领导干部", _beyond)


def _judge(case: Case, kind: Official, what: str, fault: Fault) -> Verdict:
    people = case.persons(case.seat.people)
    sides: dict[int, bool | None] = {}
    notes: dict[int, str] = {}
    for key, person in people.items():
        if person.official is None:
            sides[key] = None
        elif person.official is kind:
            sides[key], notes[key] = fault(case, person, _offices(case, key))
    if not sides:
        return not_applicable(f"在任的人里没有{what}")
    said = "合规 {good} 人，不合规 {bad} 人，身份不详 {unknown} 人"
    return everyone(sides, said, _LACKING, "补办这 {bad} 人的审批或备案，或请其辞去兼职", notes)


def _offices(case: Case, person_id: int) -> list[Holder]:
    return [row for row in case.seat.holders if row.person_id == person_id]


def _unapproved(_case: Case, _person: Person, held: list[Holder]) -> tuple[bool | None, str]:
    return all(row.approval.strip() for row in held), "没有登记兼职审批文号"


def _beyond(case: Case, person: Person, held: list[Holder]) -> tuple[bool | None, str]:
    """The first fault found, otherwise what is not known of it."""
    old = older_than(person, case.number("years"), case.day)
    served = sum(any(row.person_id == person.id for row in term.holders) for term in case.seat.body.terms)
    faults = {
        "没有登记兼职审批文号": not all(row.approval.strip() for row in held),
        f"超过 {case.number('years')} 周岁": old is True,
        f"已任 {served} 届": served > case.number("terms"),
        "任法定代表人": any(row.legal_representative for row in held),
        "另在其他学会任职": len({post.society_id for post in person.elsewhere or ()})
        >= case.number("societies"),
    }
    told = "、".join(words for words, found in faults.items() if found)
    if told:
        return False, told
    return (None if old is None or person.elsewhere is None else True), ""
