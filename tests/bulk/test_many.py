"""More people ask no more of the database, until a batch is full."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import true

from registry.bulk import services
from registry.bulk.planning import Order, draw
from registry.jobs.services import begin
from registry.jobs.working import me
from registry.memberships.services import Admit, admit
from registry.people.facts import read_facts
from registry.people.services import enter_person
from tests.databases import TODAY

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MANY = 40


@pytest.fixture
def crowd(session, cast):
    """The spells of forty ordinary members."""
    ids = []
    for number in range(MANY):
        person = enter_person(
            session, cast.society.id, read_facts({"name": f"林{chr(0x5B89 + number)}"}).values
        )
        command = Admit(cast.category["ordinary"].id, date(2015, 1, 1), number=f"K{number}")
        ids.append(admit(session, cast.society, person, command).id)
    session.commit()
    return ids


def everything(_action, _place):
    return True


def orders(cast):
    """One of each deed."""
    return [
        Order("category", str(cast.category["senior"].id), on=TODAY),
        Order("fact", "institute", key="employer_kind"),
        Order("tag", "专家库"),
        Order("state", "lapsed", on=date(2026, 12, 31), why="清理"),
    ]


@pytest.mark.parametrize("place", range(4))
def test_ten_and_twenty_ask_the_same_of_the_database(session, cast, crowd, count_queries, place):
    order = orders(cast)[place]
    few = asked(session, cast, order, crowd[:10], count_queries)
    many = asked(session, cast, order, crowd[10:30], count_queries)
    assert len(many) <= len(few)


def asked(session, cast, order, ids, count_queries):
    """The statements behind one deed, from what was held to what was sealed."""
    choice = services.hold(session, cast.society.id, services.Hold(ids, None, NOW))
    plan = draw(session, true(), everything, choice, order)
    job = begin(session, services.asked_for(choice, plan, me(), NOW))
    session.commit()
    assert len(plan.rows) == len(ids)
    ticked = []
    with count_queries() as statements:
        services.carry_out(session, job.id, true(), everything, "许多人", NOW, ticked.append)
        session.commit()
    assert sum(ticked) == len(ids)
    return statements
