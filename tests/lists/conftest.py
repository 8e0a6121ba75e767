"""Sending a list, and a council whose earlier 届 is not yet on record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from registry.lists import services
from registry.lists.kinds.councils import CouncilList
from registry.lists.models import ListKind

AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def asked(cast):
    """The seventh council, long over."""

    def asked(**more):
        facts = {
            "body_id": cast.council.id,
            "ordinal": 7,
            "starts_on": date(2018, 10, 1),
            "planned_end_on": date(2023, 4, 1),
            "ends_on": date(2023, 5, 1),
            "meeting": "第七次会员代表大会",
            "decided_on": date(2018, 10, 1),
            "post": "理事",
            "category_id": cast.category["ordinary"].id,
        }
        return CouncilList(**{**facts, **more})

    return asked


@pytest.fixture
def send(session, cast, asked):
    """Receive a pasted list; by default of the seventh council."""

    def send(text, kind=ListKind.COUNCIL, of="asked", **more):
        whole = asked(**more) if of == "asked" else of
        return services.receive(session, cast.society, services.Send(kind, text, "", b"", whole), AT)

    return send


@pytest.fixture
def judge(session, cast):
    return lambda row: services.judge(session, cast.society, row)


@pytest.fixture
def apply(session, cast, judge):
    return lambda row: services.apply(session, cast.society, row, judge(row).digest, AT)
