"""A PostgreSQL cluster of the tests' own: in a temporary folder, reached by its socket, gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import URL

from tests import scratch

OWNER = "postgres"
MEMORY = Path("/dev/shm")
# Speed before safety: the data is thrown away.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "max_wal_size": "4GB",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
}


@dataclass(frozen=True)
class Cluster:
    """A running server; `folder` holds its data and its socket."""

    folder: Path
    numbers: Iterator[int]

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        query = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", OWNER, database=name, query=query).render_as_string(False)

    def create(self, template: str = "template0") -> str:
        """A new database, empty or the copy of another one that nobody is connected to; its name."""
        name = f"registry_{next(self.numbers)}"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return name

    def drop(self, name: str) -> None:
        """Away with it, whoever is connected."""
        self.tell(f"DROP DATABASE {name} WITH (FORCE)")

    def tell(self, statement: str) -> None:
        """One statement to the server itself."""
        where = f"host={self.folder} user={OWNER} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for the length of the block; it also ends when this process is killed."""
    with scratch.folder() as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
        _make(folder)
        with _serve(folder):
            yield Cluster(folder, count())


def _program(name: str) -> str:
    """The newest installed one; Debian keeps these off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise RuntimeError("The tests need PostgreSQL. Please install it: apt-get install postgresql")
    return program


def _as_owner(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    change = [f"--reuid={OWNER}", f"--regid={OWNER}", "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *change, "--pdeathsig=INT", *command]


def _make(folder: Path) -> None:
    """Lay out the data; the same collation everywhere."""
    options = ["--username", OWNER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = _as_owner(_program("initdb"), "--pgdata", str(folder / "data"), *options)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


@contextmanager
def _serve(folder: Path) -> Iterator[None]:
    """Start, wait until it answers, and stop it in the end."""
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = _as_owner(_program("postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(folder, server)
        yield
    finally:
        _stop(server)


def _wait(folder: Path, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until it takes connections, or its log when it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user=OWNER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((folder / "log").read_text(errors="replace"))


def _stop(server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """At once, dropping connections; by force if it must be."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
