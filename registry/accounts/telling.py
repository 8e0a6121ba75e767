"""Mail to the holder of an account, above all of what might not be the holder's own doing."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app

from registry.accounts.forgotten import LASTS, mark
from registry.accounts.models import Account
from registry.accounts.moving import address_of
from registry.mail import services as mail
from registry.mail.sending import available
from registry.web.database import session
from registry.web.languages import speaks
from registry.web.throttle import Throttle

ASKED, WITHIN = 5, LASTS
"""So many links within the hour; then no more mails are sent to the address."""


def tell(account: Account, template: str, to: str | None = None, **values: str) -> None:
    """Queue a mail to the account's own address, or to another; none without one, or without a server."""
    address = address_of(session(), account.email) if to is None else to
    if address and available():
        mail.post(session(), 0, address, template, account.language or speaks(), name=account.name, **values)


def flooded(address: str) -> bool:
    """Has the address been sent enough; otherwise one more is counted."""
    its_mark, now = mark(session(), address), datetime.now(UTC)
    asked: Throttle = current_app.extensions.setdefault("reset_asked", Throttle(ASKED, WITHIN))
    if asked.closed(its_mark, now):
        return True
    asked.miss(its_mark, now)
    return False
