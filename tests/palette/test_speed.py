"""What the palette asks of the database: no large table from end to end, and not more where there is more."""

from __future__ import annotations

import pytest

from tests.bench import plans

ASKED = ["王", "wang", "w", "B00001", "13800000001", "理事会", "人工智能", ""]
MOST = 14


@pytest.mark.parametrize("role", ["admin", "staff", "branch", "supervisor"])
@pytest.mark.only("sqlite")  # PostgreSQL plans by how much there is, which is nothing here
def test_no_large_table_is_read_from_end_to_end(store, sign_in, role):
    client = sign_in(role)
    for words in ASKED:
        with plans.asked(store.engine) as statements:
            assert client.part(f"/palette?in=bjcs&q={words}").status_code == 200
        for statement, values in statements:
            steps = plans.plan(store.engine, statement, values)
            assert plans.scans(store.engine, steps) == [], (words, statement)


@pytest.mark.parametrize("role", ["admin", "staff", "member"])
def test_few_questions_are_asked(sign_in, count_queries, role):
    client = sign_in(role)
    client.part("/palette?in=bjcs&q=王")
    with count_queries() as statements:
        client.part("/palette?in=bjcs&q=王")
    assert len(statements) <= MOST
