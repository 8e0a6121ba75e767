"""What wrote many rows is taken back beside the request: with its progress, whole or not at all."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from registry.jobs.models import Job, JobState
from registry.journal import queries as journal
from registry.memberships.models import EndReason
from registry.memberships.services import End, end
from registry.people.services import enter_person
from registry.tags import queries as tags
from registry.tags import services as tagging
from registry.undoing import views
from tests.databases import TODAY

HOME = "/societies/bjcs/members/"


@pytest.fixture(autouse=True)
def _three_are_many(monkeypatch):
    monkeypatch.setattr(views, "LARGE", 3)


@pytest.fixture
def tagged(session, cast):
    """The address of taking a tag off four people again; the tag itself was new."""
    people = [cast.wang, cast.chen, enter_person(session, cast.society.id, {"name": "林深"})]
    people.append(enter_person(session, cast.society.id, {"name": "林浅"}))
    session.commit()
    tagging.add(session, cast.society.id, "专家库", [person.id for person in people])
    session.commit()
    return f"/societies/bjcs/acts/{newest(session, cast).id}/undo"


def newest(session, cast):
    return journal.acts(session, cast.society.id, limit=1)[0]


def settle():
    for thread in threading.enumerate():
        if thread.name.startswith("job-"):
            thread.join(10)


def bearers(session, cast):
    (found,) = session.scalars(select(tags.Tag)).all()
    return sum(
        row.held for row in session.scalars(select(tags.Tagging).where(tags.Tagging.tag_id == found.id))
    )


def test_a_large_act_is_taken_back_as_a_job_that_says_what_and_how_many(sign_in, session, cast, tagged):
    staff = sign_in("staff")
    answer = staff.post(tagged, data={"back": f"{HOME}?q=wf"})
    settle()
    assert answer.status_code == 303
    text = staff.get(answer.location).text
    assert "“加标签”：陳大文等 4 人" in text
    assert "已撤销，改回 5 处" in text
    assert f'href="{HOME}?q=wf"' in text
    assert bearers(session, cast) == 0
    assert session.scalars(select(Job)).one().act_id == newest(session, cast).id


def test_it_can_be_done_again_from_where_it_ended(sign_in, session, cast, tagged):
    staff = sign_in("staff")
    staff.post(tagged)
    settle()
    answer = staff.post_part(f"/societies/bjcs/acts/{newest(session, cast).id}/undo")
    settle()
    assert (answer.status_code, bearers(session, cast)) == (204, 4)
    assert "已重做" in staff.get(answer.headers["HX-Location"]).text


def test_a_refusal_stands_on_the_page_of_the_job(sign_in, session, cast, tagged):
    tagging.remove(session, session.scalars(select(tags.Tag)).one(), [cast.wang.id])
    staff = sign_in("staff")
    answer = staff.post(tagged)
    settle()
    assert "不能撤销" in staff.get(answer.location).text
    assert bearers(session, cast) == 3


def test_whoever_may_not_change_a_row_takes_none_back(sign_in, session, cast, tagged):
    answer = sign_in("branch").post(tagged)
    settle()
    (job,) = session.scalars(select(Job)).all()
    assert (job.state, job.branch_id, bearers(session, cast)) == (JobState.REFUSED, cast.branch.id, 4)
    assert "您无权改动" in sign_in("branch").get(answer.location).text


def test_the_page_is_of_those_who_may_take_back_in_that_place(sign_in, cast, tagged):
    where = sign_in("staff").post(tagged).location
    settle()
    for role in ("branch", "auditor", "member", "staff2"):
        assert sign_in(role).get(where).status_code in {403, 404}, role


def test_a_small_one_answers_at_once_and_names_its_people(sign_in, session, cast):
    end(session, cast.chen_member, End(TODAY, EndReason.DIED))
    session.commit()
    staff = sign_in("staff")
    assert staff.post(f"/societies/bjcs/acts/{newest(session, cast).id}/undo").location == "/societies/bjcs/"
    assert "已撤销“终止会籍”：陳大文" in staff.get(HOME).text
