"""Bodies, terms and posts come into being; offices are given, ended, corrected, voided, and never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import queries, rules
from registry.bodies.models import BEGUN, ENDED, TENURE_STATES, Body, BodyKind, Decision, Post, Tenure, Term
from registry.core.errors import RuleBroken, Stale
from registry.core.periods import Period
from registry.journal.services import act
from registry.people.models import Person
from registry.societies.models import Branch, Society


@dataclass(frozen=True)
class Establish:
    """A body of the society, or of one branch."""

    kind: BodyKind
    name: str
    starts_on: date
    branch_id: int | None = None


@dataclass(frozen=True)
class AddPost:
    """A post with its seats (None = any number); `principal` = 负责人."""

    code: str
    name: str
    rank: int
    seats: int | None = None
    principal: bool = False


@dataclass(frozen=True)
class OpenTerm:
    """A term (届); one that is over already comes with its end."""

    ordinal: int
    starts_on: date
    planned_end_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Decide:
    """What a meeting decided, with those entitled and those present where counted."""

    meeting: str
    decided_on: date
    text: str = ""
    entitled: int | None = None
    present: int | None = None
    body_id: int | None = None


@dataclass(frozen=True)
class Appoint:
    """An office as it is given; without a planned end of its own it has that of the term.

    A `decision` is kept together with the office; `decision_id` names one already on record.
    """

    person_id: int
    post_id: int
    term_id: int
    starts_on: date
    begun_by: str = "elected"
    planned_end_on: date | None = None
    full_time: bool | None = None
    legal_representative: bool = False
    nominated_by: str = ""
    filing: str = ""
    decision_id: int | None = None
    decision: Decide | None = None


@dataclass(frozen=True)
class EndTenure:
    """`on` is the first day that the office is no longer held."""

    on: date
    ended_by: str
    decision_id: int | None = None
    decision: Decide | None = None
    version: int | None = None


@dataclass(frozen=True)
class CorrectTenure:
    """The office as it should have stood, and why."""

    post_id: int
    starts_on: date
    planned_end_on: date | None
    ends_on: date | None
    begun_by: str
    ended_by: str | None
    full_time: bool | None
    legal_representative: bool
    nominated_by: str
    filing: str
    decision_id: int | None
    why: str
    version: int | None = None
    decision: Decide | None = None


def establish(session: Session, society: Society, command: Establish) -> Body:
    """A body; a committee belongs to a branch, every other kind to the society itself."""
    name = _named(command.name)
    _refuse_misplaced(session, society, command)
    taken = select(Body.id).where(Body.society_id == society.id, Body.name == name, Body.ends_on.is_(None))
    if session.scalars(taken).first() is not None:
        raise RuleBroken(f"已有机构叫“{name}”", "name")
    act(session, "body:establish", society.id)
    body = Body(society_id=society.id, **{**vars(command), "name": name})
    session.add(body)
    session.flush()
    return body


def _refuse_misplaced(session: Session, society: Society, command: Establish) -> None:
    branch = session.get(Branch, command.branch_id) if command.branch_id else None
    if branch is not None and branch.society_id != society.id:
        raise RuleBroken("请选本学会的分支机构", "branch_id")
    if command.kind == BodyKind.COMMITTEE and branch is None:
        raise RuleBroken("请选这个委员会所属的分支机构", "branch_id")
    if command.kind != BodyKind.COMMITTEE and branch is not None:
        raise RuleBroken("只有分支机构委员会属于某个分支机构", "branch_id")


def add_post(session: Session, body: Body, command: AddPost) -> Post:
    """A post of the body; without a code it gets one."""
    name = _named(command.name)
    if command.seats is not None and command.seats < 1:
        raise RuleBroken("席位数至少为 1；不限请留空", "seats")
    posts = session.scalars(select(Post).where(Post.body_id == body.id)).all()
    if any(post.name == name for post in posts):
        raise RuleBroken(f"{body.name}已有职务“{name}”", "name")
    if any(post.code == command.code for post in posts):
        raise RuleBroken(f"{body.name}已有代码“{command.code}”", "code")
    act(session, "post:add", body.society_id)
    code = command.code or f"p{len(posts) + 1:02d}"
    post = Post(society_id=body.society_id, body_id=body.id, **{**vars(command), "name": name, "code": code})
    session.add(post)
    session.flush()
    return post


def open_term(session: Session, body: Body, command: OpenTerm) -> Term:
    """The body's next term; two terms never run at once."""
    _refuse_odd_term(body, command)
    terms = session.scalars(select(Term).where(Term.body_id == body.id)).all()
    period = Period(command.starts_on, command.ends_on)
    for other in terms:
        if other.ordinal == command.ordinal:
            raise RuleBroken(f"{body.name}已有{other.name}", "ordinal")
        if other.period.overlaps(period):
            hint = "" if other.ends_on else "；请先在该届页面办理“本届结束”"
            raise RuleBroken(f"与{rules.words(other)}重叠{hint}", "starts_on")
    act(session, "term:open", body.society_id)
    term = Term(society_id=body.society_id, body_id=body.id, **vars(command))
    session.add(term)
    session.flush()
    return term


def _refuse_odd_term(body: Body, command: OpenTerm) -> None:
    if command.ordinal < 1:
        raise RuleBroken("届次从 1 开始", "ordinal")
    if command.planned_end_on <= command.starts_on:
        raise RuleBroken("计划届满日须晚于开始日期", "planned_end_on")
    if command.ends_on is not None and command.ends_on <= command.starts_on:
        raise RuleBroken("结束日期须晚于开始日期", "ends_on")
    if command.starts_on < body.starts_on:
        raise RuleBroken(f"不能早于机构成立的日期 {body.starts_on}", "starts_on")


def close_term(session: Session, term: Term, on: date, version: int | None = None) -> Term:
    """The term ends, and with it (届满) every office in it that has not ended before."""
    _refuse_stale(term, version, rules.words(term))
    if term.ends_on is not None:
        raise RuleBroken(f"{term.name}已于 {term.ends_on} 结束", "on")
    if on <= term.starts_on:
        raise RuleBroken(f"结束日期须晚于开始日期 {term.starts_on}", "on")
    remaining = queries.open_tenures(session, term.id, on)
    for row in remaining:
        if row.starts_on >= on:
            raise RuleBroken(
                f"{row.person.name} 的{row.post.name}自 {row.starts_on} 才开始，请先更正或作废", "on"
            )
    act(session, "term:close", term.society_id)
    for row in remaining:
        row.ends_on, row.ended_by = on, "term"
    session.flush()
    term.ends_on = on
    session.flush()
    return term


def decide(session: Session, society: Society, command: Decide) -> Decision:
    """Keep what a meeting decided; the same meeting on the same day is one decision."""
    if not command.meeting.strip():
        raise RuleBroken("请写会议名称", "meeting")
    known = queries.decision_like(session, society.id, command.meeting.strip(), command.decided_on)
    if known is not None:
        return known
    act(session, "decision:record", society.id)
    decision = Decision(society_id=society.id, **{**vars(command), "meeting": command.meeting.strip()})
    session.add(decision)
    session.flush()
    return decision


def appoint(session: Session, society: Society, command: Appoint) -> Tenure:
    """Give an office from a day on; in a term that is over it ends with the term."""
    person, post, term = _parts(session, society, command.person_id, command.post_id, command.term_id)
    rules.same_body(post, term)
    period = rules.spell(command.starts_on, term.ends_on)
    rules.inside_term(period, term)
    rules.is_member(session, person, term.body, command.begun_by, command.starts_on)
    rules.post_is_free(session, person.id, post, period)
    act(session, "tenure:appoint", society.id)
    tenure = Tenure(society_id=society.id, person=person, post=post, term=term, **_facts(command))
    tenure.decision_id = _decision_id(session, society, command)
    tenure.planned_end_on = command.planned_end_on or term.planned_end_on
    tenure.ends_on, tenure.ended_by = term.ends_on, "term" if term.ends_on else None
    session.add(tenure)
    session.flush()
    return tenure


def _facts(command: Appoint | CorrectTenure) -> dict[str, Any]:
    """The columns that a command speaks of."""
    asides = {"why", "version", "decision", "decision_id", "post_id", "person_id", "term_id"}
    return {key: value for key, value in vars(command).items() if key not in asides}


def _decision_id(
    session: Session, society: Society, command: Appoint | EndTenure | CorrectTenure
) -> int | None:
    if command.decision is None:
        return command.decision_id
    return decide(session, society, command.decision).id


def _parts(
    session: Session, society: Society, person_id: int, post_id: int, term_id: int
) -> tuple[Person, Post, Term]:
    """All three of the society; the post stays locked, so that nobody else counts its seats meanwhile."""
    person, term = session.get(Person, person_id), session.get(Term, term_id)
    post = session.get(Post, post_id, with_for_update=True)
    if person is None or person.society_id != society.id:
        raise RuleBroken("请选本学会登记的人员", "person")
    if post is None or term is None or {post.society_id, term.society_id} != {society.id}:
        raise RuleBroken("请选本机构的职务", "post_id")
    return person, post, term


def end(session: Session, tenure: Tenure, command: EndTenure) -> Tenure:
    """The office ends; one bound to end with its term may end before."""
    _refuse_stale(tenure, command.version, words(tenure))
    _refuse_voided(tenure)
    if tenure.ends_on is not None and (tenure.ended_by != "term" or command.on >= tenure.ends_on):
        ended = ENDED.get(tenure.ended_by or "", "离任")
        raise RuleBroken(f"已于 {tenure.ends_on} {ended}；如有错误请用“更正”", "on")
    if command.on <= tenure.starts_on:
        raise RuleBroken(f"离任日期须晚于任职日期 {tenure.starts_on}；从未到任的请用“作废”", "on")
    act(session, "tenure:end", tenure.society_id)
    tenure.ends_on, tenure.ended_by = command.on, command.ended_by
    society = session.get_one(Society, tenure.society_id)
    tenure.end_decision_id = _decision_id(session, society, command)
    session.flush()
    return tenure


def correct(session: Session, tenure: Tenure, command: CorrectTenure) -> Tenure:
    """Set right what was wrong, ended offices too; the rules hold as for a new one."""
    _refuse_stale(tenure, command.version, words(tenure), _differences(tenure, command))
    _refuse_voided(tenure)
    rules.a_reason(command.why)
    if (command.ends_on is None) != (command.ended_by is None):
        raise RuleBroken("离任日期和原因要么都填，要么都不填", "ended_by")
    period = rules.spell(command.starts_on, command.ends_on)
    society = session.get_one(Society, tenure.society_id)
    person, post, term = _parts(session, society, tenure.person_id, command.post_id, tenure.term_id)
    rules.same_body(post, term)
    rules.inside_term(period, term)
    rules.is_member(session, person, term.body, command.begun_by, command.starts_on)
    rules.post_is_free(session, person.id, post, period, tenure.id)
    act(session, "tenure:correct", tenure.society_id, command.why)
    for key, value in _facts(command).items():
        setattr(tenure, key, value)
    tenure.post, tenure.decision_id = post, _decision_id(session, society, command)
    session.flush()
    return tenure


def void(session: Session, tenure: Tenure, why: str, version: int | None = None) -> Tenure:
    """It was never true: it counts on no day, and stays on record with the reason."""
    _refuse_stale(tenure, version, words(tenure))
    _refuse_voided(tenure)
    rules.a_reason(why)
    act(session, "tenure:void", tenure.society_id, why)
    tenure.voided_at, tenure.void_reason = datetime.now(UTC), why.strip()[:200]
    session.flush()
    return tenure


def words(tenure: Tenure) -> str:
    """The office as it stands, for the one who typed against an older state."""
    if tenure.voided_at:
        return f"{tenure.post.name} {TENURE_STATES['voided']}"
    ended = f" {ENDED.get(tenure.ended_by or '', '')}".rstrip() if tenure.ends_on else ""
    return f"{tenure.post.name} {rules.since(tenure)}{ended}"


def _differences(tenure: Tenure, command: CorrectTenure) -> dict[str, tuple[str, str]]:
    """By field what was typed and what stands, where they differ, as people read them."""
    pairs = {key: (getattr(command, key), getattr(tenure, key)) for key in _facts(command)}
    return {key: (_shown(mine), _shown(theirs)) for key, (mine, theirs) in pairs.items() if mine != theirs}


def _shown(value: Any) -> str:
    words = {None: "—", "": "—", True: "是", False: "否"}
    return str(words.get(value) or BEGUN.get(value) or ENDED.get(value) or value)


def _refuse_stale(
    row: Tenure | Term,
    version: int | None,
    theirs: str,
    both: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    if version is not None and version != row.version:
        raise Stale("", theirs, row.version, both)


def _refuse_voided(tenure: Tenure) -> None:
    if tenure.voided_at:
        raise RuleBroken("这条任职已作废")


def _named(name: str) -> str:
    if not name.strip():
        raise RuleBroken("名称不能为空", "name")
    return name.strip()
