"""What meetings decide is kept, and annulled without anything that hung on it going away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import decided, rules
from registry.bodies.models import Decision, Meeting
from registry.core.errors import RuleBroken, Stale
from registry.journal.services import act
from registry.societies.models import Society


@dataclass(frozen=True)
class Votes:
    """Those for, against and abstaining; None = not counted."""

    favour: int | None = None
    against: int | None = None
    abstain: int | None = None

    @property
    def cast(self) -> int:
        """How many voted at all."""
        return sum(number or 0 for number in vars(self).values())


@dataclass(frozen=True)
class Decide:
    """What a meeting decided, with those entitled and those present where counted."""

    meeting: str
    decided_on: date
    text: str = ""
    entitled: int | None = None
    present: int | None = None
    body_id: int | None = None
    votes: Votes = Votes()


@dataclass(frozen=True)
class Annul:
    """The decision holds no longer, from a day on, for a reason."""

    on: date
    why: str
    version: int | None = None


def decide(session: Session, society: Society, command: Decide) -> Decision:
    """Keep what a meeting decided; the same words of the same meeting are one decision."""
    name = command.meeting.strip()
    if not name:
        raise RuleBroken("请写会议名称", "meeting")
    meeting = decided.meeting_like(session, society.id, command.body_id, name, command.decided_on)
    known = _known(session, meeting, command.text.strip()) if meeting else None
    if known is not None:
        return known
    act(session, "decision:record", society.id)
    if meeting is None:
        facts = {key: getattr(command, key) for key in ("entitled", "present", "body_id")}
        meeting = Meeting(society_id=society.id, name=name, held_on=command.decided_on, **facts)
    return resolve(session, meeting, command.text, command.votes)


def _known(session: Session, meeting: Meeting, text: str) -> Decision | None:
    """Without words any decision of the meeting is meant."""
    query = select(Decision).where(Decision.meeting_id == meeting.id)
    found = session.scalars(query.order_by(Decision.id)).all()
    return next((row for row in found if not text or row.text == text), None)


def resolve(session: Session, meeting: Meeting, text: str, votes: Votes) -> Decision:
    """One more decision of a meeting; nobody votes who was not there."""
    refuse_odd_votes(votes, meeting.present)
    act(session, "decision:record", meeting.society_id)
    decision = Decision(society_id=meeting.society_id, text=text.strip(), **columns(votes))
    decision.meeting = meeting
    session.add(decision)
    session.flush()
    return decision


def columns(votes: Votes) -> dict[str, int | None]:
    """As the row holds them."""
    return {
        "votes_for": votes.favour,
        "votes_against": votes.against,
        "votes_abstain": votes.abstain,
    }


def refuse_odd_votes(votes: Votes, present: int | None) -> None:
    """赞成、反对、弃权 add up to no more than came."""
    if any(number is not None and number < 0 for number in vars(votes).values()):
        raise RuleBroken("票数不能是负数", "votes_for")
    if present is not None and votes.cast > present:
        raise RuleBroken(
            "赞成、反对、弃权合计 %(cast)s 票，多于到会的 %(present)s 人",
            "votes_for",
            cast=votes.cast,
            present=present,
        )


def annul(session: Session, decision: Decision, command: Annul) -> Decision:
    """Mark the decision; offices that hang on it stay and show that their ground is gone."""
    if command.version is not None and command.version != decision.version:
        raise Stale("", words(decision), decision.version)
    if decision.annulled_on is not None:
        raise RuleBroken(
            "已于 %(annulled_on)s 撤销：%(annulled_reason)s",
            annulled_on=decision.annulled_on,
            annulled_reason=decision.annulled_reason,
        )
    rules.a_reason(command.why)
    if command.on < decision.decided_on:
        raise RuleBroken(
            "撤销日期不能早于作出决议的日期 %(decided_on)s", "on", decided_on=decision.decided_on
        )
    act(session, "decision:annul", decision.society_id, command.why)
    decision.annulled_on, decision.annulled_reason = command.on, command.why.strip()[:200]
    session.flush()
    return decision


def words(decision: Decision) -> str:
    """The decision as it stands, for one who typed against an older state."""
    state = f"已于 {decision.annulled_on} 撤销" if decision.annulled_on else "有效"
    return f"{decision.meeting.name}（{decision.decided_on}），{state}"
