"""Lists too long to wait for: printed beside the requests, kept sealed for a day."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from registry.jobs.models import Job, JobState
from registry.journal.models import Act
from registry.printing.paper import NotSet
from registry.printouts import services
from registry.printouts.models import PrintedFile
from tests.printouts.conftest import PRINT


@pytest.fixture
def long(monkeypatch):
    """Everything is long."""
    monkeypatch.setattr(services, "FEW", 0)


@pytest.fixture
def print_(session):
    """Ask for a file, and wait until its job has ended."""

    def ask(client, form="pdf", kind="members"):
        answer = client.post(f"{PRINT}/{kind}/jobs/{form}")
        assert answer.status_code == 303
        for _look in range(300):
            state = session.scalars(select(Job.state).order_by(Job.id.desc()).limit(1)).one()
            session.commit()  # lets the job write
            if state != JobState.RUNNING:
                break
            time.sleep(0.1)
        return answer.location

    return ask


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_long_list_is_fetched_from_the_page_of_its_job(form, long, print_, sign_in):
    client = sign_in("staff")
    page = client.get(f"{PRINT}/members").text
    assert f"/jobs/{form}" in page
    where = print_(client, form)
    assert "已经排好" in client.get(where).text
    answer = client.get(f"{where}/file")
    assert answer.data[:4] in {b"%PDF", b"PK\x03\x04"}


def test_a_short_way_to_a_long_list_leads_to_its_page(long, sign_in):
    answer = sign_in("staff").get(f"{PRINT}/members/file.pdf?region=HK")
    assert (answer.status_code, answer.location) == (303, f"{PRINT}/members?region=HK")


def test_the_file_lies_sealed_and_the_journal_knows(print_, sign_in, session):
    print_(sign_in("staff"))
    kept = session.scalars(select(PrintedFile)).one()
    assert not kept.content.startswith(b"%PDF")
    job = session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    act = session.get(Act, job.act_id)
    assert act.deed == "roster:export"


def test_branch_staff_fetch_their_own_and_nobody_elses(print_, sign_in):
    branch, office = sign_in("branch"), sign_in("staff")
    theirs, ours = print_(branch), print_(office)
    assert branch.get(f"{theirs}/file").status_code == 200
    assert branch.get(f"{ours}/file").status_code == 403
    assert office.get(f"{theirs}/file").status_code == 200
    assert sign_in("staff2").get(f"{ours}/file").status_code == 404


def test_what_is_old_is_forgotten(print_, sign_in, session):
    client = sign_in("staff")
    first = print_(client)
    kept = session.scalars(select(PrintedFile)).one()
    kept.at -= services.KEPT + timedelta(minutes=1)
    session.commit()
    print_(client)
    assert client.get(f"{first}/file").status_code == 404


def test_what_the_press_refuses_is_said(monkeypatch, print_, sign_in):
    def refuse(*_args):
        raise NotSet("no such sheet")

    monkeypatch.setattr(services, "pdf", refuse)
    client = sign_in("staff")
    assert "没有排成" in client.get(print_(client)).text
    answer = client.get(f"{PRINT}/members/file.pdf")
    assert answer.status_code == 303
    assert "没有排成" in client.get(answer.location).text


def test_a_list_beyond_all_measure_is_refused(monkeypatch, sign_in):
    monkeypatch.setattr(services, "MOST", 1)
    client = sign_in("staff")
    answer = client.post(f"{PRINT}/members/jobs/pdf")
    assert answer.location == f"{PRINT}/members"
    assert "一次最多打印" in client.get(answer.location).text
