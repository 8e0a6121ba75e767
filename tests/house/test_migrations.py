"""The migrations lay what the models say, on an empty and on a filled database."""

from __future__ import annotations

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, func, insert, literal, select, text

from registry.app import create_app
from registry.bodies.models import Decision, Meeting
from registry.config import ROOT, Config
from registry.core.db import Base
from registry.journal.models import Act
from registry.people.models import Person
from tests import databases

KEPT_BY_MIGRATIONS = ("person_search", "search_vector", "ix_person_search")


def ours(thing, name, kind, reflected, compared):
    return not (reflected and compared is None and (name or "").startswith(KEPT_BY_MIGRATIONS))


def test_the_migrated_database_is_what_the_models_say(app, store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True, "compare_server_default": False}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_there_is_one_line_of_migrations():
    scripts = ScriptDirectory(str(ROOT / "registry" / "migrations"))
    assert len(scripts.get_heads()) == 1
    assert all(script.doc for script in scripts.walk_revisions())


def test_upgrading_again_changes_nothing(app, session):
    before = session.scalar(select(func.count(Act.id)))
    session.commit()
    with app.app_context():
        flask_migrate.upgrade()
    assert session.scalar(select(func.count(Act.id))) == before


@pytest.fixture
def empty(store, tmp_path):
    """An application on an empty database of the kind at hand."""
    server = getattr(store, "server", None)
    url = server.url(server.create()) if server else f"sqlite:///{tmp_path / 'empty.db'}"
    app = create_app(Config(secret=databases.SECRET, database_url=url, testing=True, today=databases.TODAY))
    with app.app_context():
        engine = databases.db.engine
        yield app, engine
    engine.dispose()


def test_a_filled_database_of_the_first_day_is_brought_forward(app, store, empty):
    _app, engine = empty
    flask_migrate.upgrade(revision="0001")
    people = len(fill_as_of_old(store.engine, engine)["person"])
    flask_migrate.upgrade()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count(Person.id))) == people
        assert connection.scalar(text(FOUND[engine.dialect.name])) == 1
        met = connection.execute(
            select(Meeting.name, Meeting.entitled, Decision.text).join(Meeting.decisions)
        )
        assert met.all() == [("第八次会员代表大会", 120, "选举第八届理事会")]


def fill_as_of_old(source, target):
    """Everything of today's database that the tables of old have a place for; the rows by table."""
    old, now = MetaData(), MetaData()
    old.reflect(target)
    tables = [table for table in old.sorted_tables if table.name != "alembic_version"]
    now.reflect(source, only=[*(table.name for table in tables), *(name for name, _keys in MOVED.values())])
    with source.connect() as reading:
        rows = {table.name: reading.execute(as_of_old(now, table)).mappings().all() for table in tables}
    with target.begin() as writing:
        for table in tables:
            if rows[table.name]:
                writing.execute(insert(table), [dict(row) for row in rows[table.name]])
    return rows


MOVED = {
    "decision": (
        "meeting",
        {
            "meeting": "name",
            "decided_on": "held_on",
            "body_id": "body_id",
            "entitled": "entitled",
            "present": "present",
        },
    )
}
"""By table the one that took some of its columns over, and under what names."""
GONE = {("account", "epoch"): literal(0)}
"""Columns that are no more, with what they held."""


def as_of_old(now, table):
    """What an old table held, from where it stands today."""
    own = now.tables[table.name]
    beside, moved = MOVED.get(table.name, (None, {}))
    now_in = dict.fromkeys(moved, now.tables[beside]) if beside else {}
    columns = [
        GONE[table.name, key].label(key)
        if (table.name, key) in GONE
        else now_in.get(key, own).c[moved.get(key, key)].label(key)
        for key in table.c.keys()
    ]
    query = select(*columns)
    return query.join_from(own, now.tables[beside]) if beside else query


FOUND = {
    "sqlite": "SELECT count(*) FROM person_search WHERE person_search MATCH 'wangfu'",
    "postgresql": "SELECT count(*) FROM person WHERE search_vector @@ to_tsquery('simple', 'wangfu')",
}
