"""Writing what a clerk confirmed: judged once more, then written in one act or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.sweeping import unswept
from registry.exchange import applying, examining, pages, queries
from registry.exchange.answers import Answers
from registry.exchange.examining import Asked, Examination, Judged
from registry.exchange.judging.verdicts import State
from registry.exchange.models import Upload, UploadState
from registry.exchange.orders import Orders, draw_up
from registry.exchange.reading.layout import Layout, recognise
from registry.exchange.reading.sheets import Sheet
from registry.exchange.services import Receive, begun, close, examine, kept, people_in, read
from registry.jobs import services as jobs
from registry.journal.queries import newest_digest
from registry.journal.services import OpenAct, act
from registry.societies.models import Society

MOVED_ON = "名册在检查之后有了变动，结果与您看到的不同。没有写入任何内容；请重新检查，再确认导入"

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Confirmed:
    """What was confirmed of an upload: `digest` is that of the verdicts as they were shown."""

    upload_id: int
    digest: str
    today: date


@dataclass
class Outcome:
    """What an import did or would do, as the command line tells it."""

    counts: dict[str, int]
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Rows, the count of each state, and every problem with its row and column."""
        return {"rows": sum(self.counts.values()), **self.counts, "problems": self.problems}


@unswept()
def carry_out(session: Session, job_id: int, confirmed: Confirmed, at: datetime, tick: Tick) -> None:
    """Judge again while others may write, then write; where the register moved between, judge once more.

    The job becomes done with the same commit: whoever finds it broken off finds nothing written.
    """
    session.rollback()
    session.connection(execution_options={"reads_only": True})
    upload = session.get_one(Upload, confirmed.upload_id)
    standing = newest_digest(session, upload.society_id)
    drawn = _drawn_up(session, upload, confirmed)
    session.rollback()
    opened = act(session, "import:apply", upload.society_id)
    if opened.previous != standing:
        drawn = _drawn_up(session, upload, confirmed)
    jobs.done(session, job_id, at, opened.id, sum(drawn[0].counts.values()))
    apply(session, upload, opened, drawn, at, tick)


Drawn = tuple[Judged, Orders]


def _drawn_up(session: Session, upload: Upload, confirmed: Confirmed) -> Drawn:
    """What is to be written; `RuleBroken` where it is not what was confirmed."""
    session.refresh(upload)
    examination = examine(session, upload, confirmed.today)
    orders = draw_up(examination, session.info["vault"])
    if examination.digest != confirmed.digest:
        raise RuleBroken(MOVED_ON)
    return examination.judged(), orders


def apply(session: Session, upload: Upload, opened: OpenAct, drawn: Drawn, at: datetime, tick: Tick) -> None:
    """Write the orders and close the upload; the rows left behind stay with it, until they are fetched."""
    judged, orders = drawn
    society = session.get_one(Society, upload.society_id)
    tick(sum(judged.counts[state] for state in (State.UNCHANGED, State.DOUBTFUL, State.REFUSED)))
    applying.write(session, society, orders, judged.numbers, judged.today, tick)
    common = pages.common_of(session, upload)
    pages.forget(session, upload)
    for number, start in enumerate(range(0, len(orders.left), examining.AT_ONCE)):
        pages.put(session, upload, number, orders.left[start : start + examining.AT_ONCE])
    if common is not None:
        pages.seal(session, upload, common)
    upload.act_id, upload.counts = opened.id, judged.counts
    close(session, upload, UploadState.APPLIED, at)


@unswept()
def import_file(
    session: Session, society: Society, command: Receive, today: date, at: datetime, *, dry_run: bool
) -> Outcome:
    """The whole way at once: applies new and changed rows, names the doubtful and refused ones.

    Raises `RuleBroken` where the file cannot be read; the caller commits.
    """
    outcome, layout, drawn = _looked_at(session, society, command, today, dry_run=dry_run)
    if not dry_run:
        opened = act(session, "import:apply", society.id)
        upload = begun(session, society, command, at)
        upload.layout = kept(layout)
        session.add(upload)
        session.flush()
        apply(session, upload, opened, drawn, at, lambda _many: None)
    return outcome


def _looked_at(
    session: Session, society: Society, command: Receive, today: date, *, dry_run: bool
) -> tuple[Outcome, Layout, Drawn]:
    """What a file would do, judged in the act that does it; of the file itself nothing stays in memory."""
    sheets = read(command)
    layout = recognise(sheets, queries.learned(session, society.id))
    if "name" not in layout.targets:
        raise RuleBroken("没有找到表头：表里没有“姓名”列", "file")
    if not dry_run:
        act(session, "import:apply", society.id)
    examination = Examination(session, society.id, Asked(sheets, layout, Answers(), today))
    orders = draw_up(examination, session.info["vault"])
    outcome = Outcome(examination.counts, _problems(examination, orders), _notes(sheets, examination))
    return outcome, layout, (examination.judged(), orders)


def _problems(examination: Examination, orders: Orders) -> list[dict[str, Any]]:
    labels = examination.layout.labels
    return [
        {"row": row.row, "column": "" if column is None else labels[column], "reason": reason}
        for row in orders.left
        for column, reason, _kind in row.problems
    ]


def _notes(sheets: list[Sheet], examination: Examination) -> list[str]:
    """Everything in the file that is not imported."""
    notes = [f"第 {row.number} 行没有导入：{row.why}（{row.text}）" for row in examination.left_out]
    if examination.not_taken:
        notes.insert(0, "没有导入的列：" + "、".join(examination.not_taken))
    return notes + [
        f"工作表“{sheet.name}”没有导入（{rows} 行）"
        for index, sheet in enumerate(sheets)
        if index != examination.layout.sheet and (rows := people_in(sheet, index))
    ]
