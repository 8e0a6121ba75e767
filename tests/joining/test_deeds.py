"""Applications step by step: what each track needs, what cannot be done yet, and what becomes of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken
from registry.joining import queries, services
from registry.joining.admitting import Accept, accept
from registry.joining.course import Stage, stage
from registry.joining.models import Application, StepKind, Track
from registry.joining.services import Settle, Take, Typed
from registry.journal.queries import first_broken
from registry.memberships.models import Membership
from registry.people.models import IdentityDocument, Person
from tests.databases import TODAY
from tests.joining.conftest import NOW, TYPED

LATER = TODAY + timedelta(7)
NOTICE = Take(StepKind.NOTICED, until=LATER)
MET = Accept("第八届常务理事会第五次会议", date(2026, 12, 1))


def ready(session, row):
    """Everything before the decision."""
    steps = [Take(StepKind.CHECKED)]
    if row.track in (Track.HKMT, Track.FOREIGN):
        steps += [Take(StepKind.APPROVED, number="八届五次"), Take(StepKind.FILED, number="京科协函1号")]
    for step in (*steps, NOTICE):
        services.take(session, [row], step, TODAY)
    session.commit()


@pytest.mark.parametrize("track", Track)
def test_each_track_goes_its_way_to_a_member(session, cast, applied, track):
    row, _secret = applied(track)
    ready(session, row)
    assert stage(row, TODAY) is Stage.NOTICED
    day = LATER + timedelta(1)
    assert stage(row, day) is Stage.READY
    spell = accept(session, cast.society, [row], MET, day)[0]
    session.commit()
    assert stage(row, day) is Stage.ACCEPTED
    assert (spell.starts_on, bool(spell.unit_id)) == (date(2026, 12, 1), track == Track.UNIT)
    assert row.membership_id == spell.id
    assert first_broken(session, cast.society.id) is None


def test_the_facts_and_the_document_become_the_entry(session, cast, applied):
    row, _secret = applied(Track.FOREIGN)
    ready(session, row)
    spell = accept(session, cast.society, [row], MET, LATER + timedelta(1))[0]
    person = session.get_one(Person, spell.person_id)
    assert (person.name, person.region, person.nationality) == ("Anna Weber", "XX", "CH")
    assert [paper.kind for paper in person.documents] == ["passport"]


@pytest.mark.parametrize(
    ("told", "found", "acting"),
    [
        ({}, None, ["王富"]),
        ({"representative_number": "B00002"}, None, []),
        ({"representative_number": ""}, None, []),
        ({"representative_number": ""}, "wang", ["王富"]),
        ({"representative": "林深", "representative_number": "B00001"}, None, []),
    ],
    ids=["name and number", "another's number", "the name alone", "found by the staff", "another's name"],
)
def test_who_acts_for_a_unit_is_known_without_doubt_or_not_yet(session, cast, applied, told, found, acting):
    row, _secret = applied(Track.UNIT, Typed({**TYPED[Track.UNIT].facts, **told}))
    if found:
        services.identify(session, row, getattr(cast, found).id)
    ready(session, row)
    spell = accept(session, cast.society, [row], MET, LATER + timedelta(1))[0]
    session.commit()
    acts = [(one.person.name, one.starts_on) for one in spell.unit.representatives]
    assert acts == [(name, MET.decided_on) for name in acting]


def test_beyond_the_mainland_council_and_authority_come_first(session, applied):
    row, _secret = applied(Track.HKMT)
    services.take(session, [row], Take(StepKind.CHECKED), TODAY)
    assert stage(row, TODAY) is Stage.APPROVAL
    for early in (NOTICE, Take(StepKind.FILED, number="京科协函1号")):
        with pytest.raises(RuleBroken, match="现在不能办这一步"):
            services.take(session, [row], early, TODAY)
    with pytest.raises(RuleBroken, match="会议或文号"):
        services.take(session, [row], Take(StepKind.APPROVED), TODAY)


def test_what_is_sent_back_is_filled_in_and_handed_in_again(session, applied):
    row, _secret = applied()
    with pytest.raises(RuleBroken, match="补充什么"):
        services.take(session, [row], Take(StepKind.ASKED_BACK), TODAY)
    services.take(session, [row], Take(StepKind.ASKED_BACK, words="请附学历证明"), TODAY)
    assert stage(row, TODAY) is Stage.BACK
    services.attach(session, row, "学历.pdf", b"%PDF-1.7 ")
    services.submit(session, row, TYPED[Track.MAINLAND], TODAY)
    assert stage(row, TODAY) is Stage.RECEIVED
    with pytest.raises(RuleBroken, match="现在不能改"):
        services.keep(session, row, Typed())


def test_many_are_decided_by_one_decision_or_none(session, cast, applied):
    rows = [applied()[0], applied(Track.UNIT)[0]]
    for row in rows:
        ready(session, row)
    day = LATER + timedelta(1)
    assert len(accept(session, cast.society, rows, MET, day)) == 2
    session.commit()
    decisions = {row.last(StepKind.ACCEPTED).decision_id for row in rows}
    assert len(decisions) == 1


def test_who_was_found_to_be_somebody_of_before_is_entered_once(session, cast, applied):
    people = len(session.scalars(select(Person.id)).all())
    row, _secret = applied(typed=Typed({"name": "李明远"}))
    services.identify(session, row, cast.li.id)
    ready(session, row)
    spell = accept(session, cast.society, [row], MET, LATER + timedelta(1))[0]
    session.commit()
    assert spell.person_id == cast.li.id
    assert len(session.scalars(select(Person.id)).all()) == people


def test_one_who_stands_in_the_way_stops_all_and_is_named(session, cast, applied):
    row, _secret = applied()
    other, _secret = applied()
    ready(session, row)
    ready(session, other)
    with pytest.raises(RuleBroken, match="夏荷：这个证件号码已登记在另一个人名下"):
        accept(session, cast.society, [row, other], MET, LATER + timedelta(1))
    session.rollback()
    assert session.scalars(select(Membership.id).where(Membership.starts_on == MET.decided_on)).all() == []


def test_what_was_typed_is_sealed(session, applied):
    row, _secret = applied()
    assert b"13811112222" not in row.typed
    assert services.typed_of(session, row).facts["phone"] == "13811112222"
    assert session.scalars(select(IdentityDocument.id).where(IdentityDocument.last4 == "0026")).all() == []


def test_drafts_that_nobody_handed_in_are_forgotten(session, cast, applied):
    draft, _secret = applied(hand_in=False)
    kept, _secret = applied()
    services.sweep(session, cast.society.id, NOW + services.LASTS + timedelta(1))
    session.commit()
    assert session.scalars(select(Application.id)).all() == [kept.id]
    assert draft.id != kept.id


def test_a_member_recommends_once_and_a_number_of_nobody_is_not_told(session, cast, applied):
    services.settle(session, cast.society.id, Settle(["mainland"], 2, ""))
    typed = Typed(TYPED[Track.MAINLAND].facts, TYPED[Track.MAINLAND].document, ["B00001", "B99999"])
    row, _secret = applied(typed=typed)
    assert [one.person_id for one in row.recommendations] == [cast.wang.id, None]
    asked = queries.asked_of(session, cast.society.id, cast.wang.id)
    services.recommend(session, asked[0], NOW, agrees=True)
    with pytest.raises(RuleBroken, match="已经答复"):
        services.recommend(session, asked[0], NOW, agrees=False)
