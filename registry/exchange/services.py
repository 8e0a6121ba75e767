"""Receiving a file, choosing its columns, applying or dropping it; the command line's import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.exchange import applying, examining
from registry.exchange.examining import Examined
from registry.exchange.judging.verdicts import State
from registry.exchange.models import Upload, UploadState
from registry.exchange.reading.files import read_file
from registry.exchange.reading.layout import Layout, recognise, recognise_sheet, table
from registry.exchange.reading.sheets import Sheet, Unreadable
from registry.journal.services import act
from registry.societies.models import Society

MOVED_ON = "名册在检查之后有了变动，结果与您看到的不同。请重新检查，再确认导入"
NO_NAME = "没有找到“姓名”列，请指明哪一列是姓名"


@dataclass(frozen=True)
class Receive:
    """A file as it was sent."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Choose:
    """The sheet, its header row (from 0) and, unless they are to be recognised anew, the columns' targets."""

    sheet: int
    header: int | None = None
    targets: tuple[str, ...] | None = None


@dataclass
class Outcome:
    """What an import did or would do, as the command line tells it."""

    counts: dict[str, int]
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Rows, the count of each state, and every problem with its row and column."""
        return {"rows": sum(self.counts.values()), **self.counts, "problems": self.problems}


def receive(session: Session, society: Society, command: Receive, at: datetime) -> Upload:
    """Keep a readable file, sealed, with the layout recognised; `RuleBroken` in words for another."""
    sheets = _read(command)
    act(session, "import:receive", society.id)
    upload = _upload(session, society, command, at)
    upload.content = session.info["vault"].seal_bytes(command.content)
    upload.layout = kept(recognise(sheets))
    session.add(upload)
    session.flush()
    return upload


def _read(command: Receive) -> list[Sheet]:
    if not command.filename:
        raise RuleBroken("请选择一个文件", "file")
    try:
        return read_file(command.content, command.filename)
    except Unreadable as error:
        raise RuleBroken(str(error), "file") from error


def _upload(session: Session, society: Society, command: Receive, at: datetime) -> Upload:
    return Upload(
        society_id=society.id,
        account_name=session.info["actor"].name,
        at=at,
        filename=PurePath(command.filename.replace("\\", "/")).name[-200:] or "未命名",
        size=len(command.content),
        layout={},
        counts={},
        state=UploadState.UPLOADED,
    )


def kept(layout: Layout) -> dict[str, Any]:
    """A layout as JSON."""
    return {
        "sheet": layout.sheet,
        "header": layout.header,
        "depth": layout.depth,
        "targets": list(layout.targets),
    }


def opened(session: Session, upload: Upload) -> list[Sheet]:
    """The sheets of an upload that is not closed yet."""
    if upload.content is None:
        raise RuleBroken("这次导入已经结束，文件不再保留")
    return _read(Receive(upload.filename, session.info["vault"].open_bytes(upload.content)))


def layout_of(upload: Upload, sheets: Sequence[Sheet]) -> Layout:
    """The layout as it was chosen, with the headings from the file."""
    chosen = upload.layout
    found = recognise_sheet(sheets[chosen["sheet"]], chosen["sheet"], chosen["header"], chosen["depth"])
    return Layout(found.sheet, found.header, found.depth, found.labels, tuple(chosen["targets"]))


def choose(session: Session, upload: Upload, command: Choose) -> None:
    """Take another sheet, header or meaning of the columns; what was judged before is forgotten."""
    sheets = opened(session, upload)
    if not 0 <= command.sheet < len(sheets):
        raise RuleBroken("没有这张工作表", "sheet")
    if command.header is not None and not -1 <= command.header < len(sheets[command.sheet].rows):
        raise RuleBroken("表头行超出了表格", "header")
    act(session, "import:choose", upload.society_id)
    layout = recognise_sheet(sheets[command.sheet], command.sheet, command.header)
    upload.layout = kept(layout)
    if command.targets is not None:
        width = len(layout.targets)
        upload.layout["targets"] = [*command.targets, *[""] * width][:width]
    upload.judged = None
    session.flush()


def judge(session: Session, upload: Upload, today: date) -> Examined:
    """Judge every row and keep what the page shows, sealed."""
    examined = _examine(session, upload, today)
    act(session, "import:judge", upload.society_id)
    upload.judged = session.info["vault"].seal_bytes(examining.pack(examined))
    upload.counts = examined.counts
    session.flush()
    return examined


def decide(session: Session, upload: Upload, decisions: Mapping[str, str], today: date) -> Examined:
    """Take the clerk's word on doubtful names, by row: a person's id or `new`; then judge again."""
    act(session, "import:decide", upload.society_id)
    upload.layout = {**upload.layout, "decisions": {**upload.layout.get("decisions", {}), **decisions}}
    return judge(session, upload, today)


def _examine(session: Session, upload: Upload, today: date) -> Examined:
    sheets = opened(session, upload)
    layout = _named(layout_of(upload, sheets))
    decisions = upload.layout.get("decisions", {})
    return examining.examine(session, upload.society_id, sheets, layout, today, decisions)


def _named(layout: Layout) -> Layout:
    """Without names nothing can be told apart."""
    if "name" not in layout.targets:
        raise RuleBroken(NO_NAME, "targets")
    return layout


def judged(session: Session, upload: Upload) -> dict[str, Any] | None:
    """The verdicts as they were last shown, or None."""
    if upload.judged is None:
        return None
    return examining.unpack(session.info["vault"].open_bytes(upload.judged))


def apply(session: Session, society: Society, upload: Upload, digest: str, today: date, at: datetime) -> None:
    """Judge again and write what was confirmed, in one act; `RuleBroken` where the register has moved on."""
    under_way = act(session, "import:apply", society.id)
    examined = _examine(session, upload, today)
    if examined.digest != digest:
        raise RuleBroken(MOVED_ON)
    applying.write(session, society, examined, today)
    upload.act_id, upload.counts = under_way.id, examined.counts
    upload.judged = session.info["vault"].seal_bytes(examining.pack(_left_behind(examined)))
    _close(session, upload, UploadState.APPLIED, at)


def _left_behind(examined: Examined) -> Examined:
    """Only the rows that somebody still has to look after."""
    kept_rows = [v for v in examined.verdicts if v.state in {State.DOUBTFUL, State.REFUSED}]
    return replace(examined, verdicts=kept_rows)


def drop(session: Session, upload: Upload, at: datetime) -> None:
    """Forget the file without importing it."""
    opened(session, upload)
    act(session, "import:drop", upload.society_id)
    upload.judged = None
    _close(session, upload, UploadState.DROPPED, at)


def _close(session: Session, upload: Upload, state: UploadState, at: datetime) -> None:
    upload.state, upload.closed_at, upload.content = state, at, None
    session.flush()


def import_file(
    session: Session, society: Society, command: Receive, today: date, at: datetime, *, dry_run: bool
) -> Outcome:
    """The whole way at once: applies new and changed rows, names the doubtful and refused ones.

    Raises `RuleBroken` where the file cannot be read; the caller commits.
    """
    sheets = _read(command)
    layout = recognise(sheets)
    if "name" not in layout.targets:
        raise RuleBroken("没有找到表头：表里没有“姓名”列", "file")
    if not dry_run:
        under_way = act(session, "import:apply", society.id)
    examined = examining.examine(session, society.id, sheets, layout, today)
    if not dry_run:
        applying.write(session, society, examined, today)
        upload = _upload(session, society, command, at)
        upload.act_id, upload.counts, upload.layout = under_way.id, examined.counts, kept(layout)
        session.add(upload)
        _close(session, upload, UploadState.APPLIED, at)
    return Outcome(examined.counts, _problems(examined), _notes(sheets, examined))


def _problems(examined: Examined) -> list[dict[str, Any]]:
    labels = examined.layout.labels
    return [
        {
            "row": verdict.row,
            "column": "" if problem.column is None else labels[problem.column],
            "reason": problem.reason,
        }
        for verdict in examined.verdicts
        for problem in verdict.problems
    ]


def _notes(sheets: Sequence[Sheet], examined: Examined) -> list[str]:
    """Everything in the file that is not imported."""
    notes = [f"第 {row.number} 行没有导入：{row.why}（{row.text}）" for row in examined.left_out]
    if examined.not_taken:
        notes.insert(0, "没有导入的列：" + "、".join(examined.not_taken))
    return notes + [
        f"工作表“{sheet.name}”没有导入（{rows} 行）"
        for index, sheet in enumerate(sheets)
        if index != examined.layout.sheet and (rows := people_in(sheet, index))
    ]


def people_in(sheet: Sheet, index: int) -> int:
    """How many rows of people a sheet seems to hold."""
    layout = recognise_sheet(sheet, index)
    return len(table(sheet, layout)[0]) if "name" in layout.targets else 0
