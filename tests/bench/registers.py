"""Registers of one society with many members: made once, and kept until what makes them changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import click
import flask_migrate
from flask import Flask
from sqlalchemy import Engine, text

from registry.accounts.services import GiveRole, give_role, open_account
from registry.app import create_app
from registry.config import ROOT, Config
from registry.core.policy import Role
from registry.demo import bulk
from registry.demo.stock import DAY
from registry.journal.services import Actor
from registry.societies.queries import by_slug
from registry.web import database
from tests.postgres import cluster

SLUG = "s001"
SECRET = "a secret of the bench, which protects nobody"
_MAKERS = (
    "core/text.py",
    "core/batches.py",
    "people/services.py",
    "demo/bulk.py",
    "demo/loading.py",
    "demo/spells.py",
)


@contextmanager
def register(members: int, *, postgres: bool, kept: bool) -> Iterator[Flask]:
    """An application on a register of that size, whose first account is the society's staff.

    `kept`: one that was made before will do, though what makes them has changed since.
    """
    if not postgres:
        yield _opened(f"sqlite:///{_file(members, kept)}")
        return
    with cluster() as server:
        url = server.url(server.create())
        _make(url, members)
        app = _opened(url)
        yield app
        with app.app_context():
            database.db.engine.dispose()


def _opened(url: str) -> Flask:
    app = create_app(Config(SECRET, url, testing=True, today=DAY))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def _file(members: int, kept: bool) -> Path:
    """The file in the cache, made under another name first, so that half of one is never used."""
    path = ROOT / ".venv/cache/bench" / f"{members}-{_digest()}.db"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    older = list(path.parent.glob(f"{members}-*"))
    if kept and older:
        max(older, key=lambda file: file.stat().st_mtime).rename(half)
        _renew(f"sqlite:///{half}")
    else:
        for old in older:
            old.unlink()
        _make(f"sqlite:///{half}", members)
    return half.rename(path)


def _renew(url: str) -> None:
    """The same people in today's tables."""
    with _opened(url).app_context():
        flask_migrate.upgrade()
        _confirm(database.db.engine)
        database.db.engine.dispose()


def _digest() -> str:
    """Of everything that decides what such a register holds."""
    migrations = sorted((ROOT / "registry/migrations/versions").glob("*.py"))
    sources = [*(ROOT / "registry" / name for name in _MAKERS), *migrations]
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def _make(url: str, members: int) -> None:
    app = _opened(url)
    with app.app_context():
        flask_migrate.upgrade()
        session = database.session()
        session.info["actor"] = Actor(None, "bench")
        with click.progressbar(length=members, label=f"{members:,} members", file=sys.stderr) as bar:
            bulk.generate(session, 1, members, 1, bar.update)
        session.commit()
        account = open_account(session, "staff", "staff", "a password of the bench")
        give_role(session, account, GiveRole(Role.STAFF, DAY, by_slug(session, SLUG).id))
        session.commit()
        session.close()
        _confirm(database.db.engine)
        _tidy(database.db.engine)
        database.db.engine.dispose()


def _confirm(engine: Engine) -> None:
    """A third has confirmed this year, a third did so before, a third never."""
    with engine.begin() as connection:
        for rest, days in ((0, 100), (1, 600)):
            values = {"on": DAY - timedelta(days), "rest": rest}
            connection.execute(text("UPDATE person SET confirmed_on = :on WHERE id % 3 = :rest"), values)


def _tidy(engine: Engine) -> None:
    """As the database would be some minutes later; the tests' PostgreSQL does not tidy up by itself."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
