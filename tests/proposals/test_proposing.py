"""A member proposes; the office accepts, in part, or refuses; what moved since is said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken, Stale
from registry.journal.models import Act, Entry
from registry.journal.words import TABLES
from registry.mail.models import Mail
from registry.memberships.services import edit_member
from registry.people.models import IdentityDocument
from registry.people.services import AddDocument, EditPerson
from registry.proposals import queries, services
from registry.proposals.models import State
from registry.proposals.services import Judge, Propose
from registry.proposals.subjects import KEYS, label, moved
from tests.cast import WANG_ID

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAY = date(2026, 11, 24)
PAPER = ("户口簿.pdf", b"%PDF-1.7 scan")
PASSPORT = AddDocument("passport", "E12345678", "CN")


@pytest.fixture
def propose(session, cast):
    def made(reason="登记有误", **wanted):
        row = services.propose(session, cast.wang_member, Propose(reason, **wanted), NOW)
        session.commit()
        return row

    return made


@pytest.fixture
def judge(session, cast):
    def done(row, accepted=(), refused=(), words="", **shown):
        command = Judge(frozenset(accepted), frozenset(refused), words, **shown)
        services.judge(session, row, cast.wang_member, command, DAY, NOW)
        session.commit()

    return done


def states(row):
    return {fact.key: fact.state for fact in row.facts}


def test_only_what_differs_is_proposed_and_nothing_changes_yet(propose, cast):
    row = propose(facts={"name": "王福", "sex": "男", "birth": "1965-03-08"}, evidence=PAPER)
    assert {fact.key: (fact.was, fact.wanted) for fact in row.facts} == {"name": ("王富", "王福")}
    assert cast.wang.name == "王富"


def test_accepting_in_part_changes_what_was_accepted_in_one_act(propose, judge, cast, session):
    row = propose(facts={"name": "王福", "birth": "1966"})
    judge(row, ["name"], ["birth"], "出生日期与身份证不符")
    assert (cast.wang.name, str(cast.wang.birth)) == ("王福", "1965-03-08")
    assert states(row) == {"name": State.ACCEPTED, "birth": State.REFUSED}
    act = session.scalars(select(Act).order_by(Act.id.desc())).first()
    touched = set(session.scalars(select(Entry.table_name).where(Entry.act_id == act.id)))
    assert (act.deed, touched) == ("proposal:judge", {"person", "proposed_fact"})


def test_a_refusal_needs_words(propose, judge):
    row = propose(facts={"name": "王福"})
    with pytest.raises(RuleBroken, match="理由"):
        judge(row, refused=["name"])


def test_a_fact_is_open_once(propose):
    propose(facts={"name": "王福"})
    with pytest.raises(RuleBroken, match="已有申请"):
        propose(facts={"name": "王甫"})


def test_what_was_withdrawn_may_be_asked_anew_and_is_judged_no_more(propose, judge, session):
    row = propose(facts={"name": "王福"})
    services.withdraw(session, row, NOW)
    session.commit()
    with pytest.raises(RuleBroken, match="已由本人撤回"):
        judge(row, ["name"])
    assert propose(facts={"name": "王甫"}).open


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"facts": {}}, None),
        ({"facts": {"name": ""}}, "name"),
        ({"facts": {"nationality": "英国"}}, "nationality"),
        ({"document": AddDocument("resident_id", WANG_ID[:-1] + "0")}, "number"),
        ({"facts": {"name": "王福"}, "evidence": ("a.exe", b"MZ")}, "file"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_proposed(wanted, field, propose):
    with pytest.raises(RuleBroken) as refused:
        propose(**wanted)
    assert refused.value.field == field


def test_a_fact_that_moved_since_is_told_and_may_still_be_accepted(propose, judge, cast, session):
    row = propose(facts={"name": "王福"})
    assert not moved(row.facts[0], cast.wang, cast.wang_member)
    seen = cast.wang.version
    edit_member(session, cast.wang, EditPerson({"name": "王甫"}))
    session.commit()
    assert moved(row.facts[0], cast.wang, cast.wang_member)
    with pytest.raises(Stale):
        judge(row, ["name"], version=seen, was={"name": "王富"})
    session.rollback()
    judge(row, ["name"], version=cast.wang.version, was={"name": "王甫"})
    assert cast.wang.name == "王福"


def test_a_document_is_sealed_until_it_is_accepted_and_then_stands_with_the_others(
    propose, judge, session, cast
):
    row = propose(document=PASSPORT)
    assert b"E12345678" not in row.facts[0].sealed
    judge(row, ["document"])
    held = session.scalars(select(IdentityDocument.last4).where(IdentityDocument.person_id == cast.wang.id))
    assert (set(held), row.facts[0].sealed) == ({"0014", "5678"}, None)


def test_nothing_of_a_proposal_stands_in_the_journal(propose, judge, session):
    row = propose(
        "身份证 E12345678", facts={"name": "王福", "birth": "1966"}, document=PASSPORT, evidence=PAPER
    )
    judge(row, refused=["name", "birth", "document"], words="请带原件来")
    told = repr(
        session.execute(
            select(Entry.before, Entry.after).where(Entry.table_name.in_(("proposal", "proposed_fact")))
        ).all()
    )
    assert not [word for word in ("王福", "1966", "5678", "户口簿", "原件") if word in told]


def test_reading_number_and_evidence_is_put_on_record(propose, session):
    row = propose(document=PASSPORT, evidence=PAPER)
    assert services.reveal(session, row.facts[0], "核对") == "E12345678"
    session.commit()
    assert services.open_evidence(session, row) == PAPER[1]
    session.commit()
    seen = session.scalars(select(Act.deed).order_by(Act.id.desc()).limit(2)).all()
    assert seen == ["proposal:evidence", "document:reveal"]


def test_a_category_changes_from_the_day_it_is_accepted(propose, judge, cast, session):
    row = propose(category_id=cast.category["senior"].id)
    judge(row, ["category"])
    newest = queries.names(session, cast.society.id, [cast.wang.id])
    assert cast.wang_member.ends_on == DAY
    assert newest[cast.wang.id] == ("王富", "B00001")


def test_the_catalogue_and_the_journal_name_the_same_facts():
    assert TABLES["proposed_fact"].fields["key"].values == {key: label(key) for key in KEYS}


def test_a_mail_says_that_there_is_an_answer_and_not_which(propose, judge, cast, session):
    row = propose(facts={"name": "王福"})
    services.tell(session, cast.wang, "学会", "https://x.cn/me/bjcs")
    assert session.scalars(select(Mail)).all() == []
    judge(row, ["name"])
    services.tell(session, cast.wang, "学会", "https://x.cn/me/bjcs")
    session.commit()
    assert session.scalars(select(Mail.template)).all() == ["judged"]
