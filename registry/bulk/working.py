"""Jobs at work beside the requests: a thread with a session of its own, and how far it has come."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from flask import Flask
from sqlalchemy.orm import Session

from registry.bulk import services
from registry.bulk.models import Job, JobState
from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.web.database import db

log = logging.getLogger("registry")

PATIENCE = 0.8
"""Seconds that a request waits: what is done by then needs no progress bar."""


@dataclass
class Progress:
    """How many are written, though not committed."""

    done: int = 0

    def tick(self, many: int) -> None:
        """So many more."""
        self.done += many


_under_way: dict[int, Progress] = {}

Deed = Callable[[Session, Callable[[int], None]], None]


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


def progress(job: Job) -> int | None:
    """How many are written; None where another process does it."""
    at_work = _under_way.get(job.id)
    return at_work.done if at_work else None


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
