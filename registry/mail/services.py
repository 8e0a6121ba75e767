"""Queueing a mail with the deed that causes it; claiming it to be sent, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.core.vault import Vault
from registry.mail.models import Mail, MailState
from registry.mail.queries import next_due

PAUSES = tuple(timedelta(minutes=many) for many in (1, 5, 30, 120, 480, 1440))
"""After each try that failed; after the last one the mail is given up."""


@dataclass(frozen=True)
class Claimed:
    """A mail that one process is about to send."""

    id: int
    template: str
    language: str
    tries: int
    to: str = field(repr=False)
    values: dict[str, Any] = field(repr=False)


def post(
    session: Session, society_id: int, to: str, template: str, language: str = "zh_Hans", **values: str | int
) -> None:
    """Queue `templates/mail/<template>` for an address; it goes after the commit, or never without one."""
    vault: Vault = session.info["vault"]
    now = datetime.now(UTC)
    sealed = vault.seal(json.dumps({"to": to, "values": values}))
    row = Mail(society_id=society_id, template=template, language=language, sealed=sealed)
    row.made_at = row.due_at = now
    session.add(row)
    session.flush()
    session.info["mail_posted"] = True


def claim(session: Session, now: datetime) -> Claimed | None:
    """The next mail that is due. Until its pause is over nobody else sends it; the caller commits first."""
    row = next_due(session, now)
    if row is None or row.sealed is None:
        return None
    tries = row.tries + 1
    pause = PAUSES[min(row.tries, len(PAUSES) - 1)]
    mine = update(Mail).where(Mail.id == row.id, Mail.tries == row.tries, Mail.state == MailState.WAITING)
    taken = session.execute(mine.values(tries=tries, due_at=now + pause))
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    vault: Vault = session.info["vault"]
    opened = json.loads(vault.open(row.sealed))
    return Claimed(row.id, row.template, row.language, tries, opened["to"], opened["values"])


def sent(session: Session, claimed: Claimed, now: datetime) -> None:
    """Forget to whom it went and what it said."""
    _close(session, claimed.id, MailState.SENT, now)


def failed(session: Session, claimed: Claimed, now: datetime, *, for_good: bool) -> None:
    """It waits for its next try; after the last, or where no try can help, it is given up."""
    if for_good or claimed.tries > len(PAUSES):
        _close(session, claimed.id, MailState.GIVEN_UP, now)


def stop(session: Session, addresses: Collection[str], now: datetime) -> None:
    """What still waits for one of these addresses is never sent, and forgotten."""
    vault: Vault = session.info["vault"]
    wanted = {address.strip().lower() for address in addresses if address}
    for row in session.scalars(select(Mail).where(Mail.state == MailState.WAITING)).all() if wanted else ():
        if row.sealed and json.loads(vault.open(row.sealed))["to"].strip().lower() in wanted:
            _close(session, row.id, MailState.GIVEN_UP, now)


def _close(session: Session, mail_id: int, state: MailState, now: datetime) -> None:
    row = update(Mail).where(Mail.id == mail_id)
    session.execute(row.values(state=state, sealed=None, closed_at=now))
