"""Every endpoint walked by every role; what each may do there follows from the one table."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from registry.core.policy import ANYONE, POLICY, Action, may, within
from registry.journal.models import Act, Entry
from registry.memberships.models import Membership
from registry.societies.models import Branch
from tests.house.walking import (
    ENDPOINTS,
    EXEMPT,
    PAGES,
    READ,
    ROLES,
    SAVING,
    WRITTEN,
    grants,
    may_read,
    may_write,
)


@pytest.mark.parametrize("place", ENDPOINTS, ids=str)
def test_every_endpoint_declares_its_action(place):
    assert (place.action is None) == (place.name in EXEMPT)


def test_every_address_has_a_sample(found):
    lacking = {(str(p), key) for p in PAGES for key, value in found.values_of(p).items() if value is None}
    assert not lacking


@pytest.mark.parametrize("place", WRITTEN, ids=str)
def test_what_writes_does_not_ask_for_seeing_alone(place):
    assert place.name in SAVING or not place.action.endswith(":see")


@pytest.mark.parametrize("place", READ, ids=str)
def test_nobody_is_asked_to_sign_in(place, client, address):
    answer = client.get(address(place))
    if place.action in ANYONE:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.location.split("?")[0]) == (303, "/login")


@pytest.mark.parametrize("place", WRITTEN, ids=str)
def test_nobody_writes(place, client, address, session):
    before = written(session)
    answer = client.post(address(place))
    if place.action in ANYONE:
        assert answer.status_code == 422
    else:
        assert (answer.status_code, answer.location) == (303, "/login")
    assert written(session) == before


@pytest.mark.parametrize("place", READ, ids=str)
def test_each_role_reads_what_the_table_says(place, sign_in, address, session, cast, found):
    said, seen = {}, {}
    for role in ROLES:
        said[role] = "open" if may_read(place, grants(session, cast, role), found) else "shut"
        seen[role] = verdict(sign_in(role).get(address(place)))
    assert seen == said


def verdict(answer):
    """`open`, `shut`, or what else it was."""
    if answer.status_code in {403, 404}:
        return "shut"
    if answer.status_code in {200, 204, 303} and not (answer.location or "").startswith("/login"):
        return "open"
    return f"{answer.status_code} {answer.location or ''}"


@pytest.mark.parametrize("place", WRITTEN, ids=str)
def test_each_role_writes_what_the_table_says(place, sign_in, address, session, cast, found):
    said, seen = {}, {}
    for role in ROLES:
        said[role] = "open" if may_write(place, grants(session, cast, role), found) else "shut"
        before = written(session)
        answer = sign_in(role).post(address(place))
        seen[role] = "shut" if answer.status_code in {403, 404} else "open"
        assert answer.status_code < 500
        if said[role] == "shut":
            assert written(session) == before, f"{role} was refused and wrote all the same"
    assert seen == said


def written(session):
    """How much the journal holds."""
    counts = tuple(session.scalar(select(func.count()).select_from(table)) for table in (Act, Entry))
    session.commit()
    return counts


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", [Membership, Branch])
def test_a_row_may_be_seen_exactly_when_the_list_holds_it(table, role, session, cast):
    held = grants(session, cast, role)
    rows = session.scalars(select(table)).all()
    for action in (action for action in Action if action in POLICY):
        listed = set(session.scalars(select(table.id).where(within(held, action, table))))
        assert listed == {row.id for row in rows if may(held, action, row)}, action
