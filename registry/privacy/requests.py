"""The life of a request to be erased: asked, withdrawn, refused with words, or carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.journal.services import act
from registry.people.models import Person
from registry.people.services import refuse_erased
from registry.privacy.erasing import erase
from registry.privacy.models import Erasure, ErasureState
from registry.privacy.outlook import outlook

CLOSED = "这件申请已经办结"


@dataclass(frozen=True)
class Confirmed:
    """As the office confirms it: the case of the law, and the member's number typed once more."""

    ground: str
    number: str


def of_society(session: Session, society_id: int) -> Sequence[Erasure]:
    """Every request, the newest first."""
    query = select(Erasure).where(Erasure.society_id == society_id).options(joinedload(Erasure.person))
    return session.scalars(query.order_by(Erasure.id.desc())).all()


def waiting(society_id: int) -> Select[int]:
    """Counts those that wait to be seen to."""
    query = select(func.count()).select_from(Erasure).where(Erasure.society_id == society_id)
    return query.where(Erasure.state == ErasureState.ASKED)


def of_person(session: Session, society_id: int, ids: Sequence[int]) -> Erasure | None:
    """The newest request of a person."""
    query = select(Erasure).where(Erasure.society_id == society_id, Erasure.person_id.in_(ids))
    return session.scalars(query.order_by(Erasure.id.desc()).limit(1)).first()


def by_id(session: Session, society_id: int, erasure_id: int) -> Erasure | None:
    """One of the society's."""
    query = select(Erasure).where(Erasure.society_id == society_id, Erasure.id == erasure_id)
    return session.scalars(query).first()


def ask(session: Session, person: Person, words: str, *, by_self: bool) -> Erasure:
    """A new request; there is one open at a time."""
    refuse_erased(person)
    standing = of_person(session, person.society_id, [person.id])
    if standing is not None and standing.state == ErasureState.ASKED:
        raise RuleBroken("已经有一件申请在办理")
    act(session, "erasure:ask", person.society_id)
    row = Erasure(
        society_id=person.society_id,
        person_id=person.id,
        asked_at=datetime.now(UTC),
        by_self=by_self,
        words=words.strip()[:500],
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, row: Erasure) -> None:
    """The person thought better of it."""
    _refuse_closed(row)
    act(session, "erasure:withdraw", row.society_id)
    _close(session, row, ErasureState.WITHDRAWN)


def refuse(session: Session, row: Erasure, answer: str) -> None:
    """With words that the person reads."""
    _refuse_closed(row)
    if not answer.strip():
        raise RuleBroken("请写明不予删除的理由；本人可以看到", "answer")
    act(session, "erasure:refuse", row.society_id)
    row.answer = answer.strip()[:500]
    _close(session, row, ErasureState.REFUSED)


def carry_out(session: Session, row: Erasure, numbers: Sequence[str], command: Confirmed, day: date) -> None:
    """Erase; raises `RuleBroken` with what to settle first. Nothing takes it back."""
    _refuse_closed(row)
    if command.number.strip() not in numbers:
        raise RuleBroken("会员号不对；请照抄上面的会员号", "number")
    view = outlook(session, row.person, day)
    if view.obstacles:
        raise RuleBroken("还有事情要先办，见上面所列；没有删除任何内容")
    erasure_id = row.id
    act_id = erase(session, row.society_id, view, day, datetime.now(UTC))
    row = session.get_one(Erasure, erasure_id)
    row.ground, row.act_id = command.ground, act_id
    _close(session, row, ErasureState.DONE)


def _refuse_closed(row: Erasure) -> None:
    if row.state != ErasureState.ASKED:
        raise RuleBroken(CLOSED)


def _close(session: Session, row: Erasure, state: ErasureState) -> None:
    actor: Actor = session.info["actor"]
    row.state, row.closed_at = state, datetime.now(UTC)
    if state is not ErasureState.WITHDRAWN:
        row.closed_by = actor.name
    session.flush()
