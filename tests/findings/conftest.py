"""Findings about the council of the cast, which is large beside so few members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registry.findings import queries, services
from registry.findings.services import Day, Raise

DAY = date(2026, 11, 24)


@pytest.fixture
def verdict(session, cast):
    """What the rules say of the number of 理事 now, asked anew each time."""

    def now(day=DAY):
        found = queries.audit(session, cast.society.id, day).findings
        return next(one for one in found if one.rule.id == "council_of_members")

    return now


@pytest.fixture
def today(app, monkeypatch):
    """Let another day be today."""

    def today(day):
        monkeypatch.setitem(app.extensions, "registry", replace(app.extensions["registry"], today=day))

    return today


@pytest.fixture
def raised(session, cast, verdict):
    """A finding to be answered in January."""
    asked = Raise("理事的人数", "请补足理事", date(2027, 1, 31), own=False)
    row = services.raise_finding(session, cast.society, asked, Day(DAY, verdict()))
    session.commit()
    return row
