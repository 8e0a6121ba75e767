"""The deeds on applications: begun and kept, submitted, looked at step by step, decided many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.core.attachments import checked
from registry.core.errors import RuleBroken
from registry.core.vault import Vault
from registry.joining import queries
from registry.joining.course import Stage, stage
from registry.joining.models import (
    Application,
    ApplicationPaper,
    ApplicationStep,
    JoiningSettings,
    Recommendation,
    StepKind,
    Track,
)
from registry.journal.services import act
from registry.links import services as links
from registry.societies.models import Society

CONTINUE = "application"
"""The purpose of the link by which an applicant goes on."""
LASTS = timedelta(days=90)
MOST_PAPERS = 6


@dataclass(frozen=True)
class Typed:
    """What an applicant typed: facts as text, the document, the members who recommend."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    document: Mapping[str, str] = field(default_factory=dict)
    recommenders: Sequence[str] = ()
    category: str = ""

    @property
    def name(self) -> str:
        """For the queue."""
        return str(self.facts.get("name", "")).strip()[:120]


@dataclass(frozen=True)
class Settle:
    """What a society asks of those who apply."""

    tracks: Sequence[str]
    recommenders: int
    words: str


@dataclass(frozen=True)
class Take:
    """A step of the staff: words, the number of a document, the last day of a notice."""

    kind: StepKind
    words: str = ""
    number: str = ""
    until: date | None = None
    decision_id: int | None = None


TAKEN_AT = {
    StepKind.CHECKED: {Stage.RECEIVED},
    StepKind.APPROVED: {Stage.APPROVAL},
    StepKind.FILED: {Stage.FILING},
    StepKind.NOTICED: {Stage.NOTICE},
    StepKind.ACCEPTED: {Stage.READY},
    StepKind.REFUSED: {
        Stage.RECEIVED,
        Stage.APPROVAL,
        Stage.FILING,
        Stage.NOTICE,
        Stage.NOTICED,
        Stage.READY,
    },
    StepKind.ASKED_BACK: {Stage.RECEIVED},
}
"""At which stages a step can be taken."""
_DEEDS = {
    StepKind.CHECKED: "application:checked",
    StepKind.APPROVED: "application:approved",
    StepKind.FILED: "application:filed",
    StepKind.NOTICED: "application:noticed",
    StepKind.ASKED_BACK: "application:asked_back",
    StepKind.REFUSED: "application:refused",
    StepKind.ACCEPTED: "application:accepted",
}


def settle(session: Session, society_id: int, command: Settle) -> JoiningSettings:
    """Open or close the tracks."""
    act(session, "joining:settle", society_id)
    row = queries.settings(session, society_id) or JoiningSettings(society_id=society_id)
    row.tracks, row.words = tuple(command.tracks), command.words.strip()
    row.recommenders = command.recommenders
    session.add(row)
    session.flush()
    return row


def begin(session: Session, society: Society, track: Track, now: datetime) -> tuple[Application, str]:
    """A new application, and the secret of the link by which it is found again; worn-out drafts go."""
    sweep(session, society.id, now)
    act(session, "application:begin", society.id)
    row = Application(society_id=society.id, track=track, typed=_sealed(session, Typed()), begun_at=now)
    session.add(row)
    session.flush()
    secret = links.make(session, CONTINUE, f"application:{row.id}", LASTS, now, society.id)
    return row, secret


def sweep(session: Session, society_id: int, now: datetime) -> None:
    """Forget drafts that were never submitted and whose link has run out."""
    worn = select(Application.id).where(
        Application.society_id == society_id, Application.stands.is_(None), Application.begun_at < now - LASTS
    )
    for table in (ApplicationPaper, Recommendation):
        session.execute(delete(table).where(table.application_id.in_(worn)))
    session.execute(delete(Application).where(Application.id.in_(worn)))


def keep(session: Session, row: Application, typed: Typed) -> None:
    """Save what was typed so far."""
    _refuse_closed(row)
    act(session, "application:keep", row.society_id)
    row.typed, row.name = _sealed(session, typed), typed.name
    session.flush()


def typed_of(session: Session, row: Application) -> Typed:
    """What was typed so far."""
    vault: Vault = session.info["vault"]
    return Typed(**json.loads(vault.open_bytes(row.typed)))


def _sealed(session: Session, typed: Typed) -> bytes:
    vault: Vault = session.info["vault"]
    return vault.seal_bytes(json.dumps(vars(typed), ensure_ascii=False, default=list).encode())


def attach(session: Session, row: Application, filename: str, content: bytes) -> None:
    """Seal a file with the application."""
    _refuse_closed(row)
    if len(row.papers) >= MOST_PAPERS:
        raise RuleBroken("最多附 %(most)s 个文件", "file", most=MOST_PAPERS)
    name = checked(filename, content)
    act(session, "application:paper", row.society_id)
    vault: Vault = session.info["vault"]
    paper = {"filename": name, "size": len(content), "content": vault.seal_bytes(content)}
    session.add(ApplicationPaper(society_id=row.society_id, application_id=row.id, **paper))
    session.flush()
    session.expire(row, ["papers"])


def submit(session: Session, row: Application, typed: Typed, day: date) -> None:
    """Hand it in; whether a recommender's number is anybody's, the applicant is not told."""
    _refuse_closed(row)
    act(session, "application:submit", row.society_id)
    row.typed, row.name = _sealed(session, typed), typed.name
    known = {one.number: one for one in row.recommendations}
    for number in dict.fromkeys(filter(None, typed.recommenders)):
        if number not in known:
            person_id = queries.member(session, row.society_id, number, day)
            asked = {"application_id": row.id, "number": number, "person_id": person_id}
            session.add(Recommendation(society_id=row.society_id, **asked))
    _step(session, row, Take(StepKind.SUBMITTED), day)
    session.expire(row, ["recommendations"])


def withdraw(session: Session, row: Application, day: date) -> None:
    """The applicant does not want to any longer."""
    if row.stands in queries.CLOSED:
        raise RuleBroken("这份申请已经办结")
    act(session, "application:withdraw", row.society_id)
    _step(session, row, Take(StepKind.WITHDRAWN), day)


def recommend(session: Session, row: Recommendation, now: datetime, *, agrees: bool) -> None:
    """A member says whether they recommend; once."""
    if row.agrees is not None:
        raise RuleBroken("您已经答复过")
    act(session, "application:recommend", row.society_id)
    row.agrees, row.said_at = agrees, now
    session.flush()


def take(session: Session, rows: Iterable[Application], command: Take, day: date) -> int:
    """One step for each of the applications, as one act; how many there were."""
    found = list(rows)
    for row in found:
        if stage(row, day) not in TAKEN_AT[command.kind]:
            raise RuleBroken("%(name)s 的申请现在不能办这一步", name=row.name)
    _refuse_bare(command, day)
    for row in found:
        act(session, _DEEDS[command.kind], row.society_id)
        _step(session, row, command, day)
    return len(found)


def _refuse_bare(command: Take, day: date) -> None:
    if command.kind in (StepKind.ASKED_BACK, StepKind.REFUSED) and not command.words.strip():
        raise RuleBroken("请写明要补充什么、为什么；申请人会看到", "words")
    if command.kind in (StepKind.APPROVED, StepKind.FILED) and not command.number.strip():
        raise RuleBroken("请写会议或文号", "number")
    if command.kind == StepKind.NOTICED and (command.until is None or command.until < day):
        raise RuleBroken("请写公示到哪一天", "until")


def identify(session: Session, row: Application, person_id: int | None) -> None:
    """The applicant is somebody of the register, or after all nobody."""
    act(session, "application:identify", row.society_id)
    row.person_id = person_id
    session.flush()


def _step(session: Session, row: Application, command: Take, day: date) -> ApplicationStep:
    step = ApplicationStep(
        society_id=row.society_id,
        application_id=row.id,
        kind=command.kind,
        on=day,
        until=command.until,
        words=command.words.strip(),
        number=command.number.strip(),
        actor_name=session.info["actor"].name,
        decision_id=command.decision_id,
    )
    session.add(step)
    row.stands = command.kind
    session.flush()
    session.expire(row, ["steps"])
    return step


def _refuse_closed(row: Application) -> None:
    """Only a draft, or what was sent back, can be written on."""
    if row.stands not in (None, StepKind.ASKED_BACK):
        raise RuleBroken("申请已经提交，现在不能改")


def open_paper(session: Session, paper: ApplicationPaper) -> bytes:
    """The file as it was sent."""
    vault: Vault = session.info["vault"]
    return vault.open_bytes(paper.content)
