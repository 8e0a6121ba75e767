"""The fixtures every test shares: an application on a fresh copy of each kind of database, and the cast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests import databases, scratch
from tests.cast import SECRETS, Cast
from tests.postgres import cluster
from tests.soffice import Office

KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", action="append", choices=KINDS, help="kind of database; all unless given")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that needs the application runs once on every kind of database."""
    if "store" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only")
        kinds = [kind for kind in metafunc.config.getoption("--db") or KINDS if not only or kind in only.args]
        metafunc.parametrize("store", kinds, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The browser looks at pages, which are the same whatever keeps the rows; one look at each is enough."""
    again = [item for item in items if _only_repeats(item)]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


def _only_repeats(item: pytest.Item) -> bool:
    kind = getattr(item, "callspec", None) and item.callspec.params.get("store")
    browsing = "browser" in item.path.parts and not item.get_closest_marker("both_databases")
    return bool(browsing or item.get_closest_marker("of_pages")) and kind == "postgresql"


@pytest.fixture(scope="session")
def stores() -> Iterator[Callable[[str], databases.Store]]:
    """The databases of this worker by kind, made when first asked for."""
    made: dict[str, databases.Store] = {}
    with ExitStack() as stack:

        def store(kind: str) -> databases.Store:
            if kind not in made:
                made[kind] = (
                    databases.SQLiteStore(stack.enter_context(scratch.folder()))
                    if kind == "sqlite"
                    else databases.PostgreSQLStore(stack.enter_context(cluster()))
                )
                stack.callback(made[kind].engine.dispose)
            return made[kind]

        yield store


@pytest.fixture
def store(request: pytest.FixtureRequest, stores: Callable[[str], databases.Store]) -> databases.Store:
    """One kind of database with its application."""
    return stores(request.param)


@pytest.fixture
def app(store: databases.Store) -> Flask:
    """The application on a fresh copy of the database that holds the cast; the day is 2026-11-24."""
    return store.refresh()


@pytest.fixture
def session(app: Flask, store: databases.Store) -> Iterator[Session]:
    """A session as services have it; it commits and forgets whenever a client asks for a page."""
    with store.session() as session:
        app.extensions["aside"] = session
        yield session
    app.extensions.pop("aside")


@pytest.fixture
def cast(session: Session, store: databases.Store) -> Cast:
    """The rows of `tests/cast.py` by name."""
    return Cast(session, store.cast)


class Browser(FlaskClient):
    """A client before which the test's own session steps aside: SQLite has one writer at a time."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        session = self.application.extensions.get("aside")
        if session is not None:
            session.commit()
            session.expire_all()
        kwargs.setdefault("buffered", True)  # closes files that are sent
        return super().open(*args, **kwargs)

    def part(self, url: str, **kwargs: Any) -> Any:
        """GET as htmx asks for a part of a page."""
        return self.get(url, headers={"HX-Request": "true", "HX-Request-Type": "partial"}, **kwargs)

    def post_part(self, url: str, data: Any = None, **kwargs: Any) -> Any:
        """POST as htmx asks for a part of a page."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        return self.post(url, data=data, headers=headers, **kwargs)


@pytest.fixture(scope="session")
def soffice() -> Iterator[Office]:
    """LibreOffice, to read what we wrote."""
    with scratch.folder() as place:
        yield Office(place)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody, who has not signed in."""
    app.test_client_class = Browser
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, store: databases.Store) -> Callable[[str], FlaskClient]:
    """A client for an account, signed in without the password's slow check."""

    def sign_in(username: str) -> FlaskClient:
        app.test_client_class = Browser
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(_user_id=SECRETS.format(username), _fresh=True)
            cookie.permanent = True
        return client

    return sign_in


@pytest.fixture
def count_queries(store: databases.Store) -> Callable[[], AbstractContextManager[list[str]]]:
    """A block that lists what the database is asked in it: `with … as statements`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                statements.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(store.engine, "before_cursor_execute", note)

    return counting
