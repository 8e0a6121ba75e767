"""The demonstration, made once for each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from registry import config
from registry.app import create_app
from registry.web import database
from tests import databases
from tests.conftest import KINDS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "demonstration" in metafunc.fixturenames:
        kinds = metafunc.config.getoption("--db") or KINDS
        metafunc.parametrize("demonstration", kinds, indirect=True, scope="session")


class Demonstration:
    """An application with what its first two starts printed."""

    def __init__(self, app: Flask, runs: list[Any]) -> None:
        self.app = app
        self.first, self.second = runs


@pytest.fixture(scope="session")
def demonstration(
    request: pytest.FixtureRequest,
    stores: Callable[[str], databases.Store],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demonstration]:
    """Started twice: the first time it creates everything, the second time it keeps it."""
    folder = tmp_path_factory.mktemp("instance")
    url = f"sqlite:///{folder / 'registry.db'}"
    if request.param == "postgresql":
        server = stores("postgresql").server
        url = server.url(server.create())
    settings = config.Config("demo secret", url, demo=True, testing=True, today=databases.TODAY)
    app = create_app(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "INSTANCE", folder)
        patch.delenv("REGISTRY_DEMO_PASSWORD", raising=False)
        runner = app.test_cli_runner()
        assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
        yield Demonstration(app, [runner.invoke(args=["demo"]) for _ in range(2)])
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def made(demonstration: Demonstration) -> Iterator[Session]:
    """A session on the demonstration; nothing of it stays."""
    with demonstration.app.app_context():
        yield database.session()
        database.session().rollback()
