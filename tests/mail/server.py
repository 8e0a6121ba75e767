"""A mail server that keeps what it is given, for the tests of every area that sends mail."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from flask import Flask

from registry.config import Smtp
from registry.mail.sending import Postman


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class MailServer:
    """SMTP on a port of this machine; `refusals` are the answers it gives before it takes a mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusals: list[str] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=_free())

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def settings(self) -> Smtp:
        return Smtp("127.0.0.1", self._controller.port, "学会名册 <registry@example.org>")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def wait(self, many: int = 1) -> list[EmailMessage]:
        """What has come, when so many have."""
        until = time.monotonic() + 10
        while len(self.mails) < many and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.mails) >= many, "no mail came"
        return self.mails


@contextmanager
def using(app: Flask, server: MailServer) -> Iterator[Postman]:
    """Let an application send through this server, and have an address of its own."""
    config = app.extensions["registry"]
    postman = Postman(app, server.settings)
    app.extensions["registry"] = replace(config, smtp=server.settings, address="https://registry.example.org")
    app.extensions["postman"] = postman
    try:
        yield postman
    finally:
        if aside := app.extensions.get("aside"):
            aside.rollback()  # its transaction would keep the postman from writing that he has sent
        postman.rest()
        app.extensions["registry"] = config
        app.extensions.pop("postman")


def text(mail: EmailMessage, kind: str = "plain") -> str:
    """The mail as it is read."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())
