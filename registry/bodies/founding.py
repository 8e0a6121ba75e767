"""Bodies, their posts and terms come into being; a term ends with all its offices, a body with its term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import queries, rules
from registry.bodies.models import Body, BodyKind, Post, Term
from registry.core.errors import RuleBroken, Stale
from registry.core.periods import Period
from registry.journal.services import act
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
class ExtendTerm:
    """The approval by which a term goes on beyond its planned end (延期换届)."""

    until: date
    approval: str
    version: int | None = None


def establish(session: Session, society: Society, command: Establish) -> Body:
    """A body; a committee belongs to a branch, every other kind to the society itself."""
    name = _named(command.name)
    _refuse_misplaced(session, society, command)
    taken = select(Body.id).where(Body.society_id == society.id, Body.name == name, Body.ends_on.is_(None))
    if session.scalars(taken).first() is not None:
        raise RuleBroken("已有机构叫“%(name)s”", "name", name=name)
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
    posts = _refuse_odd_post(session, body.id, command, None)
    if any(post.code == command.code for post in posts):
        raise RuleBroken("%(body)s已有代码“%(code)s”", "code", body=body.name, code=command.code)
    act(session, "post:add", body.society_id)
    facts = {**vars(command), "name": command.name.strip(), "code": command.code or f"p{len(posts) + 1:02d}"}
    post = Post(society_id=body.society_id, body_id=body.id, **facts)
    session.add(post)
    session.flush()
    session.expire(body, ["posts"])
    return post


def edit_post(session: Session, post: Post, command: AddPost, version: int | None = None) -> Post:
    """Set name, order and seats right; seats that are taken cannot be taken away."""
    if version is not None and version != post.version:
        theirs = f"{post.name}，{post.seats or '不限'} 席"
        raise Stale(command.name, theirs, post.version)
    _refuse_odd_post(session, post.body_id, command, post.id)
    rules.seats_suffice(session, post, command.seats)
    act(session, "post:edit", post.society_id)
    post.name, post.rank = command.name.strip(), command.rank
    post.seats, post.principal = command.seats, command.principal
    session.flush()
    return post


def _refuse_odd_post(session: Session, body_id: int, command: AddPost, but_id: int | None) -> Sequence[Post]:
    name = _named(command.name)
    if command.seats is not None and command.seats < 1:
        raise RuleBroken("席位数至少为 1；不限请留空", "seats")
    posts = session.scalars(select(Post).where(Post.body_id == body_id)).all()
    if any(post.name == name and post.id != but_id for post in posts):
        raise RuleBroken("这个机构已有职务“%(name)s”", "name", name=name)
    return posts


def open_term(session: Session, body: Body, command: OpenTerm) -> Term:
    """The body's next term, or one that was withdrawn, anew; two terms never run at once."""
    _refuse_odd_term(body, command)
    terms = session.scalars(select(Term).where(Term.body_id == body.id)).all()
    period = Period(command.starts_on, command.ends_on)
    void = next(
        (row for row in terms if row.ordinal == command.ordinal and row.ends_on == row.starts_on), None
    )
    for other in terms:
        if other.ordinal == command.ordinal and other is not void:
            raise RuleBroken("%(body)s已有%(other)s", "ordinal", body=body.name, other=other.name)
        if other.period.overlaps(period):
            hint = "" if other.ends_on else "；请先在该届页面办理“本届结束”"
            raise RuleBroken("与%(other)s重叠%(hint)s", "starts_on", other=rules.words(other), hint=hint)
    act(session, "term:open", body.society_id)
    term = void or Term(society_id=body.society_id, body_id=body.id)
    for key, value in vars(command).items():
        setattr(term, key, value)
    session.add(term)
    session.flush()
    session.expire(body, ["terms"])
    return term


def _refuse_odd_term(body: Body, command: OpenTerm) -> None:
    if command.ordinal < 1:
        raise RuleBroken("届次从 1 开始", "ordinal")
    if command.planned_end_on <= command.starts_on:
        raise RuleBroken("计划届满日须晚于开始日期", "planned_end_on")
    if command.ends_on is not None and command.ends_on <= command.starts_on:
        raise RuleBroken("结束日期须晚于开始日期", "ends_on")
    if command.starts_on < body.starts_on:
        raise RuleBroken("不能早于机构成立的日期 %(since)s", "starts_on", since=body.starts_on)


def extend_term(session: Session, term: Term, command: ExtendTerm) -> Term:
    """The term goes on until a later day, with the approval on record."""
    if command.version is not None and command.version != term.version:
        raise Stale(str(command.until), rules.words(term), term.version)
    if term.ends_on is not None:
        raise RuleBroken("%(term)s已于 %(until)s 结束", "until", term=term.name, until=term.ends_on)
    if command.until <= term.planned_end_on:
        raise RuleBroken("须晚于计划届满日 %(planned_end_on)s", "until", planned_end_on=term.planned_end_on)
    if not command.approval.strip():
        raise RuleBroken("请写批准文号", "approval")
    act(session, "term:extend", term.society_id, command.approval)
    term.extended_until, term.extension_approval = command.until, command.approval.strip()
    session.flush()
    return term


def close_term(session: Session, term: Term, on: date, version: int | None = None) -> Term:
    """The term ends, and with it (届满) every office in it that has not ended before."""
    if version is not None and version != term.version:
        raise Stale(str(on), rules.words(term), term.version)
    if term.ends_on is not None:
        raise RuleBroken("%(term)s已于 %(until)s 结束", "on", term=term.name, until=term.ends_on)
    if on <= term.starts_on:
        raise RuleBroken("结束日期须晚于开始日期 %(since)s", "on", since=term.starts_on)
    remaining = queries.open_tenures(session, term.id, on)
    for row in remaining:
        if row.starts_on >= on:
            raise RuleBroken(
                "%(name)s 的%(post)s自 %(since)s 才开始，请先更正或作废",
                "on",
                name=row.person.name,
                post=row.post.name,
                since=row.starts_on,
            )
    act(session, "term:close", term.society_id)
    for row in remaining:
        row.ends_on, row.ended_by = on, "term"
    session.flush()
    term.ends_on = on
    session.flush()
    return term


def end_body(session: Session, body: Body, on: date, version: int | None = None) -> Body:
    """The body ends, and with it the term that runs; it stays on record with all its terms."""
    if version is not None and version != body.version:
        raise Stale(str(on), body.name, body.version)
    if body.ends_on is not None:
        raise RuleBroken("已于 %(until)s 终止", "on", until=body.ends_on)
    if on <= body.starts_on:
        raise RuleBroken("终止日期须晚于成立日期 %(since)s", "on", since=body.starts_on)
    for term in body.terms:
        if term.starts_on >= on or (term.ends_on is not None and term.ends_on > on):
            raise RuleBroken("%(term)s超出这一天；请先改正该届", "on", term=rules.words(term))
    act(session, "body:end", body.society_id)
    for term in body.terms:
        if term.ends_on is None:
            close_term(session, term, on)
    body.ends_on = on
    session.flush()
    return body


def _named(name: str) -> str:
    if not name.strip():
        raise RuleBroken("名称不能为空", "name")
    return name.strip()
