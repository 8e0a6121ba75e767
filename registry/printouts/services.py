"""Laying a list out; printing one, and beside the requests one too long to wait for; journalled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken, Stale
from registry.exports.services import note_export
from registry.jobs.services import Begin, done
from registry.journal.services import act, under_way
from registry.printing.document import Document
from registry.printing.paper import NotSet
from registry.printing.parts import pdf
from registry.printing.word import docx
from registry.printouts import queries
from registry.printouts.kinds import Kind
from registry.printouts.layouts import Layout, refuse_unknown_words
from registry.printouts.models import PrintedFile, PrintLayout

KIND = "list:print"
"""The kind of the job."""
KEPT = timedelta(days=1)
"""So long a file can be fetched."""
FEW = 800
"""So many rows are printed while the reader waits."""
MOST = 20_000
"""More are a minute's work, and nobody reads them as one list."""
NOT_SET = "没有排成；请换一种版式再试，并告诉系统管理员"
_DEEDS = {"members": "members", "units": "units", "branches": "branches"}


@dataclass(frozen=True)
class Order:
    """A document to be made as pdf or docx, what the journal says of it, and for whom it is.

    `branch_id` is the branch to which the reader is confined.
    """

    document: Document
    form: str
    kind: str
    narrowed_by: tuple[str, ...]
    account_id: int | None
    branch_id: int | None = None

    @property
    def rows(self) -> int:
        """How many it names."""
        return sum(1 for _row in self.document.rows)

    @property
    def filename(self) -> str:
        """As it is saved."""
        return f"{self.document.title}.{self.form}"


def lay_out(session: Session, society_id: int, kind: Kind, layout: Layout, version: int | None) -> None:
    """Keep the society's own layout; made against an older one, it is refused."""
    refuse_unknown_words(layout)
    if not set(layout.columns) - {"index"}:
        raise RuleBroken("至少要选一列", "columns")
    row = queries.layout(session, society_id, kind.key)
    if row is not None and version != row.version:
        raise Stale(layout.title, row.title, row.version)
    act(session, "layout:edit", society_id)
    if row is None:
        session.add(PrintLayout(society_id=society_id, kind=kind.key, **asdict(layout)))
    else:
        _set(row, layout)
    session.flush()


def restore(session: Session, society_id: int, kind: Kind) -> None:
    """Back to what is usual; nothing to do where it is."""
    row = queries.layout(session, society_id, kind.key)
    if row is not None and Layout.of(row) != kind.usual:
        act(session, "layout:restore", society_id)
        _set(row, kind.usual)
        session.flush()


def _set(row: PrintLayout, layout: Layout) -> None:
    for key, value in asdict(layout).items():
        setattr(row, key, value)


def make(order: Order, tick: Callable[[int], None] = lambda _many: None) -> bytes:
    """The file; `RuleBroken` where the press refuses."""
    if order.form == "docx":
        return docx(order.document)
    try:
        return pdf(order.document, tick)
    except NotSet as error:
        raise RuleBroken(NOT_SET) from error


def note(session: Session, society_id: int, order: Order) -> None:
    """Journal that the list left the house."""
    what = _DEEDS.get(order.kind, "offices")
    columns = [head.label for head in order.document.heads]
    note_export(session, society_id, order.rows, order.form, order.narrowed_by, what, columns)


def asked_for(society_id: int, order: Order, worker: str, at: datetime) -> Begin:
    """The job of printing it."""
    if order.rows > MOST:
        raise RuleBroken("一次最多打印 %(most)s 行；请先在名册里筛选，分几次打印", most=f"{MOST:,}")
    asked = {"name": order.filename, "account": order.account_id}
    return Begin(society_id, order.branch_id, KIND, asked, order.rows, worker, at)


def carry_out(
    session: Session, society_id: int, job_id: int, order: Order, at: datetime, tick: Callable[[int], None]
) -> None:
    """Print, then keep what was printed and forget what is old, in the transaction under way."""
    content = make(order, tick)
    note(session, society_id, order)
    opened = under_way(session)
    done(session, job_id, at, opened.id if opened else None, order.rows)
    old = delete(PrintedFile).where(PrintedFile.society_id == society_id, PrintedFile.at < at - KEPT)
    session.execute(old)
    session.add(
        PrintedFile(
            society_id=society_id,
            job_id=job_id,
            name=order.filename[-200:],
            form=order.form,
            content=session.info["vault"].seal_bytes(content),
            at=at,
        )
    )
    session.flush()
