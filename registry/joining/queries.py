"""Reading applications: the queue of a society, one of them, what a member is asked to recommend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from registry.joining.models import (
    Application,
    ApplicationPaper,
    JoiningSettings,
    Recommendation,
    StepKind,
)
from registry.memberships.models import Membership

CLOSED = (StepKind.ACCEPTED, StepKind.REFUSED, StepKind.WITHDRAWN)
LISTED = 200


def settings(session: Session, society_id: int) -> JoiningSettings | None:
    """What the society asks; None = it takes no applications."""
    return session.get(JoiningSettings, society_id)


def submitted(session: Session, society_id: int, *, closed: bool = False) -> Sequence[Application]:
    """Those that the staff work on, oldest first; or those that are closed, newest first."""
    query = select(Application).where(Application.society_id == society_id, Application.stands.is_not(None))
    if closed:
        query = query.where(Application.stands.in_(CLOSED)).order_by(Application.id.desc()).limit(LISTED)
    else:
        query = query.where(Application.stands.not_in(CLOSED)).order_by(Application.id)
    return session.scalars(query.options(selectinload(Application.steps))).all()


def one(session: Session, society_id: int, key: int) -> Application | None:
    """One application with all that hangs on it."""
    query = select(Application).where(Application.society_id == society_id, Application.id == key)
    with_all = (Application.steps, Application.papers, Application.recommendations)
    return session.scalars(query.options(*map(selectinload, with_all))).first()


def several(session: Session, society_id: int, keys: Sequence[int]) -> Sequence[Application]:
    """Some of a society."""
    query = select(Application).where(Application.society_id == society_id, Application.id.in_(keys))
    return session.scalars(query.options(selectinload(Application.steps)).order_by(Application.id)).all()


def paper(session: Session, society_id: int, application_id: int, key: int) -> ApplicationPaper | None:
    """A file of an application."""
    query = select(ApplicationPaper).where(
        ApplicationPaper.society_id == society_id, ApplicationPaper.application_id == application_id
    )
    return session.scalars(query.where(ApplicationPaper.id == key)).first()


def member(session: Session, society_id: int, number: str, day: date) -> int | None:
    """The person in good standing who has that number."""
    query = select(Membership.person_id).where(
        Membership.society_id == society_id, Membership.number == number, Membership.in_force(day)
    )
    return session.scalars(query.where(Membership.person_id.is_not(None))).first()


def asked_of(session: Session, society_id: int, person_id: int) -> Sequence[Recommendation]:
    """What somebody is asked to recommend, the open ones first."""
    query = (
        select(Recommendation)
        .join(Application, Application.id == Recommendation.application_id)
        .where(Recommendation.society_id == society_id, Recommendation.person_id == person_id)
        .where(Application.stands.is_not(None))
        .options(selectinload(Recommendation.application))
    )
    return session.scalars(query.order_by(Recommendation.agrees.is_not(None), Recommendation.id.desc())).all()


def to_do(society_id: int) -> Select[int]:
    """Counts those that lie with the staff, notices that run among them."""
    waiting = (*CLOSED, StepKind.ASKED_BACK)
    return select(func.count()).where(
        Application.society_id == society_id,
        Application.stands.is_not(None),
        Application.stands.not_in(waiting),
    )
