"""Nobody gains rights by recovering an account: theirs allow all that it allows."""

from __future__ import annotations

from itertools import product

from hypothesis import given

from registry.accounts.managing import allow_all_of
from registry.core.policy import POLICY, Grant, Role, may
from tests.core.test_policy import GRANTS, ROWS


@given(grants=GRANTS, others=GRANTS)
def test_who_allows_all_of_another_lacks_nothing_that_is_not_done_in_the_own_name(grants, others):
    if allow_all_of(grants, others):
        for action, row in product(POLICY, ROWS):
            own = {Role.MEMBER} >= {grant.role for grant in others if may([grant], action, row)}
            assert own or not may(others, action, row) or may(grants, action, row)


@given(others=GRANTS)
def test_an_administrator_allows_all_of_anybody(others):
    assert allow_all_of([Grant(Role.ADMIN)], others)
