"""The catalogue of columns: all that staff expect, in an order, to those who may see it."""

from __future__ import annotations

import pytest

from registry.core.policy import Grant, Role
from registry.people.fields import FIELDS
from registry.roster.columns import COLUMNS, FIXED, KNOWN, USUAL, Rights, in_order


def test_every_fact_of_a_person_is_a_column():
    assert set(FIELDS) <= set(KNOWN)
    assert len(KNOWN) == len(COLUMNS)


def test_number_and_name_stand_first_whatever_is_asked():
    assert in_order(["phone", "name", "sex"]) == ("number", "name", "phone", "sex")


def test_a_column_that_is_gone_or_named_twice_is_left_out():
    assert in_order(["shoe", "sex", "sex"]) == (*FIXED, "sex")


def test_without_a_choice_the_usual_ones_are_shown():
    assert in_order([]) == tuple(column.key for column in USUAL)


@pytest.fixture
def row():
    class Row:
        society_id, branch_id, person_id = 1, None, 7

    return Row()


@pytest.mark.parametrize(
    ("role", "hidden"), [(Role.STAFF, set()), (Role.AUDITOR, {"phone", "email", "document_numbers"})]
)
def test_a_column_is_shown_where_one_row_of_it_is_seen(row, role, hidden):
    rights = Rights([Grant(role, 1)])
    assert set(KNOWN) - {column.key for column in rights.columns([row], KNOWN)} >= hidden
    seen = {key for key, column in KNOWN.items() if column.seen_in([Grant(role, 1)], 1)}
    assert seen == {column.key for column in rights.columns([row], KNOWN)}
    assert not KNOWN["phone"].seen_in([Grant(role, 2)], 1)


def test_the_columns_come_in_the_order_asked(row):
    rights = Rights([Grant(Role.STAFF, 1)])
    keys = [column.key for column in rights.columns([row], ["phone", "sex"])]
    assert keys == ["number", "name", "phone", "sex"]
