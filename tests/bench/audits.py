"""The audit of many societies in one pass beside the bare read of the same rows, and a slate judged again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

import click
from sqlalchemy import Engine, create_engine, event, insert
from sqlalchemy.orm import Session

from registry.bodies.models import Body, Decision, Meeting, Post, Tenure, Term
from registry.composition import packs, queries
from registry.composition.facts import Holder
from registry.composition.facts import Term as Draft
from registry.composition.judging import judge
from registry.composition.models import OfficialStatus
from registry.core.dates import PartialDate
from registry.core.db import Base
from registry.demo.stock import DAY
from registry.memberships.models import Membership
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Category, Society
from tests import scratch
from tests.bench import supervising

SOCIETIES, SEATS, TERMS = 150, 100, 4
SLATE = 150
MOST, AT_ONCE = 10.0, 50.0
"""Times the bare read; milliseconds for judging a slate again."""
ROUNDS = 5
_FIRST = date(2008, 5, 1)
_POSTS = (("理事长", 1, 1), ("副理事长", 2, 8), ("秘书长", 3, 1), ("理事", 4, SEATS - 10))


def main() -> bool:
    """True where it takes longer than it may."""
    with scratch.folder() as folder:
        engine = create_engine(f"sqlite:///{folder}/audits.db")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            _fill(session)
            return _measure(engine, session) | supervising.measure(session)


def _measure(engine: Engine, session: Session) -> bool:
    ids = range(1, SOCIETIES + 1)
    with _asked(engine) as statements:
        snapshots = queries.snapshots(session, ids, DAY)
    tenures = sum(len(term.holders) for one in snapshots for body in one.bodies for term in body.terms)
    bare = _often(lambda: _read(engine, statements))
    whole = _often(lambda: [judge(one, packs.every()) for one in queries.snapshots(session, ids, DAY)])
    again = _often(_slate(snapshots[0]))
    click.echo(f"\n### The audit of {SOCIETIES} societies, {tenures:,} tenures, {len(packs.every())} rules\n")
    click.echo("| what | ms | of the bare read | at most |\n|---|--:|--:|--:|")
    click.echo(f"| the bare read, {len(statements)} statements | {bare:.0f} | 1.0 | |")
    click.echo(f"| read, assembled and judged | {whole:.0f} | {whole / bare:.1f} | {MOST:.0f} |")
    click.echo(f"| a slate of {SLATE} judged again after one change | {again:.1f} | | {AT_ONCE:.0f} ms |")
    return whole > bare * MOST or again > AT_ONCE


def _slate(real: Any) -> Any:
    """A draft of the next 届, in which one person changes at each call."""
    council = real.own["council"]
    begins = DAY + timedelta(30)
    draft = real.with_people(replace(person, id=key + 10**6) for key, person in real.people.items())
    people = list(draft.people)[:SLATE]
    term = Draft(TERMS + 1, begins, begins + timedelta(4 * 365))
    empty = draft.with_term(council.body.id, term)
    holders = [Holder(key, council.body.posts[-1].id, begins) for key in people]
    turn = count()

    def change() -> Any:
        kept = [*holders]
        kept[next(turn) % SLATE] = replace(kept[0], post_id=council.body.posts[0].id)
        return judge(empty.with_holders(council.body.id, kept), packs.every())

    return change


def _often(deed: Any) -> float:
    spent = []
    for _round in range(ROUNDS):
        began = perf_counter()
        deed()
        spent.append((perf_counter() - began) * 1000)
    return median(spent)


@contextmanager
def _asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        statements.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def _read(engine: Engine, statements: Sequence[tuple[str, Any]]) -> int:
    """The same statements, by the driver alone."""
    connection = engine.raw_connection()
    try:
        return sum(len(connection.cursor().execute(*asked).fetchall()) for asked in statements)  # type: ignore[attr-defined]
    finally:
        connection.close()


def _fill(session: Session) -> None:
    """Societies of a hundred 理事 through four terms, of whom everything is known."""
    for number in range(1, SOCIETIES + 1):
        _society(session, number)
    session.commit()


def _society(session: Session, number: int) -> None:
    def put(model: Any, rows: list[dict[str, Any]]) -> None:
        table = model.__table__
        more = {"version": 1} if "version" in table.c else {}
        session.execute(insert(table), [{**row, **more} for row in rows])

    own = {"society_id": number}
    put(
        Society,
        [
            {
                "id": number,
                "slug": f"s{number:03}",
                "name": f"学会{number}",
                "short_name": "",
                "number_prefix": "",
                "charter": {},
            }
        ],
    )
    put(
        Category,
        [
            {
                **own,
                "id": number,
                "code": "ordinary",
                "name": "会员",
                "rank": 0,
                "elects": True,
                "eligible": True,
                "votes": True,
                "for_units": False,
            }
        ],
    )
    people = [number * 1000 + n for n in range(SEATS * 2)]
    put(Person, [_person(key, number) for key in people])
    put(Membership, [_spell(key, number) for key in people])
    put(IdentityDocument, [_document(key, number) for key in people])
    put(OfficialStatus, [{**own, "person_id": key, "kind": "neither"} for key in people])
    put(Body, [{**own, "id": number, "kind": "council", "name": "理事会", "starts_on": _FIRST}])
    posts = [
        {
            **own,
            "id": number * 10 + rank,
            "body_id": number,
            "code": str(rank),
            "name": name,
            "rank": rank,
            "seats": seats,
            "principal": rank < len(_POSTS),
        }
        for name, rank, seats in _POSTS
    ]
    put(Post, posts)
    put(Term, [_term(number, ordinal) for ordinal in range(1, TERMS + 1)])
    put(Tenure, [row for ordinal in range(1, TERMS + 1) for row in _tenures(number, ordinal, people)])
    put(
        Meeting,
        [
            {
                **own,
                "id": number,
                "body_id": number,
                "name": "会议",
                "held_on": DAY - timedelta(60),
                "entitled": SEATS,
                "present": SEATS,
                "document_number": "",
                "document_title": "",
            }
        ],
    )
    put(Decision, [{**own, "meeting_id": number, "text": "", "votes_for": SEATS}])


def _days(ordinal: int) -> tuple[date, date]:
    return _FIRST.replace(year=_FIRST.year + 5 * (ordinal - 1)), _FIRST.replace(
        year=_FIRST.year + 5 * ordinal
    )


def _term(number: int, ordinal: int) -> dict[str, Any]:
    begins, ends = _days(ordinal)
    return {
        "id": number * 10 + ordinal,
        "society_id": number,
        "body_id": number,
        "ordinal": ordinal,
        "starts_on": begins,
        "planned_end_on": ends,
        "ends_on": ends if ordinal < TERMS else None,
        "extension_approval": "",
    }


def _tenures(number: int, ordinal: int, people: Sequence[int]) -> Iterator[dict[str, Any]]:
    """A quarter of the council changes with each term."""
    begins, ends = _days(ordinal)
    posts = [number * 10 + rank for _name, rank, seats in _POSTS for _seat in range(seats)]
    for seat, post_id in enumerate(posts):
        yield {
            "society_id": number,
            "person_id": people[seat + (ordinal - 1) * SEATS // 4],
            "post_id": post_id,
            "term_id": number * 10 + ordinal,
            "starts_on": begins,
            "planned_end_on": ends,
            "ends_on": ends if ordinal < TERMS else None,
            "begun_by": "elected",
            "full_time": True,
            "legal_representative": seat == 0,
            "nominated_by": "",
            "filing": "",
            "approval": "",
            "void_reason": "",
        }


def _person(key: int, number: int) -> dict[str, Any]:
    every = {column.key: "" for column in Person.__table__.columns if not column.nullable}
    return {
        **every,
        "id": key,
        "society_id": number,
        "name": f"人{key}",
        "birth": PartialDate(1955 + key % 40, 1 + key % 12, 1 + key % 28),
        "sex": "MF"[key % 2],
        "region": "CN",
        "employer": f"单位{key % 37}",
        "employer_kind": "university",
        "grassroots": key % 3 == 0,
        "disciplines": ("520",),
    }


def _spell(key: int, number: int) -> dict[str, Any]:
    return {
        "society_id": number,
        "person_id": key,
        "category_id": number,
        "number": str(key),
        "sort_number": str(key),
        "starts_on": _FIRST,
        "starts_known": "D",
        "remark": "",
    }


def _document(key: int, number: int) -> dict[str, Any]:
    """One in fifty is somebody in another society, too."""
    who = key % 1000 if key % 50 == 0 else key
    return {
        "society_id": number,
        "person_id": key,
        "kind": "resident_id",
        "sealed": b"",
        "fingerprint": f"{who:064}",
        "last4": "0000",
    }
