"""Of terms: how long, whether the next is due, and how much changes within one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

from registry.composition.facts import Term
from registry.composition.ruling import Case, rule
from registry.composition.verdicts import Verdict, not_applicable, plain, undetermined


def years_after(day: date, years: int) -> date:
    """The same day so many years on; of a 29 February the day after."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@rule("term_length")
def term_length(case: Case) -> Verdict:
    """No term is planned for longer than the charter allows."""
    term, years = case.seat.term, case.number("years")
    if term.planned_end_on is None:
        return undetermined("本届计划届满日不详", "本届计划届满日")
    latest = years_after(term.starts_on, years)
    said = f"{term.name}自 {term.starts_on} 至 {term.planned_end_on}，{years} 年应到 {latest} 为止"
    over = (term.planned_end_on - latest).days
    return plain(over <= 0, said, f"计划届满日提前 {over} 天，到 {latest}", numerator=max(over, 0))


@rule("turnover")
def turnover(case: Case) -> Verdict:
    """换届 is held in time; early or late only with approval, and not by more than the years allowed."""
    term, years = case.seat.term, case.number("years")
    if term.planned_end_on is None:
        return undetermined("本届计划届满日不详", "本届计划届满日")
    latest, due = years_after(term.planned_end_on, years), term.due_on or term.planned_end_on
    if term.extended_until and term.extended_until > latest:
        said = f"延期到 {term.extended_until}，最迟可到 {latest}"
        return plain(False, said, f"在 {latest} 之前换届", numerator=(term.extended_until - latest).days)
    if case.day >= due:
        late = (case.day - due).days
        said = f"应于 {due} 换届，已过 {late} 天"
        return plain(False, said, f"召开会议换届；延期须经批准，最迟到 {latest}", numerator=late)
    if term.extended_until and not term.extension_approval.strip():
        return undetermined(f"延期到 {term.extended_until}，没有登记批准", "延期的批准文号")
    return _begun_in_time(case, term, years, due)


def _begun_in_time(case: Case, term: Term, years: int, due: date) -> Verdict:
    """The term before was not cut short by more than the years, either."""
    before = next((row for row in case.seat.body.terms if row.ordinal == term.ordinal - 1), None)
    planned = before.planned_end_on if before else None
    early = bool(planned and years_after(term.starts_on, years) < planned)
    said = f"应于 {due} 换届，还有 {(due - case.day).days} 天"
    if early:
        said = f"上届应于 {planned} 届满，本届 {term.starts_on} 已开始，提前超过 {years} 年"
    return plain(not early, said, "补办提前换届的批准，或更正届期", numerator=0)


@rule("changes_within_term")
def changes_within_term(case: Case) -> Verdict:
    """Of those who were elected at the beginning only so many are changed within the term."""
    sitting, bound = case.seat, case.share("most")
    first = sitting.term.starts_on
    original = {row.person_id for row in sitting.term.holders if row.holds(first)}
    if not original:
        return undetermined("没有登记本届开始时的名单", "本届开始时的名单")
    now = set(sitting.people)
    left = tuple(sorted(original - now))
    added = tuple(sorted(now - original))
    changed, most = max(len(left), len(added)), floor(len(original) * bound)
    said = (
        f"本届开始时 {len(original)} 人，离任 {len(left)} 人、增补 {len(added)} 人，"
        f"按较多者 {changed} 人计，最多 {most} 人"
    )
    mend = f"超出 {changed - most} 人，应提前换届，或由会员（代表）大会确认"
    whole, people = len(original), left + added
    return plain(changed <= most, said, mend, numerator=changed, denominator=whole, against=people)


@rule("standing_share")
def standing_share(case: Case) -> Verdict:
    """The 常务理事 are a part of the 理事, not most of them."""
    council = case.council()
    if council is None or not council.people:
        return undetermined("没有在任的理事会名单", "理事会名单")
    return _part(len(case.seat.people), len(council.people), case.share("most"), "常务理事", "理事")


@rule("principals_share")
def principals_share(case: Case) -> Verdict:
    """The 负责人 are a part of the council."""
    if not case.seat.people:
        return undetermined("没有在任的理事会名单", "理事会名单")
    found = case.principals()
    if not found:
        return not_applicable("没有在任的理事长、副理事长或秘书长")
    return _part(len(found), len(case.seat.people), case.share("most"), "负责人", "理事")


@rule("council_of_members")
def council_of_members(case: Case) -> Verdict:
    """The council is a part of those who elect it: of the delegates, or of all members."""
    many = len(case.seat.people)
    if not many:
        return undetermined("没有在任的理事会名单", "理事会名单")
    assembly = case.snapshot.own.get("assembly")
    delegates = len(assembly.people) if assembly else 0
    counts = case.snapshot.counts
    if not delegates and (counts.persons is None or counts.units is None):
        return undetermined("没有会员代表名单，会员数也不详", "会员数或会员代表名单")
    whole = delegates or (counts.persons or 0) + (counts.units or 0)
    return _part(many, whole, case.share("most"), "理事", "会员代表" if delegates else "会员")


def _part(many: int, whole: int, bound: Fraction, part: str, of: str) -> Verdict:
    most = floor(whole * bound)
    said = f"{part} {many} 人，{of} {whole} 人，最多 {most} 人"
    grown = -(-many * bound.denominator // bound.numerator)
    mend = f"{part}减少 {many - most} 人，或{of}增加到 {grown} 人"
    return plain(many <= most, said, mend, numerator=many, denominator=whole)
