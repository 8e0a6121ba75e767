"""The deeds on a finding: raise, answer, send back, accept, waive; each is a step that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.composition.judging import Finding
from registry.composition.verdicts import ANSWERS, Answer
from registry.core.attachments import checked
from registry.core.errors import RuleBroken, Stale
from registry.findings import queries
from registry.findings.course import ASKED, STANDS, Stand, stand
from registry.findings.models import STEPS, Rectification, Step, StepKind, StepPaper
from registry.journal.services import act
from registry.societies.models import Society

MOST_PAPERS = 5


@dataclass(frozen=True)
class Raise:
    """What is asked and by when; `own` = by the society's own 监事会."""

    title: str
    words: str
    until: date
    own: bool


@dataclass(frozen=True)
class Say:
    """A step as typed: `until` and `approval` where the step has them, `files` as (name, content)."""

    words: str
    version: int
    until: date | None = None
    approval: str = ""
    files: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True)
class Day:
    """The day of a deed, and what the rule of the finding answers on it."""

    on: date
    verdict: Finding | None = None

    @property
    def answer(self) -> Answer | None:
        """None where no rule speaks."""
        return self.verdict.verdict.answer if self.verdict else None

    @property
    def said(self) -> str:
        """The arithmetic."""
        return self.verdict.verdict.said if self.verdict else ""


def raise_finding(session: Session, society: Society, command: Raise, day: Day) -> Rectification:
    """Ask a society to set something right by a day."""
    _refuse_past(command.until, day)
    if not command.words.strip():
        raise RuleBroken("请写明要整改什么", "words")
    if day.answer in (Answer.MET, Answer.NOT_APPLICABLE):
        raise RuleBroken("按今天的登记，这一条“%(answers)s”，不用整改", answers=ANSWERS[day.answer])
    act(session, "finding:raise", society.id)
    _refuse_twice(session, society, day)
    row = Rectification(
        society_id=society.id,
        key=day.verdict.key if day.verdict else "",
        title=command.title.strip(),
        own=command.own,
        stands=StepKind.RAISED,
        until=command.until,
    )
    session.add(row)
    session.flush()
    _step(session, row, StepKind.RAISED, day, Say(command.words, row.version, command.until))
    return row


def answer(session: Session, row: Rectification, command: Say, day: Day) -> Step:
    """What the society did, with papers that prove it."""
    _refuse_stale(row, command)
    now = stand(row, day.answer, day.on)
    if now not in ASKED:
        raise RuleBroken("这一项现在是“%(stands)s”，不用答复", stands=STANDS[now])
    if len(command.files) > MOST_PAPERS:
        raise RuleBroken("一次最多附 %(most_papers)s 个文件", "files", most_papers=MOST_PAPERS)
    names = [_name(*file) for file in command.files]
    _open(session, row, "finding:answer", day)
    step = _step(session, row, StepKind.ANSWERED, day, command)
    for name, (_typed, content) in zip(names, command.files, strict=True):
        _keep(session, step, name, content)
    return step


def _name(filename: str, content: bytes) -> str:
    try:
        return checked(filename, content)
    except RuleBroken as error:
        raise RuleBroken("%(filename)s：%(why)s", "files", filename=filename, why=error.reason) from error


def send_back(session: Session, row: Rectification, command: Say, day: Day, *, own: bool) -> Step:
    """The answer does not do, or an exception ends; by when the next answer is due."""
    if _refuse_to_judge(row, command, day, own=own) in ASKED:
        raise RuleBroken("学会还没有答复；请改定期限")
    _refuse_past(command.until, day)
    _open(session, row, "finding:send-back", day)
    return _step(session, row, StepKind.SENT_BACK, day, command)


def extend(session: Session, row: Rectification, command: Say, day: Day, *, own: bool) -> Step:
    """Another day by which the answer is due."""
    if _refuse_to_judge(row, command, day, own=own) not in ASKED:
        raise RuleBroken("这一项现在不等学会答复，没有期限可改")
    _refuse_past(command.until, day)
    _open(session, row, "finding:extend", day)
    return _step(session, row, StepKind.EXTENDED, day, command)


def accept(session: Session, row: Rectification, command: Say, day: Day, *, own: bool) -> Step:
    """It is set right; what the register says must not speak against it."""
    _refuse_to_judge(row, command, day, own=own)
    if day.answer is Answer.NOT_MET:
        raise RuleBroken("按今天的登记仍不符合（%(said)s）；请退回，或准予例外", said=day.said)
    _open(session, row, "finding:accept", day)
    return _step(session, row, StepKind.ACCEPTED, day, command)


def waive(session: Session, row: Rectification, command: Say, day: Day, *, own: bool) -> Step:
    """Let it be for a time, on somebody's approval."""
    _refuse_to_judge(row, command, day, own=own)
    if not command.approval.strip():
        raise RuleBroken("请写批准的文号或依据", "approval")
    _refuse_past(command.until, day)
    _open(session, row, "finding:waive", day)
    return _step(session, row, StepKind.WAIVED, day, command)


def review(session: Session, rows: Iterable[Rectification], judged: Iterable[Finding], on: date) -> int:
    """Put on record which settled findings of a society have come back by the day; how many."""
    by_key = {finding.key: finding for finding in judged}
    days = [(row, Day(on, by_key.get(row.key))) for row in rows]
    back = [(row, day) for row, day in days if stand(row, day.answer, on) is Stand.BACK]
    for row, day in back:
        act(session, "finding:reopen", row.society_id)
        _step(session, row, StepKind.REOPENED, day, Say("", row.version))
    return len(back)


def open_paper(session: Session, paper: StepPaper) -> bytes:
    """The file as it was sent."""
    content: bytes = session.info["vault"].open_bytes(paper.content)
    return content


def _open(session: Session, row: Rectification, deed: str, day: Day) -> None:
    """Begin the act; that a settled finding had come back is put on record with the first deed after it."""
    back = stand(row, day.answer, day.on) is Stand.BACK
    act(session, deed, row.society_id)
    if back:
        _step(session, row, StepKind.REOPENED, day, Say("", row.version))


def _step(session: Session, row: Rectification, kind: StepKind, day: Day, said: Say) -> Step:
    step = Step(
        society_id=row.society_id,
        rectification_id=row.id,
        kind=kind,
        on=day.on,
        actor_name=_actor(session, kind),
        words=said.words.strip(),
        said=day.said,
        until=said.until,
        approval=said.approval.strip(),
    )
    session.add(step)
    row.stands, row.until = kind, said.until
    session.flush()
    session.expire(row, ["steps"])
    return step


def _actor(session: Session, kind: StepKind) -> str:
    """Nobody reopens a finding: the register does."""
    name: Any = "" if kind is StepKind.REOPENED else session.info["actor"].name
    return str(name)


def _keep(session: Session, step: Step, name: str, content: bytes) -> None:
    sealed = session.info["vault"].seal_bytes(content)
    paper = {"filename": name, "size": len(content), "content": sealed}
    session.add(StepPaper(society_id=step.society_id, step_id=step.id, **paper))
    session.flush()


def _refuse_to_judge(row: Rectification, command: Say, day: Day, *, own: bool) -> Stand:
    """Where it stands, if there is anything to judge."""
    _refuse_stale(row, command)
    if own and not row.own:
        raise RuleBroken("这一项是上级提出的，由上级审核")
    now = stand(row, day.answer, day.on)
    if now is Stand.CLOSED:
        raise RuleBroken("这一项已经了结")
    return now


def _refuse_twice(session: Session, society: Society, day: Day) -> None:
    """One finding about one verdict; asked within the act, so that of two at once the second is refused."""
    if day.verdict is None:
        return
    row = queries.about(session, society.id, day.verdict.key)
    if row is not None and stand(row, day.answer, day.on) is not Stand.CLOSED:
        raise RuleBroken("这一条已经提出整改：%(title)s", title=row.title)


def _refuse_stale(row: Rectification, command: Say) -> None:
    if command.version != row.version:
        raise Stale(command.words, STEPS[row.stands], row.version)


def _refuse_past(until: date | None, day: Day) -> None:
    if until is None or until <= day.on:
        raise RuleBroken("期限要在今天以后", "until")
