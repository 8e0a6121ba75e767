"""Databases for the tests: filled once for a worker, then a fresh copy for every test that wrote."""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from registry.app import create_app
from registry.config import Config
from registry.core.vault import Vault
from registry.journal import recording
from registry.journal.services import Actor
from registry.web.database import db
from tests import cast
from tests.postgres import Cluster

TODAY = date(2026, 11, 24)
SECRET = "a secret of the tests, which protects nobody"
READING = ("SELECT", "BEGIN", "PRAGMA", "SAVEPOINT", "ROLLBACK", "COMMIT", "RELEASE", "EXPLAIN")


class JournalledSession(Session):
    """Writes the journal as the application's own session does."""


recording.install(JournalledSession)


def acting() -> dict[str, Any]:
    """What a session knows of whoever acts."""
    return {"vault": Vault(SECRET), "actor": Actor(None, "测试")}


class Store(ABC):
    """One application on one database that is put back before each test."""

    def __init__(self, url: str) -> None:
        self.app = create_app(Config(secret=SECRET, database_url=url, testing=True, today=TODAY))
        self.app.config["WTF_CSRF_ENABLED"] = False
        with self.app.app_context():
            self.engine: Engine = db.engine
        self._settings = dict(self.app.config)
        try:
            self._fill()
        finally:
            self.engine.dispose()
        self.keep()
        self._written = True
        event.listen(self.engine, "before_cursor_execute", self._notice)

    def _fill(self) -> None:
        with self.app.app_context():
            flask_migrate.upgrade()
        with self.session() as session:
            self.cast = cast.enter(session)
            session.commit()

    def _notice(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        self._written |= not statement.lstrip().upper().startswith(READING)

    def session(self) -> Session:
        """A session as services have it: with a vault and somebody who acts."""
        return JournalledSession(self.engine, expire_on_commit=False, info=acting())

    def refresh(self) -> Flask:
        """The application with its settings, and its database as they were at first."""
        self.app.config.clear()
        self.app.config.update(self._settings)
        if self._written:
            self.engine.dispose()
            self.restore()
            self._written = False
        return self.app

    @abstractmethod
    def keep(self) -> None:
        """Put the filled database by."""

    @abstractmethod
    def restore(self) -> None:
        """Copy it back."""


class SQLiteStore(Store):
    """A file beside its original."""

    def __init__(self, folder: Path) -> None:
        self.file, self.original = folder / "registry.db", folder / "original.db"
        super().__init__(f"sqlite:///{self.file}")

    def keep(self) -> None:
        self.file.rename(self.original)

    def restore(self) -> None:
        for name in ("", "-wal", "-shm"):
            Path(f"{self.file}{name}").unlink(missing_ok=True)
        shutil.copyfile(self.original, self.file)


class PostgreSQLStore(Store):
    """A database of the tests' own server, beside its original."""

    def __init__(self, server: Cluster) -> None:
        self.server, self.name = server, server.create()
        super().__init__(server.url(self.name))

    def keep(self) -> None:
        self.server.tell(f"ALTER DATABASE {self.name} RENAME TO original")

    def restore(self) -> None:
        self.server.tell(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.server.tell(f"CREATE DATABASE {self.name} TEMPLATE original")


@contextmanager
def folder() -> Iterator[Path]:
    """In memory where the machine has such a place: SQLite waits for the disk at every commit."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="registry-sqlite-", dir=memory if memory.is_dir() else None
    ) as name:
        yield Path(name)
