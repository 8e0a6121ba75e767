"""What a society offers to narrow by."""

from __future__ import annotations

import pytest

from registry.roster.forms import Choices
from registry.societies.queries import branches, categories


@pytest.fixture
def choices(session, cast):
    society_id = cast.society.id
    return Choices(
        lambda: categories(session, society_id),
        lambda: branches(session, society_id),
        lambda: ["理事长", "理事"],
    )
