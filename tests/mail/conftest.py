"""A real mail server in this process, and the application set to use it."""

from __future__ import annotations

import pytest

from tests.mail.server import MailServer, using


@pytest.fixture
def server():
    """It keeps what it is given."""
    with MailServer() as server:
        yield server


@pytest.fixture
def mailing(app, server):
    """The application with this server."""
    with using(app, server):
        yield app
