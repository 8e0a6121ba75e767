"""Synthetic registers of any size, to measure with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from registry.bodies import founding
from registry.bodies import services as bodies
from registry.bodies.models import BodyKind
from registry.core import batches
from registry.core.errors import RuleBroken
from registry.demo import enrolling, spells, work
from registry.demo.enrolling import Member
from registry.demo.stock import DAY, Weighted, stock
from registry.journal.services import act, seal
from registry.memberships.models import Membership
from registry.societies.branching import FoundBranch, found_branch
from registry.societies.models import Branch, BranchKind, Society
from registry.societies.queries import by_slug
from registry.societies.services import found_society

_PAPERS = 0.05
_OFFICES = 30
_THEMES = ("computing", "mechanics", "outreach")
_FOUNDED = date(1980, 1, 1)
_GUARDING = {"ix_membership_person", "ix_membership_open_person"}
_PAYS_FROM = 50_000
"""Indexes are dropped and made anew only where that many members come."""


def generate(session: Session, societies: int, members: int, seed: int, told: Callable[[int], None]) -> None:
    """So many societies with so many members together; `told` hears of every batch. The caller commits."""
    if societies < 1 or members < societies:
        raise RuleBroken("至少一个学会，每个学会至少一名会员")
    if by_slug(session, _slug(1)) is not None:
        raise RuleBroken("数据库里已有 %(slug)s；请换一个空库", slug=_slug(1))
    with _unindexed(session.connection(), drop=members >= _PAYS_FROM):
        for number in range(1, societies + 1):
            count = members // societies + (number <= members % societies)
            _society(session, Random(f"{seed}/{number}"), number, count, told)


def _slug(number: int) -> str:
    return f"s{number:03d}"


def _society(session: Session, rng: Random, number: int, count: int, told: Callable[[int], None]) -> None:
    theme = _THEMES[number % len(_THEMES)]
    society = found_society(
        session, _slug(number), f"合成数据第{number}学会", f"合成{number}", f"G{number:03d}-"
    )
    society.founded_on = _FOUNDED
    session.flush()
    seal(session)
    homes = spells.homes(_branches(session, society))
    trade = work.trade(rng, theme, 400)
    regions: Weighted[str] = Weighted({"CN": 960, "HK": 12, "MO": 4, "TW": 12, "XX": 12})
    coming = enrolling.newcomers(rng, trade, regions, society, homes, papers=_PAPERS)
    officers: list[Member] = []
    for batch in enrolling.enrol(session, society, coming, count):
        officers += [who for who in batch if who.belongs(DAY)][: _OFFICES - len(officers)]
        told(len(batch))
    _offices(session, society, officers)


def _branches(session: Session, society: Society) -> list[Branch]:
    act(session, "branch:found", society.id)
    fields = [field for theme in _THEMES for field in stock("work")["themes"][theme]["fields"]]
    found = [
        found_branch(session, society, FoundBranch(BranchKind.SPECIAL, f"{field}专业委员会", _FOUNDED))
        for field in fields[:12]
    ]
    seal(session)
    return found


def _offices(session: Session, society: Society, officers: Sequence[Member]) -> None:
    """A council, so that there are offices to look for."""
    command = founding.Establish(BodyKind.COUNCIL, f"{society.short_name}理事会", _FOUNDED)
    body = founding.establish(session, society, command)
    post = founding.add_post(session, body, founding.AddPost("member", "理事", 3))
    begins = DAY - timedelta(1)
    term = founding.open_term(session, body, founding.OpenTerm(1, begins, DAY + timedelta(4 * 365)))
    for who in officers:
        bodies.appoint(session, society, bodies.Appoint(who.person_id, post.id, term.id, DAY))
    seal(session)


@contextmanager
def _unindexed(connection: Connection, *, drop: bool) -> Iterator[None]:
    """Without the indexes by which memberships are listed while they come; with them again afterwards.

    Those by holder stay: the guard against overlapping spells reads them.
    """
    every = sorted(batches.table(Membership).indexes, key=lambda index: str(index.name)) if drop else []
    indexes = [index for index in every if index.name not in _GUARDING]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
    # So many rows at once are unknown to the planner until it is told.
    connection.execute(text("ANALYZE"))
