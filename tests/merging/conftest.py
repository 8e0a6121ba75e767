"""Twins among the cast: Wang entered a second time in letters' worth of ways."""

from __future__ import annotations

from datetime import date

import pytest

from registry.memberships.services import Admit, admit
from registry.merging.plan import hold, state
from registry.merging.services import MergeInto, merge
from registry.people.facts import read_facts
from registry.people.services import enter_person
from tests.databases import TODAY


@pytest.fixture
def another(session, cast):
    """Enter somebody in the first society, or another: a member from a day on where one is given."""

    def enter(since=date(2020, 3, 1), until=None, society=None, **typed):
        where = society or cast.society
        facts = read_facts({"name": "王富", **typed})
        assert not facts.errors
        person = enter_person(session, where.id, facts.values)
        if since:
            ending = {"ends_on": until, "end_reason": "resigned"} if until else {}
            admit(session, where, person, Admit(cast.category["ordinary"].id, since, **ending))
        session.commit()
        return person

    return enter


@pytest.fixture
def twin(another):
    """Wang once more: the same day of birth and telephone, a member since 2020, no documents."""
    return another(birth="1965-03-08", phone="+86 138-0000-0001", title="研究员", former_names="王福")


@pytest.fixture
def merging(session):
    """Merge one into the other, as confirmed from what stands."""

    def carry_out(survivor, merged, *taken, voiding=True, reason="核对过申请表", seen=None):
        seen = seen or state(hold(session, survivor), hold(session, merged))
        command = MergeInto(frozenset(taken), reason, seen, voiding=voiding)
        row = merge(session, survivor, merged, command, TODAY)
        session.commit()
        return row

    return carry_out
