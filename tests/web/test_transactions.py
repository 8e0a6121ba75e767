"""One request is one transaction, also when two arrive at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from registry.journal.models import Act
from registry.journal.queries import first_broken
from registry.people.models import Person

PHONE = "/societies/bjcs/members/B00001/facts/phone"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def acts(session):
    return session.scalar(select(func.count(Act.id)))


def save(client, phone, version, was="13800000001"):
    return client.post(PHONE, data={"phone": phone, "version": version, "was": was}, headers=PART)


def at_once(*deeds):
    """Do all of them in threads that begin together; what each gave."""
    line = Barrier(len(deeds))

    def begin(deed):
        line.wait(30)
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(begin, deeds))


def test_what_was_done_stays(sign_in, session, cast):
    version = cast.wang.version
    assert save(sign_in("staff"), "13800000091", version).status_code == 200
    assert session.get(Person, cast.wang.id).phone == "13800000091"


def test_what_was_refused_leaves_no_trace(sign_in, session, cast):
    before, version = acts(session), cast.wang.version
    assert save(sign_in("staff"), "no number", version).status_code == 422
    assert acts(session) == before


@pytest.mark.parametrize("time", range(3))
def test_of_two_saves_at_once_one_is_told_of_the_other(sign_in, session, cast, time):
    one, other, version = sign_in("staff"), sign_in("admin"), cast.wang.version
    before = acts(session)
    session.commit()
    answers = at_once(lambda: save(one, "13800000091", version), lambda: save(other, "13800000092", version))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert acts(session) == before + 1
    won = next(answer for answer in answers if answer.status_code == 200)
    assert cast.wang.phone in won.text


def test_many_writers_at_once_make_one_unbroken_chain(sign_in, session, cast):
    numbers = ("B00001", "B00002", "B00003", "B00004")
    clients = [sign_in("staff") for _ in numbers]
    versions = [cast.wang.version, cast.chen.version, cast.ouyang.version, cast.mary.version]
    before = acts(session)
    session.commit()

    def write(client, number, version):
        where = f"/societies/bjcs/members/{number}/facts/employer"
        return client.post(where, data={"employer": f"{number}大学", "version": version}, headers=PART)

    deeds = [lambda c=c, n=n, v=v: write(c, n, v) for c, n, v in zip(clients, numbers, versions, strict=True)]
    assert {answer.status_code for answer in at_once(*deeds)} == {200}
    assert acts(session) == before + len(numbers)
    assert first_broken(session, cast.society.id) is None
