"""Many newcomers at once: what is left out while they come stands again, and everybody is found."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select, text

from registry.core.text import query_terms
from registry.journal.queries import first_broken
from registry.memberships import many
from registry.memberships.models import Membership
from registry.people import entering
from registry.people.models import Person
from registry.people.search import named
from tests.exchange import files
from tests.exchange.test_reading_files import judged

NAMES = ["孙" + one + two for one in "甲乙丙丁戊己" for two in "子丑寅卯辰巳午"]
SCHEMA = "SELECT name, sql FROM sqlite_master WHERE tbl_name IN ('membership', 'person') ORDER BY name"


@pytest.fixture
def few_are_many(monkeypatch):
    monkeypatch.setattr(many, "_PAYS_FROM", 10)
    monkeypatch.setattr(entering, "_PAYS_FROM", 10)


@pytest.mark.usefixtures("few_are_many")
def test_indexes_and_search_stand_again_and_everybody_is_found(session, cast):
    before = indexes(session)
    outcome = judged(session, cast, files.xlsx([["姓名"], *([name] for name in NAMES)]), dry_run=False)
    session.commit()
    assert outcome.counts["new"] == len(NAMES)
    assert indexes(session) == before
    assert first_broken(session, cast.society.id) is None
    assert found(session, cast, NAMES[7]) == [NAMES[7]]


@pytest.mark.only("sqlite")
@pytest.mark.usefixtures("few_are_many")
def test_what_fails_half_way_takes_nothing_away(session, cast):
    before = session.execute(text(SCHEMA)).all()
    judged(session, cast, files.xlsx([["姓名"], *([name] for name in NAMES)]), dry_run=False)
    session.rollback()
    assert session.execute(text(SCHEMA)).all() == before
    assert found(session, cast, NAMES[7]) == []


def indexes(session) -> list[str]:
    held = inspect(session.connection()).get_indexes(Membership.__tablename__)
    return sorted(index["name"] for index in held)


def found(session, cast, name: str) -> list[str]:
    """Who is found by search."""
    dialect = session.get_bind().dialect.name
    ids = named(dialect, cast.society.id, query_terms(name), phones=False)
    return list(session.scalars(select(Person.name).where(Person.id.in_(ids))))
