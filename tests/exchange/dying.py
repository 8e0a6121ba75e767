"""A server that is killed in the middle of writing an import: run as a process of its own.

It posts the confirmation as a clerk's browser would;
when it writes, or asks for keys to write with, for the third time, the kernel kills it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import date
from itertools import count

from sqlalchemy import Engine, event

from registry.app import create_app
from registry.config import Config
from tests.cast import SECRETS
from tests.databases import SECRET

_BATCHES = count(1)
_FATAL = 3


def main(url: str, address: str, digest: str) -> None:
    """Never returns from what it does."""
    app = create_app(Config(secret=SECRET, database_url=url, testing=True, today=date(2026, 11, 24)))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(_user_id=SECRETS.format("staff"), _fresh=True)
        cookie.permanent = True
    event.listen(Engine, "after_cursor_execute", _die_while_writing)
    client.post(f"{address}/apply", data={"digest": digest})
    time.sleep(60)


def _die_while_writing(_connection, _cursor, statement: str, *_rest) -> None:
    writes = statement.startswith("INSERT INTO entry") or "nextval" in statement
    if writes and next(_BATCHES) == _FATAL:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
