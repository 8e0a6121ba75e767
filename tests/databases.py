"""Databases for the tests: filled once for a worker, then a fresh copy for every test that wrote."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
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
            with self.app.app_context():
                flask_migrate.upgrade()
            with self.session() as session:
                self.cast = cast.enter(session)
        finally:
            self.engine.dispose()
        self.keep("original")
        self._kept = {"original"}
        self._stands = ""
        event.listen(self.engine, "before_cursor_execute", self._notice)

    def _notice(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(READING):
            self.spoil()

    def spoil(self) -> None:
        """Somebody writes, so the next test needs a fresh copy."""
        self._stands = ""

    def session(self) -> Session:
        """A session as services have it: with a vault and somebody who acts."""
        return JournalledSession(self.engine, expire_on_commit=False, info=acting())

    def refresh(self) -> Flask:
        """The application with its settings, and its database as they were at first."""
        return self._stand("original")

    def refresh_with(self, name: str, more: Callable[[Session, cast.Cast], Any]) -> Flask:
        """The same with something more in the database, which is entered once and kept under its name."""
        if name not in self._kept:
            self._stand("original")
            with self.session() as session:
                more(session, cast.Cast(session, self.cast))
            self.engine.dispose()
            self.keep(name)
            self._kept.add(name)
        return self._stand(name)

    def _stand(self, name: str) -> Flask:
        self.app.config.clear()
        self.app.config.update(self._settings)
        if self._stands != name:
            self.engine.dispose()
            self.restore(name)
            self._stands = name
        return self.app

    @abstractmethod
    def keep(self, name: str) -> None:
        """Put a copy of the database by."""

    @abstractmethod
    def restore(self, name: str) -> None:
        """Bring a copy back."""


class SQLiteStore(Store):
    """A file beside its copies."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "registry.db"
        super().__init__(f"sqlite:///{self.file}")

    def keep(self, name: str) -> None:
        shutil.copyfile(self.file, self.folder / name)

    def restore(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.folder / name, self.file)


class PostgreSQLStore(Store):
    """A database of the tests' own server, beside its copies."""

    def __init__(self, server: Cluster) -> None:
        self.server, self.name = server, server.create()
        super().__init__(server.url(self.name))

    def keep(self, name: str) -> None:
        self.server.tell(f'CREATE DATABASE "{name}" TEMPLATE {self.name}')

    def restore(self, name: str) -> None:
        self.server.tell(f"DROP DATABASE {self.name} WITH (FORCE)")
        self.server.tell(f'CREATE DATABASE {self.name} TEMPLATE "{name}"')
