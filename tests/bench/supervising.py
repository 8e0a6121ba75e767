"""The matrix of many societies: judged whole, found kept, and after an act in one society."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import click
from sqlalchemy import String, case, cast, literal, select, update
from sqlalchemy.orm import Session

from registry.demo.stock import DAY
from registry.journal.models import Chain
from registry.people.models import IdentityDocument
from registry.societies.models import Society
from registry.supervision.matrix import matrix

MOST = 0.25
"""Of judging all anew, what one act in one society may cost."""


def measure(session: Session) -> bool:
    """True where an act in one society costs more than it may."""
    _pair(session)
    societies = session.scalars(select(Society)).all()
    cold, warm = (_spent(session, societies) for _time in range(2))
    session.add(Chain(society_id=societies[1].id, digest="0" * 64))
    session.flush()
    after = _spent(session, societies)
    click.echo(f"\n### The matrix of {len(societies)} societies\n")
    click.echo("| what | ms | of all anew | at most |\n|---|--:|--:|--:|")
    click.echo(f"| all judged anew | {cold:.0f} | 1.00 | |")
    click.echo(f"| nothing written since | {warm:.0f} | {warm / cold:.2f} | |")
    click.echo(f"| after an act in one of two sharing officers | {after:.0f} | {after / cold:.2f} | {MOST} |")
    return after > cold * MOST


def _pair(session: Session) -> None:
    """Of the officers whom all societies share, each is now shared by two."""
    key = IdentityDocument.person_id
    pair = literal("pair") + cast(key // 2000, String) + "-" + cast(key % 1000, String)
    shared = case((key % 50 == 0, pair), else_=IdentityDocument.fingerprint)
    session.execute(update(IdentityDocument).values(fingerprint=shared))


def _spent(session: Session, societies: Sequence[Society]) -> float:
    began = perf_counter()
    matrix(session, societies, DAY)
    return (perf_counter() - began) * 1000
