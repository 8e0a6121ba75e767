"""An account with an address, and a server that takes what is mailed to it."""

from __future__ import annotations

import pytest

from registry.accounts import forgotten
from registry.journal.services import act
from tests.mail.server import MailServer, using

MAIL = "wang@example.cn"


@pytest.fixture
def known(session, cast):
    """The member's account has an address."""
    act(session, "account:open")
    account = cast.member_account
    account.email, account.email_mark = session.info["vault"].seal(MAIL), forgotten.mark(session, MAIL)
    session.commit()
    return account


@pytest.fixture
def server(app):
    """It keeps what it is given, and nobody was asked for anything yet."""
    app.extensions.pop("reset_asked", None)
    with MailServer() as server, using(app, server):
        yield server
