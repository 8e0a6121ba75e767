"""The addresses that the pages of bodies are tested at, and what is typed to appoint somebody."""

from __future__ import annotations

import pytest

ROOT = "/societies/bjcs/bodies/"


@pytest.fixture
def council(cast):
    """The address of the council's term."""
    return f"{ROOT}{cast.council.id}/terms/8"


@pytest.fixture
def tenures(cast):
    """The address below which offices are changed."""
    return f"{ROOT}{cast.council.id}/tenures"


@pytest.fixture
def typed(cast):
    """An appointment as it is typed."""
    return {
        "person": "陳大文",
        "post_id": cast.director_post.id,
        "starts_on": "2024年3月1日",
        "begun_by": "added",
    }
