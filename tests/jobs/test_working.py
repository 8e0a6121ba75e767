"""A deed beside the requests: whole or not at all, and never left hanging."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.jobs import services, working
from registry.jobs.models import Job, JobState
from registry.jobs.services import Begin
from registry.journal.models import Act, Entry
from registry.journal.services import act
from registry.people.models import Person

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MANY = 3


@pytest.fixture
def job(session, cast):
    """The row of a job on which nobody works yet."""

    def job(worker: str = "") -> Job:
        asked = Begin(cast.society.id, None, "person:edit", {"to": "北京"}, MANY, worker or working.me(), NOW)
        made = services.begin(session, asked)
        session.commit()
        return made

    return job


@pytest.fixture
def work(app, session, cast):
    """Does a job to its end: the person's unit becomes another, and then `after` is called."""
    key, society = cast.wang.id, cast.society.id

    def work(made: Job, after=lambda: None) -> None:
        job_id = made.id

        def deed(own, tick):
            opened = act(own, "person:edit", society, "改单位")
            services.done(own, job_id, NOW, opened.id, MANY)
            own.get(Person, key).employer = "新单位"
            own.flush()
            tick(MANY)
            after()

        session.commit()
        working.start(app, job_id, Actor(None, "测试"), deed)
        for thread in threading.enumerate():
            if thread.name == f"job-{job_id}":
                thread.join(10)
        session.expire_all()

    return work


def written(session):
    return [session.scalar(select(func.count()).select_from(table)) for table in (Act, Entry)]


def test_a_job_is_done_in_the_transaction_of_its_deed(session, cast, job, work):
    made = job()
    work(made)
    assert (made.state, made.done, cast.wang.employer) == (JobState.DONE, MANY, "新单位")
    assert session.get(Act, made.act_id).reason == "改单位"
    assert working.glance(made).state == JobState.DONE


def test_what_goes_wrong_leaves_nothing(session, job, work):
    made, before = job(), written(session)

    def badly():
        raise ZeroDivisionError

    work(made, badly)
    assert (made.state, made.error, written(session)) == (JobState.FAILED, "", before)


def test_what_the_rules_refuse_says_why(session, job, work):
    made, before = job(), written(session)

    def refused():
        raise RuleBroken("名册又有了变动")

    work(made, refused)
    assert (made.state, made.error) == (JobState.REFUSED, "名册又有了变动")
    assert written(session) == before


def test_one_that_was_swept_away_can_never_be_done(session, job, work):
    made, before = job("elsewhere:1:2"), written(session)
    services.sweep(session, made.society_id, lambda _job: False, NOW)
    work(made)
    assert (made.state, written(session)) == (JobState.BROKEN_OFF, before)


def test_a_sweep_leaves_those_that_may_still_be_done(session, job):
    made = job()
    services.sweep(session, made.society_id, lambda _job: True, NOW)
    assert made.state == JobState.RUNNING


@pytest.mark.parametrize(
    ("worker", "seen"),
    [
        (f"{working.socket.gethostname()}:999999999:1", JobState.BROKEN_OFF),
        ("another-machine:1:2", JobState.RUNNING),
    ],
    ids=["a process that is gone", "one that cannot be seen"],
)
def test_a_job_is_broken_off_where_its_worker_is_gone(job, worker, seen):
    made = job(worker)
    assert working.glance(made) == working.Glance(made, seen, None)
