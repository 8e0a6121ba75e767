"""The two questions asked of the one table have the same answer."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from registry.core.periods import Period
from registry.core.policy import ANYONE, POLICY, SIGNED_IN, Action, Grant, Role, Scope, may, reach, within
from registry.core.subjects import Place

ROWS = [Place(*keys) for keys in product((1, 2), (None, 1, 2), (None, 1, 2))]
KEYS = st.sampled_from((None, 1, 2))
GRANTS = st.lists(st.builds(Grant, st.sampled_from(Role), KEYS, KEYS, KEYS), max_size=4)


@pytest.fixture(scope="module")
def rows():
    """A table with a row for every combination of society, branch and person."""
    keys = (Column(key, Integer) for key in ("society_id", "branch_id", "person_id"))
    table = Table("subject", MetaData(), Column("id", Integer, primary_key=True), *keys)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"id": i, **vars(row)} for i, row in enumerate(ROWS)])

        def within_(grants, action):
            return set(connection.scalars(select(table.c.id).where(within(grants, action, table.c))))

        yield within_
    engine.dispose()


@given(grants=GRANTS)
def test_a_row_may_be_seen_exactly_when_the_list_holds_it(rows, grants):
    for action in POLICY:
        assert rows(grants, action) == {i for i, row in enumerate(ROWS) if may(grants, action, row)}


@given(grants=GRANTS)
def test_what_may_be_done_to_some_row_may_be_done_to_any_at_all(grants):
    for action in POLICY:
        anywhere = any(may(grants, action, row) for row in ROWS)
        assert may(grants, action) or not anywhere


@given(one=GRANTS, more=GRANTS)
def test_a_further_grant_takes_nothing_away(one, more):
    for action, row in product(POLICY, ROWS):
        assert may(one + more, action, row) == (may(one, action, row) or may(more, action, row))


def test_every_action_is_in_the_table_or_open():
    assert set(Action) == set(POLICY) | ANYONE | SIGNED_IN
    assert not POLICY.keys() & (ANYONE | SIGNED_IN)
    assert not ANYONE & SIGNED_IN


def test_the_actions_stand_in_alphabetical_order():
    assert [action.name for action in Action] == sorted(action.name for action in Action)


def test_nobody_but_the_administrator_reaches_everywhere():
    wide = {
        (action, role)
        for action in POLICY
        for role, scope in POLICY[action].items()
        if scope is Scope.EVERYWHERE
    }
    assert {role for _action, role in wide} == {Role.ADMIN}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUPERVISOR])
def test_whoever_looks_at_a_society_from_outside_writes_nothing(role):
    """But how they like to see it: columns and views of their own."""
    writing = ("edit", "run", "manage", "reveal")
    written = {action for action in POLICY if action.endswith(writing) and role in POLICY[action]}
    assert written <= {Action.ARRANGEMENT_EDIT}


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.STAFF),
        Grant(Role.BRANCH_STAFF, society_id=1),
        Grant(Role.BRANCH_STAFF, branch_id=1),
        Grant(Role.MEMBER, society_id=1),
        Grant(Role.MEMBER, person_id=1),
    ],
)
def test_a_grant_without_the_place_its_scope_needs_reaches_nothing_there(grant):
    for action in POLICY:
        if POLICY[action].get(grant.role) in {Scope.BRANCH, Scope.OWN} or grant.society_id is None:
            assert reach([grant], action) == []


def test_who_may_edit_may_also_see():
    pairs = {
        Action.BODY_EDIT: Action.BODY_SEE,
        Action.BRANCH_EDIT: Action.BRANCH_SEE,
        Action.CONTACT_EDIT: Action.CONTACT_SEE,
        Action.DOCUMENT_EDIT: Action.DOCUMENT_SEE,
        Action.DOCUMENT_REVEAL: Action.DOCUMENT_SEE,
        Action.EXPERTISE_EDIT: Action.WORK_SEE,
        Action.IDENTITY_EDIT: Action.IDENTITY_SEE,
        Action.MEMBERSHIP_EDIT: Action.MEMBERSHIP_SEE,
        Action.ROSTER_EXPORT: Action.ROSTER_SEE,
        Action.WORK_EDIT: Action.WORK_SEE,
    }
    for edit, see in pairs.items():
        assert POLICY[edit].keys() <= POLICY[see].keys(), edit


def test_a_grant_knows_when_it_holds():
    grant = Grant(Role.STAFF, 1, period=Period(date(2020, 1, 1), date(2021, 1, 1)))
    assert grant.period.holds(date(2020, 12, 31))
    assert not grant.period.holds(date(2021, 1, 1))
