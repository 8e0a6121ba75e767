"""A society of its own for the bench of imports."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
from flask import Flask

from registry.app import create_app
from registry.config import Config
from registry.core.actor import Actor
from registry.demo.stock import DAY
from registry.exchange.finishing import import_file
from registry.exchange.services import Receive
from registry.societies.queries import by_slug
from registry.societies.services import found_society
from registry.web import database
from tests.bench.registers import SECRET, SLUG


def opened(place: Path, *, fresh: bool) -> Flask:
    """The application; `fresh`: on a new database with the society alone."""
    app = create_app(Config(SECRET, f"sqlite:///{place}", testing=True, today=DAY))
    if fresh:
        with app.app_context():
            flask_migrate.upgrade()
            session = database.session()
            session.info["actor"] = Actor(None, "bench")
            found_society(session, SLUG, "合成数据学会", "合成", "G-")
            session.commit()
    return app


def take(app: Flask, path: Path, *, dry_run: bool) -> None:
    """The whole way of an import, as the command line goes it."""
    with app.app_context():
        session = database.session()
        session.info["actor"] = Actor(None, "bench")
        society = by_slug(session, SLUG)
        sent = Receive(path.name, path.read_bytes())
        outcome = import_file(session, society, sent, DAY, datetime.now(UTC), dry_run=dry_run)
        session.commit()
        assert outcome.counts["unchanged" if dry_run else "new"] > 0.9 * sum(outcome.counts.values())
