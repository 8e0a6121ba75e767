"""A society that takes applications, and one of each track that was handed in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry.core.actor import Actor
from registry.joining import services
from registry.joining.models import TRACKS, Track
from registry.joining.services import Settle, Typed
from tests.databases import TODAY
from tests.people.test_documents import eighteen

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FACTS = {"sex": "F", "birth": "1988-02-03", "employer": "燕山计算研究所", "phone": "13811112222"}
TYPED = {
    Track.MAINLAND: Typed(
        {"name": "夏荷", **FACTS}, {"kind": "resident_id", "number": eighteen("11010819880203002")}
    ),
    Track.HKMT: Typed(
        {"name": "何嘉儀", "region": "HK", "email": "ho@example.hk", **FACTS},
        {"kind": "hkmo_permit", "number": "H01234567"},
    ),
    Track.FOREIGN: Typed(
        {"name": "Anna Weber", "nationality": "CH", "email": "anna@example.ch", **FACTS},
        {"kind": "passport", "number": "X1234567", "country": "CH"},
    ),
    Track.UNIT: Typed(
        {
            "name": "燕山计算研究所",
            "credit_code": "12100000400001234Y",
            "representative": "王富",
            "representative_number": "B00001",
            "contact": "林深",
            "phone": "010-12345678",
        }
    ),
}


@pytest.fixture
def joining(session, cast):
    """All tracks are open, nobody has to recommend."""
    services.settle(session, cast.society.id, Settle([str(key) for key in TRACKS], 0, "欢迎加入"))
    session.commit()


@pytest.fixture
def applied(session, cast, joining):
    """An application of a track, handed in; the row and the secret of its link."""

    def applied(track=Track.MAINLAND, typed=None, hand_in=True):
        before, session.info["actor"] = session.info["actor"], Actor(None, "申请人")
        row, secret = services.begin(session, cast.society, track, NOW)
        if hand_in:
            services.submit(session, row, typed or TYPED[track], TODAY)
        session.commit()
        session.info["actor"] = before
        return row, secret

    return applied
