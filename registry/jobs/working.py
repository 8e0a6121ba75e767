"""Jobs at work beside the requests: a thread with a session of its own, and how far it has come.

A view calls `begin` and goes on to a page of its own area, which shows `glance(job)` and includes
`jobs/progress.html` while the job runs. The deed gets a session, the id of the job and `tick`, to be told how
many more are written; it opens its act, calls `services.done`, writes, and commits nothing.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from flask import Flask, current_app
from sqlalchemy.orm import Session

from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.jobs import services
from registry.jobs.models import Job, JobState
from registry.jobs.services import Begin
from registry.web.database import db

log = logging.getLogger("registry")

PATIENCE = 0.8
"""Seconds that a request waits: what is done by then needs no progress bar."""


@dataclass(frozen=True)
class Glance:
    """A job as a page shows it; `done` is None where another process does it."""

    job: Job
    state: JobState
    done: int | None

    @property
    def running(self) -> bool:
        """There is more to come."""
        return self.state == JobState.RUNNING


@dataclass
class Progress:
    """How many are written, though not committed."""

    done: int = 0

    def tick(self, many: int) -> None:
        """So many more."""
        self.done += many


_under_way: dict[int, Progress] = {}

Tick = Callable[[int], None]
Deed = Callable[[Session, Tick], None]
BegunDeed = Callable[[Session, int, Tick], None]
"""The same with the id of its job, which it needs to say that it is done."""


def me() -> str:
    """This process, told apart from a later one that got its number."""
    return f"{socket.gethostname()}:{os.getpid()}:{_begun(os.getpid())}"


def _begun(process: int) -> str:
    """When a process began, in the kernel's own count; empty where there is none or it is not known."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def alive(job: Job) -> bool:
    """May the job still be done: by this process, by another one here, or by one that cannot be seen."""
    if job.id in _under_way:
        return True
    host, process, begun = job.worker.rsplit(":", 2)
    if job.worker == me():
        return False
    return host != socket.gethostname() or _begun(int(process)) == begun != ""


def glance(job: Job) -> Glance:
    """How the job stands now: one that runs in no living process is broken off."""
    lost = job.state == JobState.RUNNING and not alive(job)
    at_work = _under_way.get(job.id)
    return Glance(job, JobState.BROKEN_OFF if lost else job.state, at_work.done if at_work else None)


def begin(command: Begin, deed: BegunDeed) -> int:
    """Commit the row of the job, and let the reader's deed be done beside the request.

    The request's transaction ends here: what the deed needs of it must have been read before.
    """
    session, app = db.session(), current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    services.sweep(session, command.society_id, alive, command.at)
    job_id = services.begin(session, command).id
    session.commit()
    start(app, job_id, session.info["actor"], lambda own, tick: deed(own, job_id, tick))
    return job_id


def start(app: Flask, job_id: int, actor: Actor, deed: Deed) -> None:
    """Begin, and wait a little; the job must have been committed, and no transaction be open."""
    _under_way[job_id] = Progress()
    thread = Thread(target=_work, args=(app, job_id, actor, deed), name=f"job-{job_id}")
    thread.start()
    thread.join(PATIENCE)


def _work(app: Flask, job_id: int, actor: Actor, deed: Deed) -> None:
    """One transaction for the whole job; what goes wrong is told in another."""
    with app.app_context():
        session = db.session()
        session.info["actor"] = actor
        try:
            deed(session, _under_way[job_id].tick)
            session.commit()
        except RuleBroken as broken:
            _tell(session, job_id, JobState.REFUSED, broken.reason)
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            log.error("%s in job %s", type(error).__name__, job_id)  # noqa: TRY400 - arguments may be personal
            _tell(session, job_id, JobState.FAILED, "")
        finally:
            _under_way.pop(job_id, None)


def _tell(session: Session, job_id: int, state: JobState, error: str) -> None:
    session.rollback()
    try:
        services.fail(session, job_id, state, error, datetime.now(UTC))
        session.commit()
    except RuleBroken:
        session.rollback()
