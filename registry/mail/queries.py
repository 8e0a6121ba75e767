"""What waits in the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.mail.models import Mail, MailState


def next_due(session: Session, now: datetime) -> Mail | None:
    """The mail that should have gone longest ago."""
    waiting = select(Mail).where(Mail.state == MailState.WAITING, Mail.due_at <= now)
    return session.scalars(waiting.order_by(Mail.due_at, Mail.id).limit(1)).first()


def earliest(session: Session) -> datetime | None:
    """When the next one is due; None where none waits."""
    return session.scalar(select(func.min(Mail.due_at)).where(Mail.state == MailState.WAITING))
