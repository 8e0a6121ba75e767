"""The life of a job: begun and committed before its work starts, ended once, swept when its worker died."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.jobs.models import Job, JobState


@dataclass(frozen=True)
class Begin:
    """What is asked: `worker` is `working.me()`; `asked` is kept as JSON for the page and the deed."""

    society_id: int
    branch_id: int | None
    kind: str
    asked: Mapping[str, Any]
    total: int
    worker: str
    at: datetime
    choice_id: int | None = None


def begin(session: Session, command: Begin) -> Job:
    """The row of a job; it is to be committed before `working.start`."""
    values = {**vars(command), "asked": dict(command.asked)}
    job = Job(started_at=values.pop("at"), **values)
    session.add(job)
    session.flush()
    return job


def done(session: Session, job_id: int, at: datetime, act_id: int | None, many: int) -> None:
    """To be called by the deed itself, as early as it may: one that was swept away is refused here.

    The job becomes done with the same commit: who finds it running and its worker dead finds nothing written.
    """
    _end(session, job_id, JobState.DONE, at, act_id=act_id, done=many)


def fail(session: Session, job_id: int, state: JobState, error: str, at: datetime) -> None:
    """Say why nothing was written."""
    _end(session, job_id, state, at, error=error)


def _end(session: Session, job_id: int, state: JobState, at: datetime, **values: Any) -> None:
    """Only a running job ends, and once."""
    query = update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING)
    ended = session.execute(
        query.values(state=state, finished_at=at, **values),
        execution_options={"synchronize_session": False},
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken("这件事已经结束")


def sweep(session: Session, society_id: int, alive: Callable[[Job], bool], at: datetime) -> None:
    """Jobs left behind by a dead process can never be done any more."""
    left = select(Job).where(Job.society_id == society_id, Job.state == JobState.RUNNING)
    for job in session.scalars(left):
        if not alive(job):
            job.state, job.finished_at = JobState.BROKEN_OFF, at
    session.flush()
