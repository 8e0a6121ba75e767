"""What an office must satisfy before it is written; each refusal names who or what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.bodies import queries
from registry.bodies.models import Body, BodyKind, Post, Tenure, Term
from registry.core.errors import RuleBroken
from registry.core.periods import Period
from registry.core.sentences import Sentence
from registry.memberships.queries import member_on
from registry.people.models import Person


def spell(starts_on: date, ends_on: date | None) -> Period:
    """The days of an office; one that holds on no day is no office."""
    if ends_on is not None and ends_on <= starts_on:
        raise RuleBroken("离任日期须晚于任职日期；从未到任的请用“作废”", "ends_on")
    return Period(starts_on, ends_on)


def planned_end(starts_on: date, planned: date | None, term: Term) -> None:
    """A planned end of its own comes after the beginning; that of an overdue term may have passed."""
    if planned is not None and planned != term.planned_end_on and planned <= starts_on:
        raise RuleBroken("计划届满日须晚于任职日期", "planned_end_on")


def inside_term(period: Period, term: Term) -> None:
    """No day of the office lies outside its term."""
    if period.starts_on < term.starts_on or (term.ends_on and period.starts_on >= term.ends_on):
        raise RuleBroken("任职日期须在%(term)s之内", "starts_on", term=words(term))
    if not period.within(term.period):
        raise RuleBroken("离任日期须在%(term)s之内", "ends_on", term=words(term))


def words(term: Term) -> str:
    """第五届任期（2021-05-10 起）."""
    if term.ends_on is None:
        return Sentence("%(term)s任期（%(since)s 起）", term=term.name, since=term.starts_on)
    return Sentence(
        "%(term)s任期（%(since)s 至 %(until)s）", term=term.name, since=term.starts_on, until=term.ends_on
    )


def same_body(post: Post, term: Term) -> None:
    """Post and term belong together."""
    if post.body_id != term.body_id:
        raise RuleBroken("职务和届次不属于同一个机构", "post_id")


def is_member(session: Session, person: Person, body: Body, begun_by: str, day: date) -> None:
    """Officers are members on their first day; the hired and those of a 党组织 need not be."""
    if needs_membership(body, begun_by) and not member_on(session, body.society_id, person.id, day):
        raise RuleBroken(no_member(person, day), "person")


def needs_membership(body: Body, begun_by: str) -> bool:
    """All but the hired, and those of a 党组织."""
    return begun_by != "hired" and body.kind != BodyKind.PARTY


def no_member(person: Person, day: date) -> str:
    """Why somebody cannot hold an office."""
    return Sentence("%(name)s 在 %(day)s 不是本学会会员，不能担任（聘任除外）", name=person.name, day=day)


def post_is_free(session: Session, person_id: int, post: Post, period: Period, but_id: int = 0) -> None:
    """Nobody is twice in a post at a time, and no more people are in it than it has seats."""
    refuse_taken(person_id, post, period, queries.filling(session, post.id, period, but_id))


def refuse_taken(person_id: int, post: Post, period: Period, filling: Iterable[Tenure]) -> None:
    """As `post_is_free`, among the offices of the post that are known already."""
    others = [other for other in filling if other.period.overlaps(period)]
    for other in others:
        if other.person_id == person_id:
            raise RuleBroken(
                "%(name)s 已担任%(post)s（%(since)s）",
                "starts_on",
                name=other.person.name,
                post=post.name,
                since=since(other),
            )
    if post.seats is None:
        return
    for day in sorted(_turning_days(period, others)):
        holders = [other for other in others if other.period.holds(day)]
        if len(holders) >= post.seats:
            raise RuleBroken(_taken(post, holders), "post_id")


def seats_suffice(session: Session, post: Post, seats: int | None) -> None:
    """No day on which more people hold the post than it is to have seats."""
    ever = Period(date.min)
    rows = queries.filling(session, post.id, ever) if seats is not None else []
    for day in _turning_days(ever, rows):
        holders = [row for row in rows if row.period.holds(day)]
        if seats is not None and len(holders) > seats:
            raise RuleBroken(
                "%(day)s 有 %(n)s 人同时担任%(post)s，席位不能少于此数",
                "seats",
                day=day,
                n=len(holders),
                post=post.name,
            )


def _turning_days(period: Period, others: Iterable[Tenure]) -> set[date]:
    """The days within the period on which the number of holders can have grown."""
    return {period.starts_on, *(other.starts_on for other in others if period.holds(other.starts_on))}


def _taken(post: Post, holders: Sequence[Tenure]) -> str:
    if len(holders) == 1:
        one = holders[0]
        return Sentence(
            "%(post)s已由 %(name)s 担任（%(since)s）", post=post.name, name=one.person.name, since=since(one)
        )
    names = "、".join(f"{row.person.name}（{since(row)}）" for row in holders)
    return Sentence(
        "%(post)s的 %(seats)s 个席位已满：%(names)s", post=post.name, seats=post.seats, names=names
    )


def since(row: Tenure) -> str:
    """2021-05-10 起, or both ends."""
    if row.ends_on is None:
        return Sentence("%(since)s 起", since=row.starts_on)
    return Sentence("%(since)s 至 %(until)s", since=row.starts_on, until=row.ends_on)


def a_reason(why: str) -> None:
    """Corrections and annulments say why."""
    if not why.strip():
        raise RuleBroken("请写明原因；它会记入日志", "why")
