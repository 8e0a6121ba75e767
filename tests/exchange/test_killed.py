"""A server killed while it writes an import leaves nothing half-written, says so, and can go on."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from registry.config import ROOT
from registry.exchange.models import Upload
from registry.jobs.models import Job
from registry.journal.models import Act
from registry.journal.queries import first_broken
from registry.memberships.models import Membership
from registry.people.models import Person
from tests.exchange import files
from tests.exchange.steps import digest, uploaded
from tests.exchange.test_pages import IMPORTS, finished

ROWS = 1200


@pytest.fixture
def killed(session, cast, store):
    """An upload whose server died while it was written: its address, and how the register stood before."""
    names = (f"孙{chr(0x4E00 + index)}{chr(0x5000 + index)}" for index in range(ROWS))
    rows = [["姓名", "性别", "工作单位"], *([name, "男", "燕山大学"] for name in names)]
    upload = uploaded(session, cast, files.xlsx(rows))
    before = standing(session)
    address = f"{IMPORTS}{upload.id}"
    url = store.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.exchange.dying", url, address, digest(session, upload)]
    session.commit()
    store.spoil()
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr[-2000:]
    session.expire_all()
    return address, before


def standing(session):
    """How many people, spells and acts there are."""
    return [session.scalar(select(func.count()).select_from(table)) for table in (Person, Membership, Act)]


def test_nothing_is_half_written_and_the_page_says_so(killed, session, cast, sign_in):
    address, before = killed
    assert standing(session) == before
    assert session.scalars(select(Job.state)).all() == ["running"]
    assert first_broken(session, cast.society.id) is None
    text = sign_in("staff").get(address).text
    assert "一行也没有写进名册" in text
    assert "接着导入" in text
    assert "job-progress" not in text


def test_it_goes_on_where_it_was_confirmed(killed, session, sign_in):
    address, (people, spells, acts) = killed
    staff = sign_in("staff")
    shown = session.scalars(select(Upload)).one()
    assert staff.post(f"{address}/apply", data={"digest": digest(session, shown)}).status_code == 303
    assert f"新增 {ROWS} 位会员" in finished(staff, address).text
    session.expire_all()
    assert standing(session) == [people + ROWS, spells + ROWS, acts + 1]


def test_it_may_be_dropped_instead(killed, session, sign_in):
    address, before = killed
    staff = sign_in("staff")
    assert staff.post(f"{address}/drop").status_code == 303
    assert "这次导入已放弃" in staff.get(address).text
    session.expire_all()
    assert standing(session)[:2] == before[:2]
