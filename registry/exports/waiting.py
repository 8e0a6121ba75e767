"""A roster too long to wait for: written beside the requests, holding up nobody, and kept for a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from registry.core.vault import Vault
from registry.exports.lists import roster
from registry.exports.models import ExportedPart
from registry.exports.services import note_export
from registry.exports.tables import Line, Table
from registry.exports.writing import write_table
from registry.jobs.services import Begin, done
from registry.journal.services import under_way
from registry.roster.queries import RosterFilter, every
from registry.roster.question import Seen
from registry.societies.models import Society

KIND = "roster:export"
"""The kind of the job."""
KEPT = timedelta(days=1)
"""So long a file can be fetched."""
_PIECE = 2**20
_AT_ONCE = 1000


@dataclass(frozen=True)
class Order:
    """A roster to be written: what is sought, with whose rights, and for whom the file is."""

    society_id: int
    branch_id: int | None
    account_id: int
    sought: RosterFilter
    allowed: ColumnElement[bool]
    seen: Seen
    may: roster.May
    phones: bool
    columns: Sequence[str]
    title: str
    name: str
    kind: str
    keyed: bool
    narrowed_by: Sequence[str]
    directory: bool = False

    @property
    def day(self) -> date:
        """The day looked at."""
        return self.sought.day


def asked_for(order: Order, rows: int, worker: str, at: datetime) -> Begin:
    """The job of writing it."""
    asked = {"name": order.name, "kind": order.kind, "account": order.account_id}
    return Begin(order.society_id, order.branch_id, KIND, asked, rows, worker, at)


def carry_out(session: Session, job_id: int, order: Order, at: datetime, tick: Callable[[int], None]) -> None:
    """Write the file while others may write to the register; then keep it, and forget what is old."""
    session.rollback()
    session.connection(execution_options={"reads_only": True})
    with TemporaryFile() as out:
        table = _table(session, order, tick)
        count = write_table(out, table, order.kind, _vault(session, order))
        session.rollback()
        note_export(session, order.society_id, count, order.kind, order.narrowed_by, columns=table.labels)
        opened = under_way(session)
        done(session, job_id, at, opened.id if opened else None, count)
        old = (ExportedPart.society_id == order.society_id, ExportedPart.at < at - KEPT)
        session.execute(delete(ExportedPart).where(*old))
        out.seek(0)
        _keep(session, out, order.society_id, job_id, at)


def _table(session: Session, order: Order, tick: Callable[[int], None]) -> Table:
    society = session.get_one(Society, order.society_id)
    rows = every(session, order.allowed, order.society_id, order.sought, phones=order.phones, seen=order.seen)
    wanted = (order.day, order.may, order.title, order.columns)
    table = roster.table(session, society, rows, *wanted, directory=order.directory)
    return replace(table, lines=_ticking(table.lines, tick))


def _ticking(lines: Iterable[Line], tick: Callable[[int], None]) -> Iterator[Line]:
    for number, line in enumerate(lines, 1):
        yield line
        if number % _AT_ONCE == 0:
            tick(_AT_ONCE)


def _vault(session: Session, order: Order) -> Vault | None:
    vault: Vault = session.info["vault"]
    return vault if order.keyed else None


def _keep(session: Session, out: IO[bytes], society_id: int, job_id: int, at: datetime) -> None:
    """Seal the file in pieces, each written before the next is read."""
    seal = session.info["vault"].seal_bytes
    for place, piece in enumerate(iter(lambda: out.read(_PIECE), b"")):
        part = ExportedPart(society_id=society_id, job_id=job_id, place=place, content=seal(piece), at=at)
        session.add(part)
        session.flush()
        session.expunge(part)


def pieces(session: Session, society_id: int, job_id: int) -> Iterator[bytes]:
    """The file in order, as far as it is still kept."""
    query = select(ExportedPart.content).where(
        ExportedPart.society_id == society_id, ExportedPart.job_id == job_id
    )
    opened = session.info["vault"].open_bytes
    for sealed in session.scalars(query.order_by(ExportedPart.place).execution_options(yield_per=1)):
        yield opened(sealed)
