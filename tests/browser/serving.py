"""The application behind the server that people run it with, on a port that is free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress import create_server, wasyncore
from waitress.server import TcpWSGIServer


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve for the length of the block; the address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: _end(server))
        thread.join(10)
        server.task_dispatcher.shutdown()


def _end(server: TcpWSGIServer) -> None:
    """Channels first: `close_all` alone leaves the files that are being sent open."""
    for channel in [*server.active_channels.values()]:
        channel.handle_close()
    wasyncore.close_all(server._map)
