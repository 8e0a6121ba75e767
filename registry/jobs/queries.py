"""Reading jobs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.jobs.models import Job
from registry.societies.models import Society


def job_of(session: Session, slug: str, job_id: int, kind: str) -> Job | None:
    """A job of this kind of the society in the address."""
    query = select(Job).join(Society, Society.id == Job.society_id)
    return session.scalars(query.where(Society.slug == slug, Job.id == job_id, Job.kind == kind)).first()
