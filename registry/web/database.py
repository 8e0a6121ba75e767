"""Engine and session from Flask-SQLAlchemy, tuned per database; one transaction per request."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, has_request_context, request
from flask.signals import appcontext_pushed
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from registry.config import ROOT
from registry.core.vault import Vault

db = SQLAlchemy(session_options={"expire_on_commit": False})

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def engine_options(url: str) -> dict[str, Any]:
    """Pool settings; a SQLite writer waits for the other one instead of failing."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}}
    return {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}


def prepare_engine(engine: Engine) -> None:
    """On SQLite: durable WAL, foreign keys, and explicit transactions."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    # What is deleted or changed is overwritten: an erasure leaves nothing in the file.
    lasting = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*lasting, "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A deferred transaction that turns into a writer fails at once when another wrote meanwhile.
    reading = has_request_context() and request.method in READING
    reading = reading or connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def init_app(app: Flask, vault: Vault) -> None:
    """Bind the database to the app and close every request with one commit or rollback."""
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "registry" / "migrations"))

    def equip(_sender: Flask, **_: Any) -> None:
        db.session().info["vault"] = vault

    appcontext_pushed.connect(equip, app, weak=False)
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    if response.status_code < HTTPStatus.BAD_REQUEST:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def session() -> Session:
    """The session of this request or command."""
    return db.session()
