"""Receiving a file, choosing its columns, judging it with what the clerk says of its rows, dropping it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.core.sweeping import unswept
from registry.exchange import answers, pages, queries
from registry.exchange.answers import Answers
from registry.exchange.examining import Asked, Examination
from registry.exchange.models import Heading, Upload, UploadState
from registry.exchange.reading.files import read_file, read_text
from registry.exchange.reading.headings import corrections
from registry.exchange.reading.layout import Layout, recognise, recognise_sheet, table
from registry.exchange.reading.sheets import Sheet, Unreadable
from registry.journal.services import act
from registry.societies.models import Society

AT_WORK = "正在导入，请等它结束"
PASTED = "粘贴的文字"
"""The name of what is no file."""
NO_NAME = "没有找到“姓名”列，请指明哪一列是姓名"


@dataclass(frozen=True)
class Receive:
    """A file as it was sent, or what was pasted in its place."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Choose:
    """The sheet, its header row (from 0) and, unless they are to be recognised anew, the columns' targets."""

    sheet: int
    header: int | None = None
    targets: tuple[str, ...] | None = None


def receive(session: Session, society: Society, command: Receive, at: datetime) -> Upload:
    """Keep a readable file, sealed, with the layout recognised; `RuleBroken` in words for another."""
    sheets = read(command)
    act(session, "import:receive", society.id)
    upload = begun(session, society, command, at)
    upload.content = session.info["vault"].seal_bytes(command.content)
    upload.layout = kept(recognise(sheets, queries.learned(session, society.id)))
    session.add(upload)
    session.flush()
    return upload


def read(command: Receive) -> list[Sheet]:
    """The sheets of a file or of a pasted table; `RuleBroken` in words where there are none."""
    if not command.filename:
        raise RuleBroken("请选择一个文件，或粘贴一张表", "file")
    pasted = command.filename == PASTED
    try:
        return read_text(command.content.decode()) if pasted else read_file(command.content, command.filename)
    except Unreadable as error:
        raise RuleBroken(str(error), "text" if pasted else "file") from error


def begun(session: Session, society: Society, command: Receive, at: datetime) -> Upload:
    """The row of an upload, to be added."""
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
    refuse_closed(upload)
    return read(Receive(upload.filename, session.info["vault"].open_bytes(upload.content or b"")))


def refuse_closed(upload: Upload) -> None:
    """What is applied or dropped is over."""
    if upload.content is None:
        raise RuleBroken("这次导入已经结束，文件不再保留")


def layout_of(upload: Upload, sheets: Sequence[Sheet]) -> Layout:
    """The layout as it was chosen, with the headings from the file."""
    chosen = upload.layout
    found = recognise_sheet(sheets[chosen["sheet"]], chosen["sheet"], chosen["header"], chosen["depth"])
    return Layout(found.sheet, found.header, found.depth, found.labels, tuple(chosen["targets"]))


def choose(session: Session, upload: Upload, command: Choose) -> None:
    """Take another sheet, header or meaning of the columns; what was judged and said before is forgotten.

    What a clerk makes of a heading is learned for the society's next files.
    """
    sheets = opened(session, upload)
    if not 0 <= command.sheet < len(sheets):
        raise RuleBroken("没有这张工作表", "sheet")
    if command.header is not None and not -1 <= command.header < len(sheets[command.sheet].rows):
        raise RuleBroken("表头行超出了表格", "header")
    act(session, "import:choose", upload.society_id)
    known = queries.learned(session, upload.society_id)
    layout = recognise_sheet(sheets[command.sheet], command.sheet, command.header, learned=known)
    before, upload.layout = upload.layout, kept(layout)
    if command.targets is not None:
        width = len(layout.targets)
        upload.layout["targets"] = [*command.targets, *[""] * width][:width]
        _learn(session, upload, layout)
    pages.forget(session, upload)
    if upload.layout != before:
        upload.answers = None
    session.flush()


def _learn(session: Session, upload: Upload, layout: Layout) -> None:
    """The clerk's word on a heading holds for the society's next file too."""
    for label, target in corrections(layout.labels, layout.targets, upload.layout["targets"]).items():
        taught = (Heading.society_id == upload.society_id, Heading.label == label[:100])
        heading = session.scalars(select(Heading).where(*taught)).first()
        if heading is None:
            heading = Heading(society_id=upload.society_id, label=label[:100])
            session.add(heading)
        heading.target = target


@unswept()
def judge(session: Session, upload: Upload, today: date) -> None:
    """Judge every row and keep what the pages show, sealed."""
    examination = examine(session, upload, today)
    act(session, "import:judge", upload.society_id)
    pages.judge_into(session, upload, examination)
    upload.counts = examination.counts
    session.flush()


def answer(session: Session, upload: Upload, said: Answers, today: date) -> None:
    """Take the clerk's word on rows and cells; then judge again."""
    act(session, "import:decide", upload.society_id)
    vault = session.info["vault"]
    answers.keep(vault, upload, answers.kept(vault, upload).with_more(said))
    judge(session, upload, today)


def examine(session: Session, upload: Upload, today: date) -> Examination:
    """The upload as it was chosen and answered, ready to be judged."""
    sheets = opened(session, upload)
    layout = layout_of(upload, sheets)
    if "name" not in layout.targets:
        raise RuleBroken(NO_NAME, "targets")
    said = answers.kept(session.info["vault"], upload)
    return Examination(session, upload.society_id, Asked(sheets, layout, said, today))


def drop(session: Session, upload: Upload, at: datetime) -> None:
    """Forget the file without importing it."""
    refuse_closed(upload)
    act(session, "import:drop", upload.society_id)
    pages.forget(session, upload)
    close(session, upload, UploadState.DROPPED, at)


def close(session: Session, upload: Upload, state: UploadState, at: datetime) -> None:
    """The upload's last state; the file is not needed any more."""
    upload.state, upload.closed_at = state, at
    upload.content = upload.answers = None
    session.flush()


def people_in(sheet: Sheet, index: int) -> int:
    """How many rows of people a sheet seems to hold."""
    layout = recognise_sheet(sheet, index)
    return len(table(sheet, layout)[0]) if "name" in layout.targets else 0
