"""Of the 负责人: age, terms in a row, full time, and that each stands on the rank below."""

from __future__ import annotations

from datetime import date

from registry.composition.facts import Duty, Holder, Person
from registry.composition.ruling import Case, rule
from registry.composition.verdicts import Verdict, everyone, not_applicable, plain, undetermined
from registry.core.ages import age_words

NOBODY = "没有在任的理事长、副理事长或秘书长"
_BIRTH = "出生日期"


def older_than(person: Person, years: int, day: date) -> bool | None:
    """The birthday of so many years has passed by the day; None where the birth leaves it open."""
    if person.birth is None:
        return None
    first, last = (_anniversary(birth, years) for birth in (person.birth.first, person.birth.last))
    return True if day > last else None if day > first else False


def _anniversary(birth: date, years: int) -> date:
    """On the first of March for those born on a 29 February."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def _ages(case: Case, ids: list[int], day: date) -> dict[int, str]:
    words = {key: age_words(case.person(key).birth, day) for key in ids}
    return {key: f"{age} 周岁" for key, age in words.items() if age}


@rule("retirement_age")
def retirement_age(case: Case) -> Verdict:
    """Nobody is older than the charter lets them be."""
    found = list(case.principals())
    if not found:
        return not_applicable(NOBODY)
    years = case.number("years")
    over = {key: older_than(case.person(key), years, case.day) for key in found}
    sides = {key: None if old is None else not old for key, old in over.items()}
    said = f"负责人 {{all}} 人，超过 {years} 周岁的 {{bad}} 人"
    mend = "这 {bad} 人离任，或按章程办理超龄任职的批准"
    return everyone(sides, said, _BIRTH, mend, _ages(case, found, case.day))


@rule("retirement_ahead")
def retirement_ahead(case: Case) -> Verdict:
    """Nobody who is not too old yet will be before the term is due."""
    due, years = case.seat.term.due_on, case.number("years")
    found = [key for key in case.principals() if older_than(case.person(key), years, case.day) is not True]
    if due is None:
        return undetermined("本届计划届满日不详，无法推算", "本届计划届满日")
    if not found or due <= case.day:
        return not_applicable("没有会在本届内到龄的负责人" if due > case.day else "本届已届满")
    over = {key: older_than(case.person(key), years, due) for key in found}
    sides = {key: None if old is None else not old for key, old in over.items()}
    said = f"到 {due} 届满时，未到龄的负责人 {{all}} 人中有 {{bad}} 人将超过 {years} 周岁"
    return everyone(sides, said, _BIRTH, "为这 {bad} 人预备接任人选", _ages(case, found, due))


@rule("consecutive_terms")
def consecutive_terms(case: Case) -> Verdict:
    """The same duty in so many terms in a row and no more; those who are hired are exempt."""
    found = {
        key: (row, duty)
        for key, (row, duty) in case.principals().items()
        if not (duty is Duty.SECRETARY and row.begun_by == "hired")
    }
    if not found:
        return not_applicable(NOBODY)
    limit = case.number("terms")
    spans = {key: _in_a_row(case, key, duty) for key, (_row, duty) in found.items()}
    sides = {key: _allowed(served, whole, limit) for key, (served, whole) in spans.items()}
    notes = {key: f"同一职务已连续 {served} 届" for key, (served, _whole) in spans.items()}
    said = f"选任的负责人 {{all}} 人，同一职务连续超过 {limit} 届的 {{bad}} 人"
    mend = "这 {bad} 人不再担任原职，或按章程经批准延长"
    return everyone(sides, said, "以前各届的任职", mend, notes)


def _in_a_row(case: Case, person_id: int, duty: Duty) -> tuple[int, bool]:
    """In how many terms up to this one, and whether the record goes back far enough to know."""
    terms = {term.ordinal: term for term in case.seat.body.terms}
    posts = {post.id for post in case.seat.body.posts if post.duty is duty}
    ordinal = case.seat.term.ordinal
    while ordinal in terms and any(_held(row, person_id, posts) for row in terms[ordinal].holders):
        ordinal -= 1
    return case.seat.term.ordinal - ordinal, ordinal in terms or ordinal < 1


def _held(row: Holder, person_id: int, posts: set[int]) -> bool:
    return row.person_id == person_id and row.post_id in posts


def _allowed(served: int, whole: bool, limit: int) -> bool | None:
    if served > limit:
        return False
    return True if whole else None


@rule("secretary_full_time")
def secretary_full_time(case: Case) -> Verdict:
    """The 秘书长 does nothing else."""
    found = {key: row for key, (row, duty) in case.principals().items() if duty is Duty.SECRETARY}
    if not found:
        return not_applicable("没有在任的秘书长")
    sides = {key: row.full_time for key, row in found.items()}
    said = "秘书长 {all} 人，专职 {good} 人"
    return everyone(sides, said, "专职或兼职", "秘书长改为专职，或改聘一名专职秘书长")


@rule("legal_representative")
def legal_representative(case: Case) -> Verdict:
    """One person acts for the society in law, and for no other society."""
    sittings = case.snapshot.own.values()
    if not sittings:
        return not_applicable("没有在任的机构")
    found = {row.person_id for sitting in sittings for row in sitting.holders if row.legal_representative}
    if not found:
        return undetermined("没有登记由谁任法定代表人", "法定代表人", mend="在任职里注明法定代表人")
    if len(found) > 1:
        mend = f"只留 1 人，更正其余 {len(found) - 1} 人的任职"
        return plain(False, f"登记了 {len(found)} 名法定代表人", mend, against=tuple(sorted(found)))
    (key,) = found
    known = case.person(key).elsewhere
    sides = {key: None if known is None else not any(post.legal_representative for post in known)}
    said = "法定代表人 {all} 人，同一证件在另一学会也是法定代表人的 {bad} 人"
    return everyone(sides, said, "身份证件", "核实后，辞去其中一个学会的法定代表人")


@rule("posts_elsewhere")
def posts_elsewhere(case: Case) -> Verdict:
    """No 负责人 is one in more than so many other societies."""
    found = list(case.principals())
    if not found:
        return not_applicable(NOBODY)
    most = case.number("most")
    sides = {key: _few_elsewhere(case.person(key), most) for key in found}
    said = f"负责人 {{all}} 人，另在 {most} 个以上学会任负责人的 {{bad}} 人，无从核对的 {{unknown}} 人"
    if most == 0:
        said = "负责人 {all} 人，同一证件在另一学会也任负责人的 {bad} 人，无从核对的 {unknown} 人"
    return everyone(sides, said, "身份证件", "向这 {bad} 人核实在其他学会的任职")


def _few_elsewhere(person: Person, most: int) -> bool | None:
    if person.elsewhere is None:
        return None
    return len({post.society_id for post in person.elsewhere if post.principal}) <= most


@rule("rank_chain")
def rank_chain(case: Case) -> Verdict:
    """副理事长 ⊂ 常务理事 ⊂ 理事; who is hired stands outside of it."""
    kind = case.seat.body.kind
    below = case.council() if kind == "standing" else case.snapshot.own.get("standing")
    if kind == "standing":
        found = list(case.seat.people)
    else:
        found = [key for key, (row, _duty) in case.principals().items() if row.begun_by != "hired"]
    if not found:
        return not_applicable("没有在任的人")
    if below is None or not below.people:
        named = "理事会" if kind == "standing" else "常务理事会"
        return undetermined(f"没有在任的{named}名单可以对照", f"{named}名单")
    there = set(below.people)
    sides: dict[int, bool | None] = {key: key in there for key in found}
    said = f"{{all}} 人中有 {{bad}} 人不在{below.body.name}"
    return everyone(sides, said, "下一级任职", f"把这 {{bad}} 人补选进{below.body.name}，或免去现职")


@rule("good_standing")
def good_standing(case: Case) -> Verdict:
    """Who is in office is a member; the hired need not be."""
    found = {row.person_id for row in case.seat.holders if row.begun_by != "hired"}
    if not found:
        return not_applicable("没有在任的人")
    ordered = [key for key in case.seat.people if key in found]
    sides: dict[int, bool | None] = {key: _stands(case, key) for key in ordered}
    return everyone(
        sides, "在任 {all} 人（不计聘任），其中 {bad} 人不是在会会员", "会籍", "这 {bad} 人先入会，或者离任"
    )


def _stands(case: Case, person_id: int) -> bool | None:
    """A person of a draft may not be on the roster at all: then nobody knows."""
    person = case.person(person_id)
    return person.member_on(case.day) if person.belongs is not None else None
