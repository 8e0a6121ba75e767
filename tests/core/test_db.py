"""Column types come back from both databases as they went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm.exc import StaleDataError

from registry.core.dates import PartialDate
from registry.core.db import Codes, Instant, PartialDateText
from registry.core.errors import Stale
from registry.people.models import Person
from registry.people.services import EditPerson, edit_person

TABLE = Table(
    "column_types_of_the_tests",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("born", PartialDateText),
    Column("codes", Codes),
    Column("at", Instant),
)


@pytest.fixture
def table(app, store):
    """A connection in whose transaction the table exists."""
    with store.engine.connect() as connection:
        TABLE.create(connection)

        def through(**values):
            connection.execute(insert(TABLE).values(**values))
            return connection.execute(select(TABLE)).one()

        yield through
        connection.rollback()


@pytest.mark.parametrize("typed", ["1965", "1965-03", "1965-03-08", None])
def test_a_date_keeps_how_much_of_it_is_known(table, typed):
    born = typed and PartialDate.parse(typed)
    assert table(born=born).born == born


@pytest.mark.parametrize(("codes", "kept"), [(("520", "110"), ("520", "110")), ((), ()), (None, ())])
def test_codes_keep_their_order_and_none_is_empty(table, codes, kept):
    assert table(codes=codes).codes == kept


def test_a_moment_comes_back_in_utc(table):
    at = datetime(2026, 11, 24, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    kept = table(at=at).at
    assert kept == at
    assert kept.astimezone(UTC).hour == 0


def test_a_moment_without_a_zone_is_refused(table):
    with pytest.raises(StatementError, match="naive datetime"):
        table(at=datetime(2026, 11, 24, 8, 30))  # noqa: DTZ001


def test_dates_sort_in_time_order_as_text():
    texts = [str(PartialDate.parse(text)) for text in ("1965", "1965-03", "1965-03-08", "1966")]
    assert texts == sorted(texts)


def test_a_save_of_an_old_version_is_noticed_by_the_database(session, cast, store):
    cast.wang.version  # noqa: B018
    session.commit()
    with store.session() as another:
        edit_person(
            another, another.get(Person, cast.wang.id), EditPerson({"phone": "13800000077"}), ["B00001"]
        )
        another.commit()
    with pytest.raises(StaleDataError):
        edit_person(session, cast.wang, EditPerson({"phone": "13800000088"}), ["B00001"])
    session.rollback()


def test_a_save_typed_against_an_old_version_says_both_values(session, cast):
    shown = cast.wang.version
    edit_person(session, cast.wang, EditPerson({"phone": "13800000077"}, shown), ["B00001"])
    with pytest.raises(Stale) as caught:
        edit_person(session, cast.wang, EditPerson({"phone": "13800000088"}, shown), ["B00001"])
    assert (caught.value.mine, caught.value.theirs) == ("13800000088", "13800000077")
