"""What the tests of bulk deeds begin with."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest

from registry.bulk.models import Choice
from registry.bulk.services import Hold, hold
from registry.jobs.models import Job
from tests.databases import TODAY

ROSTER = "/societies/bjcs/members/"


@pytest.fixture
def choose(session, cast):
    """A choice of the spells of people of the cast, as the secretary's office holds it."""

    def choose(*names: str, **more) -> Choice:
        ids = [getattr(cast, f"{name}_member").id for name in names]
        choice = hold(session, cast.society.id, Hold(ids, None, datetime.now(UTC), **more))
        session.commit()
        return choice

    return choose


class Deed:
    """A secretary's way through the pages: asks, reads, confirms."""

    def __init__(self, client, choice: Choice, deed: str, **typed: str) -> None:
        self.client, self.where = client, f"{ROSTER}chosen/{choice.id}/{deed}"
        self.typed = {"since": TODAY.isoformat(), "why": "换届前核定", **typed}

    def look(self):
        """The confirming page."""
        return self.client.get(self.where, query_string={**self.typed, "ask": "1"})

    def digest(self) -> str:
        """What the page holds to be confirmed."""
        found = re.search(r'name="digest" value="(\w+)"', self.look().text)
        return found[1] if found else ""

    def confirm(self, digest: str = ""):
        """Send what was shown, and wait until it is done."""
        answer = self.client.post(self.where, data={**self.typed, "digest": digest or self.digest()})
        return self.settled(answer.location) if answer.status_code == 303 else answer

    def settled(self, where: str):
        """The page of the job once it does not run any more."""
        for _turn in range(100):
            page = self.client.get(where)
            if "job-progress" not in page.text:
                return page
            time.sleep(0.05)
        raise AssertionError("still at work")


@pytest.fixture
def deed(sign_in, choose):
    """`deed("category", "wang", "chen", category=…)` by the secretary's office."""

    def deed(word: str, *names: str, by: str = "staff", **typed: str) -> Deed:
        return Deed(sign_in(by), choose(*names), word, **typed)

    return deed


@pytest.fixture
def jobs(session):
    """Every job, oldest first."""
    return lambda: session.query(Job).order_by(Job.id).all()
