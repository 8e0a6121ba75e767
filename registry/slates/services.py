"""A slate is begun, filled, and by one decision becomes a 届 with its officers, or is laid aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import queries as bodies
from registry.bodies.deciding import Decide, decide
from registry.bodies.founding import OpenTerm, close_term, open_term
from registry.bodies.many import appoint_all
from registry.bodies.models import Body, Post, Term
from registry.bodies.services import Appoint
from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.people.models import Person
from registry.slates import queries
from registry.slates.models import Candidate, Slate
from registry.societies.models import Society


@dataclass(frozen=True)
class Begin:
    """For which 届 of which body; with those who hold office now, or with nobody."""

    body_id: int
    ordinal: int
    starts_on: date
    planned_end_on: date
    label: str = ""
    from_term: bool = False


def begin(session: Session, society: Society, command: Begin, today: date, at: datetime) -> Slate:
    """A slate for a 届 that is not on record yet."""
    body = session.get(Body, command.body_id)
    if body is None or body.society_id != society.id:
        raise RuleBroken("请选本学会的机构", "body_id")
    _refuse_odd_term(body, command)
    facts = {key: value for key, value in vars(command).items() if key != "from_term"}
    slate = Slate(society_id=society.id, account_name=session.info["actor"].name, at=at, **facts)
    session.add(slate)
    session.flush()
    running = _running(body, today)
    if command.from_term and running is not None:
        held = bodies.open_tenures(session, running.id, today)
        add(session, slate, ((row.person_id, row.post_id) for row in held))
    return slate


def _running(body: Body, day: date) -> Term | None:
    return next((term for term in body.terms if term.period.holds(day)), None)


def _refuse_odd_term(body: Body, command: Begin) -> None:
    if command.ordinal < 1:
        raise RuleBroken("届次从 1 开始", "ordinal")
    if any(term.ordinal == command.ordinal for term in body.terms):
        raise RuleBroken("%(body)s已有第 %(ordinal)s 届", "ordinal", body=body.name, ordinal=command.ordinal)
    if command.planned_end_on <= command.starts_on:
        raise RuleBroken("计划届满日须晚于开始日期", "planned_end_on")
    if any(command.starts_on <= term.starts_on for term in body.terms):
        raise RuleBroken("须晚于本届开始的日期", "starts_on")


def refuse_closed(slate: Slate) -> None:
    """What was passed or laid aside is not edited."""
    if slate.closed_at is not None:
        raise RuleBroken("这份名单已经结束，不能再改")


def add(session: Session, slate: Slate, pairs: Iterable[tuple[int, int]]) -> int:
    """Put people (by person and post) on the slate; who stands there already is left; how many came."""
    refuse_closed(slate)
    known = {(row.person_id, row.post_id) for row in queries.candidates(session, slate)}
    coming = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    _refuse_foreign(session, slate, coming)
    for person_id, post_id in coming:
        place = {"society_id": slate.society_id, "slate_id": slate.id}
        session.add(Candidate(person_id=person_id, post_id=post_id, **place))
    session.flush()
    return len(coming)


def _refuse_foreign(session: Session, slate: Slate, pairs: Collection[tuple[int, int]]) -> None:
    posts = {post.id for post in slate.body.posts}
    if any(post_id not in posts for _person, post_id in pairs):
        raise RuleBroken("请选本机构的职务", "post_id")
    people = {person_id for person_id, _post in pairs}
    own = select(Person.id).where(Person.society_id == slate.society_id, Person.id.in_(people))
    if set(session.scalars(own)) != people:
        raise RuleBroken("请选本学会登记的人员", "person")


def move(session: Session, slate: Slate, row: Candidate, post_id: int, version: int | None) -> None:
    """Put up for another post."""
    refuse_closed(slate)
    if version is not None and version != row.version:
        raise Stale("", row.post.name, row.version)
    _refuse_foreign(session, slate, [(row.person_id, post_id)])
    standing = {(one.person_id, one.post_id) for one in queries.candidates(session, slate)}
    if post_id != row.post_id and (row.person_id, post_id) in standing:
        raise RuleBroken("%(name)s已在这个职务上", name=row.person.name)
    row.post_id = post_id
    session.flush()
    session.expire(row, ["post"])


def remove(session: Session, slate: Slate, row: Candidate) -> None:
    """Take off the slate."""
    refuse_closed(slate)
    session.delete(row)
    session.flush()


def pass_(session: Session, society: Society, slate: Slate, decision: Decide, at: datetime) -> Term:
    """The decision makes the slate the next 届: the running one ends, and all take office, as one act."""
    refuse_closed(slate)
    standing = queries.candidates(session, slate)
    if not standing:
        raise RuleBroken("名单上还没有人")
    _refuse_crowded(slate.body.posts, standing)
    under_way = act(session, "slate:pass", society.id, slate.name)
    running = _running(slate.body, slate.starts_on)
    if running is not None and running.ends_on is None:
        close_term(session, running, slate.starts_on)
    opening = OpenTerm(slate.ordinal, slate.starts_on, slate.planned_end_on)
    term = open_term(session, slate.body, opening)
    decided = decide(session, society, decision)
    appoint_all(session, society, [_office(slate, row, term, decided.id) for row in standing])
    slate.closed_at, slate.act_id = at, under_way.id
    session.flush()
    return term


def _office(slate: Slate, row: Candidate, term: Term, decision_id: int) -> Appoint:
    return Appoint(row.person_id, row.post_id, term.id, slate.starts_on, decision_id=decision_id)


def _refuse_crowded(posts: Iterable[Post], standing: Sequence[Candidate]) -> None:
    for post in posts:
        many = sum(row.post_id == post.id for row in standing)
        if post.seats is not None and many > post.seats:
            raise RuleBroken(
                "%(post)s有 %(seats)s 个席位，名单上有 %(many)s 人；请先调整",
                post=post.name,
                seats=post.seats,
                many=many,
            )


def reopen(session: Session, slate: Slate) -> None:
    """A slate whose act was taken back is a draft again."""
    slate.closed_at = slate.act_id = None
    session.flush()


def drop(session: Session, slate: Slate, at: datetime) -> None:
    """Lay the slate aside; it stays to be looked at."""
    refuse_closed(slate)
    slate.closed_at = at
    session.flush()


def note_paper(session: Session, society_id: int, title: str) -> None:
    """Journal that a list of candidates left the house."""
    act(session, "slate:print", society_id, title)
