"""Work that takes its time: seen as it goes on, whole or not at all, and never left hanging."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import func, select, true
from sqlalchemy.orm import object_session

from registry.bulk import services
from registry.bulk.planning import Order, draw
from registry.config import ROOT
from registry.core.actor import Actor
from registry.jobs import working
from registry.jobs.models import Job, JobState
from registry.jobs.services import begin
from registry.journal.models import Act, Entry
from registry.memberships.models import EndReason
from registry.memberships.services import End, end
from tests import databases
from tests.bulk.conftest import ROSTER, Deed
from tests.cast import SECRETS

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def everything(_action, _place):
    return True


@pytest.fixture
def job(session, cast, choose):
    """Two members who are to be tagged; the row of the job is there, and nobody works on it."""

    def job(worker: str = "") -> Job:
        choice = choose("wang", "chen")
        plan = draw(session, true(), everything, choice, Order("tag", "专家库"))
        made = begin(session, services.asked_for(choice, plan, worker or working.me(), NOW))
        session.commit()
        return made

    return job


def carry_out(made):
    # The row belongs to the test's own session, which no other thread may touch.
    key = made.id
    return lambda own, tick: services.carry_out(own, key, true(), everything, "两个人", NOW, tick)


def start(app, made, deed):
    key = made.id
    object_session(made).commit()
    working.start(app, key, Actor(None, "测试"), deed)


def settle(made):
    key = made.id
    object_session(made).commit()
    for thread in threading.enumerate():
        if thread.name == f"job-{key}":
            thread.join(10)


def page(sign_in, made):
    return sign_in("staff").get(f"{ROSTER}jobs/{made.id}").text


def test_a_job_is_done_in_the_transaction_of_its_deed(app, session, job, sign_in):
    made = job()
    start(app, made, carry_out(made))
    settle(made)
    session.expire_all()
    assert (made.state, made.done) == (JobState.DONE, 2)
    assert session.get(Act, made.act_id).reason == "两个人"
    assert "已办 2 人" in page(sign_in, made)


def test_a_page_that_is_opened_meanwhile_shows_how_far_it_is(app, session, job, sign_in, monkeypatch):
    monkeypatch.setattr(working, "PATIENCE", 0.01)
    made, half, on = job(), Event(), Event()
    deed = carry_out(made)

    def slowly(own, tick):
        tick(1)
        half.set()
        on.wait(20)
        deed(own, tick)

    start(app, made, slowly)
    assert half.wait(10)
    text = page(sign_in, made)
    assert 'max="2" value="1"' in text
    assert "已办 1 / 2 人" in text
    assert "every 500ms" in sign_in("staff").part(f"{ROSTER}jobs/{made.id}").text
    session.commit()
    on.set()
    settle(made)
    assert "已办 2 人" in page(sign_in, made)
    assert "every 500ms" not in page(sign_in, made)


def test_a_set_that_moves_after_it_was_confirmed_is_refused(app, session, cast, choose, sign_in):
    order = Order("state", "resigned", on=databases.TODAY, why="清理")
    choice = choose("wang", "chen")
    plan = draw(session, true(), everything, choice, order)
    made = begin(session, services.asked_for(choice, plan, working.me(), NOW))
    end(session, cast.chen_member, End(databases.TODAY, EndReason.DIED))
    session.commit()
    start(app, made, carry_out(made))
    settle(made)
    session.expire_all()
    assert made.state == JobState.REFUSED
    assert cast.wang_member.ends_on is None
    text = page(sign_in, made)
    assert "没有写入任何内容" in text
    assert f"chosen/{choice.id}/state?reason=resigned" in text


def test_a_job_of_a_process_that_is_gone_is_seen_to_be_broken_off(session, job, sign_in):
    made = job(f"{working.socket.gethostname()}:999999999:1")
    assert "中断，未写入任何内容" in page(sign_in, made)
    made.worker = "another-machine:1:2"
    session.commit()
    assert "正在办理" in page(sign_in, made)


KILLED = """
import os, sys, threading
from sqlalchemy import event
from registry.app import create_app
from registry.config import Config
from registry.web.database import db
from tests import databases
url, secret, where, digest = sys.argv[1:]
app = create_app(Config(secret=databases.SECRET, database_url=url, testing=True, today=databases.TODAY))
app.config["WTF_CSRF_ENABLED"] = False
with app.app_context():
    engine = db.engine
def die(_connection):
    if threading.current_thread().name.startswith("job-"):
        os._exit(9)
event.listen(engine, "commit", die)
client = app.test_client()
with client.session_transaction() as cookie:
    cookie.update(_user_id=secret, _fresh=True)
client.post(where, data={"fact": "grassroots:no", "why": "", "digest": digest})
"""


def test_killed_at_the_last_moment_nothing_is_written(store, session, cast, choose, sign_in, jobs):
    asked = Deed(sign_in("staff"), choose("wang", "chen"), "fact", fact="grassroots:no", why="")
    digest, before = asked.digest(), written(session)
    session.commit()
    store.spoil()
    url = store.engine.url.render_as_string(hide_password=False)
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, url, SECRETS.format("staff"), asked.where, digest],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert dead.returncode == 9, dead.stderr.decode()
    session.expire_all()
    (made,) = jobs()
    assert (made.state, cast.wang.grassroots, written(session)) == (JobState.RUNNING, True, before)
    assert "中断，未写入任何内容" in page(sign_in, made)
    assert "已办 2 人" in asked.confirm().text
    session.expire_all()
    assert [made.state for made in jobs()] == [JobState.BROKEN_OFF, JobState.DONE]


def written(session):
    counts = tuple(session.scalar(select(func.count()).select_from(table)) for table in (Act, Entry))
    session.commit()
    return counts
