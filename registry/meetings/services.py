"""A meeting is put on record with those who came and the paper that tells it, and set right with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import rules
from registry.bodies.deciding import Votes, columns, refuse_odd_votes, words
from registry.bodies.models import Body, Decision, Meeting
from registry.core.attachments import checked
from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.meetings.models import MeetingPaper
from registry.societies.models import Society


@dataclass(frozen=True)
class Hold:
    """A meeting as its minutes tell it."""

    name: str
    held_on: date
    body_id: int | None = None
    entitled: int | None = None
    present: int | None = None
    document_number: str = ""
    document_title: str = ""
    why: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Reword:
    """A decision as it should have been recorded."""

    text: str
    votes: Votes
    why: str
    version: int | None = None


def hold(session: Session, society: Society, command: Hold) -> Meeting:
    """Record a meeting; the same one is not recorded twice."""
    _refuse(session, society.id, command, None)
    act(session, "meeting:record", society.id)
    meeting = Meeting(society_id=society.id, **_facts(command))
    session.add(meeting)
    session.flush()
    return meeting


def correct(session: Session, meeting: Meeting, command: Hold) -> Meeting:
    """Set right what was recorded wrongly; the decisions stay."""
    if command.version is not None and command.version != meeting.version:
        raise Stale("", f"{meeting.name}（{meeting.held_on}）", meeting.version)
    rules.a_reason(command.why)
    _refuse(session, meeting.society_id, command, meeting.id)
    for row in meeting.decisions:
        refuse_odd_votes(Votes(row.votes_for, row.votes_against, row.votes_abstain), command.present)
    act(session, "meeting:correct", meeting.society_id, command.why)
    for key, value in _facts(command).items():
        setattr(meeting, key, value)
    session.flush()
    return meeting


def _facts(command: Hold) -> dict[str, object]:
    typed = {key: value for key, value in vars(command).items() if key not in {"why", "version"}}
    return {key: value.strip() if isinstance(value, str) else value for key, value in typed.items()}


def _refuse(session: Session, society_id: int, command: Hold, but_id: int | None) -> None:
    if not command.name.strip():
        raise RuleBroken("请写会议名称", "name")
    body = session.get(Body, command.body_id) if command.body_id else None
    if command.body_id and (body is None or body.society_id != society_id):
        raise RuleBroken("请选本学会的机构", "body_id")
    if command.present is not None and command.entitled is not None and command.present > command.entitled:
        raise RuleBroken(
            "实到 %(present)s 人，多于应到的 %(entitled)s 人",
            "present",
            present=command.present,
            entitled=command.entitled,
        )
    same = select(Meeting.id).where(
        Meeting.society_id == society_id,
        Meeting.name == command.name.strip(),
        Meeting.held_on == command.held_on,
        Meeting.body_id == command.body_id,
    )
    if any(key != but_id for key in session.scalars(same)):
        raise RuleBroken(
            "%(held_on)s 的“%(name)s”已有记录", "name", held_on=command.held_on, name=command.name.strip()
        )


def reword(session: Session, decision: Decision, command: Reword) -> Decision:
    """Set the words or the votes of a decision right."""
    if command.version is not None and command.version != decision.version:
        raise Stale("", words(decision), decision.version)
    rules.a_reason(command.why)
    refuse_odd_votes(command.votes, decision.meeting.present)
    act(session, "decision:correct", decision.society_id, command.why)
    decision.text = command.text.strip()
    for key, value in columns(command.votes).items():
        setattr(decision, key, value)
    session.flush()
    return decision


def keep_paper(session: Session, meeting: Meeting, filename: str, content: bytes) -> MeetingPaper:
    """Seal a small file of the meeting; its beginning must be what its name says."""
    name = checked(filename, content)
    act(session, "meeting:paper", meeting.society_id)
    sealed = session.info["vault"].seal_bytes(content)
    paper = MeetingPaper(
        society_id=meeting.society_id, meeting_id=meeting.id, filename=name, size=len(content), content=sealed
    )
    session.add(paper)
    session.flush()
    return paper


def open_paper(session: Session, paper: MeetingPaper) -> bytes:
    """The file as it was kept."""
    content: bytes = session.info["vault"].open_bytes(paper.content)
    return content
