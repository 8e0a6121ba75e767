"""The journal holds enough to see every day again: replayed to a moment, it gives the snapshots of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, create_engine, func, select
from sqlalchemy.orm import Session

from registry.bodies.deciding import Decide, decide
from registry.bodies.founding import AddPost, add_post
from registry.bodies.services import Appoint, EndTenure, appoint, end, void
from registry.composition import queries
from registry.composition.facts import Official
from registry.composition.services import SetParameter, set_parameter, tell_officials
from registry.core.dates import PartialDate
from registry.core.db import Base, Codes, Instant, PartialDateText
from registry.journal.models import Act, Entry
from registry.memberships.models import EndReason
from registry.memberships.services import End
from registry.memberships.services import end as leave
from registry.people.services import EditPerson, edit_person

DAYS = (date(2022, 6, 1), date(2024, 6, 1), date(2026, 11, 24))
READ = {
    "society",
    "category",
    "branch",
    "branch_name",
    "body",
    "post",
    "term",
    "decision",
    "meeting",
    "tenure",
    "person",
    "membership",
    "unit",
    "charter_parameter",
    "official_status",
    "identity_document",
}


def test_replayed_to_any_moment_the_journal_gives_the_snapshots_of_that_moment(session, cast):
    moments = []
    for deed in deeds(session, cast):
        deed()
        session.commit()
        last = session.scalars(select(func.max(Act.id))).one()
        moments.append((last, seen(session, cast.society.id)))
    assert len({str(snapshots) for _last, snapshots in moments}) == len(moments)
    for last, snapshots in moments:
        assert replayed(session, last, cast.society.id) == snapshots


def deeds(session, cast) -> Iterator[Any]:
    """What happens to a council: each deed changes what the day looks like."""
    society, term, since = cast.society, cast.term, date(2024, 1, 1)
    vice = add_post(session, cast.council, AddPost("vice", "副理事长", 2, 2, principal=True))
    session.commit()
    yield lambda: appoint(session, society, Appoint(cast.chen.id, vice.id, term.id, since, full_time=False))
    yield lambda: edit_person(session, cast.chen, EditPerson({"birth": PartialDate(1950, 3), "sex": "F"}), [])
    yield lambda: decide(
        session, society, Decide("第五次会议", date(2024, 3, 1), "审议", 3, 2, cast.council.id)
    )
    yield lambda: set_parameter(session, society, SetParameter("retirement_age.years", "65", "第30条", since))
    yield lambda: tell_officials(session, society, {cast.wang.id: Official.RETIRED})
    yield lambda: end(session, cast.director, EndTenure(date(2025, 2, 1), "resigned"))
    yield lambda: leave(session, cast.ouyang_member, End(date(2026, 1, 1), EndReason.RESIGNED))
    yield lambda: void(session, cast.chair, "录错了人")


def seen(session, society_id):
    return [queries.snapshot(session, society_id, day) for day in DAYS]


def replayed(session, last, society_id):
    """The snapshots of a database that holds what the journal says up to an act."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for entry in session.scalars(select(Entry).where(Entry.act_id <= last).order_by(Entry.id)):
        if entry.table_name in READ and entry.row_id:
            rows.setdefault((entry.table_name, entry.row_id), {}).update(entry.after)
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    with Session(engine) as fresh:
        fresh.add_all(
            models[table](id=key, **typed(models[table], key, row)) for (table, key), row in rows.items()
        )
        fresh.commit()
        return seen(fresh, society_id)


def typed(model, key, row):
    """Values as the columns hold them; what is sealed stays apart by the row's number."""
    sealed = {"sealed": b"", "fingerprint": str(key)} if model.__tablename__ == "identity_document" else {}
    return {
        name: value_of(model.__table__.c[name].type, value)
        for name, value in row.items()
        if name not in sealed
    } | sealed


def value_of(kind, value):
    if value is None:
        return None
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, PartialDateText):
        return PartialDate.parse(value)
    return tuple(value) if isinstance(kind, Codes) else value
