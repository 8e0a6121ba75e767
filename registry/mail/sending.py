"""The postman: a thread that sends what a commit left in the outbox, and tries again after a pause."""

from __future__ import annotations

import logging
import smtplib
import ssl
from datetime import UTC, datetime, timedelta
from threading import Condition, Thread
from typing import Any

from flask import Flask, current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from registry.config import Config, Smtp
from registry.mail import queries, services
from registry.mail.services import Claimed
from registry.mail.writing import write
from registry.web.database import db

log = logging.getLogger("registry")

PATIENCE = 20
"""Seconds for the server to answer."""
LONGEST_NAP = timedelta(minutes=10)
FOR_GOOD = 500
"""From this reply on the server says that trying again is no use (RFC 5321, 4.2.1)."""


class Postman:
    """One thread for an application, begun by the first mail; it ends when nothing waits."""

    def __init__(self, app: Flask, server: Smtp) -> None:
        """Nothing is sent before `wake`."""
        self._app, self._server = app, server
        self._bell = Condition()
        self._thread: Thread | None = None
        self._rung = self._resting = False

    def wake(self) -> None:
        """There is something to send."""
        with self._bell:
            self._rung = True
            self._bell.notify()
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="postman", daemon=True)
                self._thread.start()

    def rest(self) -> None:
        """Finish the mail at hand and wait for no other try."""
        with self._bell:
            thread, self._resting = self._thread, True
            self._bell.notify()
        if thread is not None:
            thread.join(PATIENCE)

    def _work(self) -> None:
        while self._awake():
            try:
                until = self.deliver()
            except Exception as error:  # noqa: BLE001 - nobody else would hear of it
                log.error("%s while sending mail", type(error).__name__)  # noqa: TRY400 - may be personal
                until = datetime.now(UTC) + LONGEST_NAP
            self._nap(until)

    def _awake(self) -> bool:
        """Asked and done under one lock, so that no ringing falls between."""
        with self._bell:
            rung, self._rung = self._rung and not self._resting, False
            if not rung:
                self._thread = None
            return rung

    def _nap(self, until: datetime | None) -> None:
        with self._bell:
            if until is None or self._rung:
                return
            seconds = min(until - datetime.now(UTC), LONGEST_NAP).total_seconds()
            self._bell.wait_for(lambda: self._rung or self._resting, max(seconds, 1))
            self._rung = True

    def deliver(self) -> datetime | None:
        """Send all that is due; when the next try of what is left should be."""
        with self._app.app_context():
            session = db.session()
            while mail := services.claim(session, datetime.now(UTC)):
                session.commit()
                self._deliver(session, mail)
                session.commit()
            return queries.earliest(session)

    def _deliver(self, session: Session, mail: Claimed) -> None:
        try:
            # To nobody: such a mail only makes the same work as one to somebody.
            if mail.to:
                send(write(self._app, mail, self._server.sender), self._server)
        except (smtplib.SMTPException, OSError, ValueError, LookupError) as error:
            # What the server says may hold the address.
            log.warning("mail %s not sent at try %s: %s", mail.id, mail.tries, type(error).__name__)
            services.failed(session, mail, datetime.now(UTC), for_good=_for_good(error))
        else:
            services.sent(session, mail, datetime.now(UTC))


def send(message: Any, server: Smtp) -> None:
    """Hand it over; a name and password, and any mail that leaves the machine, only through TLS."""
    safe = ssl.create_default_context()
    if server.wrapped:
        with smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=safe) as line:
            _hand_over(line, message, server)
        return
    with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as line:
        if not server.near:
            line.starttls(context=safe)
        _hand_over(line, message, server)


def _hand_over(line: smtplib.SMTP, message: Any, server: Smtp) -> None:
    if server.user:
        line.login(server.user, server.password)
    line.send_message(message)


def _for_good(error: Exception) -> bool:
    """The address is refused, or the mail cannot be written."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _said in error.recipients.values())
    return isinstance(error, ValueError | LookupError) and not isinstance(error, OSError)


def postman() -> Postman | None:
    """The application's; None where no mail server is set."""
    found: Postman | None = current_app.extensions.get("postman")
    return found


def available() -> bool:
    """Can mails be sent? Otherwise pages offer a letter, or a link to hand over."""
    return postman() is not None


def init_app(app: Flask, config: Config) -> None:
    """Wake the postman after every commit that left a mail."""
    if config.smtp is not None:
        app.extensions["postman"] = Postman(app, config.smtp)
    if not event.contains(db.session, "after_commit", _posted):
        event.listen(db.session, "after_commit", _posted)
        event.listen(db.session, "after_rollback", _unposted)


def _posted(session: Session) -> None:
    if session.info.pop("mail_posted", False) and has_app_context() and (found := postman()):
        found.wake()


def _unposted(session: Session) -> None:
    session.info.pop("mail_posted", None)
