"""The committees of branch units, with their 主任委员, through two terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from registry.bodies import founding
from registry.bodies.models import Body, BodyKind, Post, Term
from registry.demo.candidates import Candidates
from registry.demo.clerk import Clerk
from registry.demo.enrolling import Member
from registry.demo.stock import DAY
from registry.journal.services import act, seal
from registry.societies.models import Branch, BranchKind

_POSTS = (
    ("head", "主任委员", 1, True),
    ("vice", "副主任委员", 3, False),
    ("secretary", "秘书", 1, False),
    ("member", "委员", 9, False),
)
_MEMBERS = 9
_YEARS = 4
_OVERDUE, _HEADLESS = 3, 5
"""Of one branch in so many the term is over and nobody elected; of another one the 主任委员 has resigned."""


def govern(clerk: Clerk, members: Sequence[Member], branches: Sequence[Branch]) -> None:
    """Committees of all branches that are no mere offices."""
    for number, branch in enumerate(branch for branch in branches if branch.kind != BranchKind.OFFICE):
        own = [who for who in members if any(spell.branch_id == branch.id for spell in who.spells)]
        _govern(clerk, own, branch, number)


def _govern(clerk: Clerk, own: Sequence[Member], branch: Branch, number: int) -> None:
    body, posts = _establish(clerk, branch)
    seal(clerk.session)
    for first, ends_on in _terms(branch, number):
        ordinal = 1 + (first.year - branch.starts_on.year) // _YEARS
        _elect(clerk, own, posts, _open(clerk, body, ordinal, first, ends_on), ends_on or DAY)
    if number % _HEADLESS == _HEADLESS - 1 and not branch.ends_on:
        _lose_head(clerk, body)


def _terms(branch: Branch, number: int) -> list[tuple[date, date | None]]:
    """The last two: their first days, and the end of the one that is over."""
    if branch.ends_on:
        return [(max(branch.starts_on, _years(branch.ends_on, -_YEARS)), branch.ends_on)]
    current = date(2021 if number % _HEADLESS == _OVERDUE else 2023 + number % 3, 3 + number % 9, 18)
    before = _years(current, -_YEARS)
    return [(before, current), (current, None)] if before > branch.starts_on else [(current, None)]


def _years(day: date, years: int) -> date:
    return day + timedelta(round(years * 365.25))


def _establish(clerk: Clerk, branch: Branch) -> tuple[Body, dict[str, Post]]:
    name = branch.name if branch.name.endswith("委员会") else f"{branch.name}委员会"
    act(clerk.session, "body:establish", clerk.society.id)
    command = founding.Establish(BodyKind.COMMITTEE, name, branch.starts_on, branch.id)
    body = founding.establish(clerk.session, clerk.society, command)
    body.ends_on = branch.ends_on
    wanted = [
        founding.AddPost(code, word, rank, seats, head)
        for rank, (code, word, seats, head) in enumerate(_POSTS)
    ]
    return body, {post.code: founding.add_post(clerk.session, body, post) for post in wanted}


def _open(clerk: Clerk, body: Body, ordinal: int, first: date, ends_on: date | None) -> Term:
    return founding.open_term(
        clerk.session, body, founding.OpenTerm(ordinal, first, _years(first, _YEARS), ends_on)
    )


def _elect(clerk: Clerk, own: Sequence[Member], posts: dict[str, Post], term: Term, last: date) -> None:
    """Head, deputies, secretary and members, as far as there are people."""
    chosen = Candidates(clerk.rng, own).some(term.starts_on, last, 5 + _MEMBERS)
    text = f"选举产生第{term.ordinal}届委员会。"
    meeting = f"{term.body.name}第{term.ordinal}次全体会议"
    decision = clerk.decide(term.body, meeting, term.starts_on, text, 20)
    offices = ("head", "vice", "vice", "vice", "secretary", *["member"] * _MEMBERS)
    for who, code in zip(chosen, offices, strict=False):
        clerk.appoint(who, posts[code], term, decision)
    seal(clerk.session)


def _lose_head(clerk: Clerk, body: Body) -> None:
    """The post of 主任委员 stands empty."""
    term = body.terms[0]
    day = date(2026, 6, 30)
    for tenure in clerk.holding(term, "head"):
        clerk.end(tenure, day, "resigned")
    seal(clerk.session)
