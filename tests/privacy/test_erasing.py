"""Whoever left can be erased: nothing tells whom it was, the counts stay, and the journal can be proved."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select, text

from registry.accounts.models import Account
from registry.accounts.services import GiveRole, give_role, open_account
from registry.bodies.models import Tenure
from registry.bodies.services import EndTenure
from registry.bodies.services import end as leave
from registry.consents.queries import standings
from registry.consents.services import Paper, decide
from registry.core.db import Base
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from registry.journal.models import Act, Chain, Entry
from registry.journal.queries import first_broken
from registry.mail.models import Mail, MailState
from registry.mail.services import post
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import Admit, End, admit, edit_member, end
from registry.merging.models import TwinMark
from registry.people.documents import DocumentKind
from registry.people.entering import Edited, edit_all
from registry.people.facts import read_facts
from registry.people.many import set_fact
from registry.people.models import IdentityDocument, Person
from registry.people.services import AddDocument, EditPerson, add_document, enter_person
from registry.privacy.belongings import GOES, STAYS
from registry.privacy.models import Erasure
from registry.privacy.outlook import outlook
from registry.privacy.requests import Confirmed, ask, carry_out, refuse, withdraw
from registry.tags import services as tags
from tests.cast import PASSWORD
from tests.journal.test_erasing import make_old

DAY = date(2026, 11, 25)
SUN = {
    "name": "孙望舒",
    "name_traditional": "孫望舒",
    "name_pinyin": "Sun Wangshu",
    "name_latin": "Wangshu Sun",
    "sex": "女",
    "birth": "1968-07-09",
    "region": "中国香港",
    "ethnic": "满族",
    "political": "中共党员",
    "employer": "长风实验室",
    "position": "主任",
    "title": "研究员",
    "phone": "13611112222",
    "email": "wangshu@example.cn",
    "address": "海淀区学院路",
    "bio": "在长风实验室做潮汐模型",
}
TRACES = ("孙望舒", "孫望舒", "wangshu", "长风实验室", "13611112222", "学院路", "1968-07")


@pytest.fixture
def sun(session, cast):
    """A member of eleven years who has left, with everything that can hang on a person."""
    person = enter_person(session, cast.society.id, read_facts(SUN).values)
    spell = admit(
        session, cast.society, person, Admit(cast.category["ordinary"].id, date(2012, 3, 1), "S777")
    )
    session.commit()
    add_document(session, person, AddDocument(DocumentKind.HKMO_PERMIT, "H55667788"))
    session.commit()
    edit_member(session, person, EditPerson({"phone": "13611113333"}, reason="孙望舒来电"))
    session.commit()
    tags.add(session, cast.society.id, "专家", [person.id])
    session.commit()
    directory = standings(session, cast.society.id, [person.id])[0]
    paper = Paper(date(2025, 1, 1), "孙望舒亲笔")
    decide(session, cast.society.id, person.id, directory, given=True, paper=paper)
    session.commit()
    account = open_account(session, "wangshu", "孙望舒", PASSWORD)
    give_role(session, account, GiveRole(Role.MEMBER, date(2020, 1, 1), cast.society.id, person_id=person.id))
    session.commit()
    end(session, spell, End(date(2023, 6, 1), EndReason.RESIGNED, "孙望舒本人申请"))
    session.commit()
    return person


def erase(session, person, number="S777"):
    row = ask(session, person, "我是孙望舒，请删除", by_self=True)
    session.commit()
    carry_out(session, row, [number], Confirmed("wish", number), DAY)
    session.commit()


def written(session) -> str:
    """Every value of every table as text, with what the index of the search is made of."""
    tables = [table.name for table in Base.metadata.sorted_tables]
    if session.get_bind().dialect.name == "sqlite":
        tables += ["person_search_data", "person_search_docsize"]
    found = (session.execute(text(f"SELECT * FROM {table}")) for table in tables)
    return "\n".join(repr(tuple(row)) for rows in found for row in rows).lower()


def counts(session, society_id):
    """How many there were at the end of each year, by what the counts are of."""
    rows = session.scalars(select(Membership).where(Membership.society_id == society_id)).all()
    return Counter(
        (year, row.sex, row.region, row.category_id, (row.birth or "")[:4])
        for row in rows
        for year in range(2010, 2027)
        if row.period.holds(date(year, 12, 31))
    )


def test_nothing_is_left_by_which_the_person_is_known(sun, session):
    assert "孙望舒" in written(session)
    erase(session, sun)
    left = written(session)
    assert [trace for trace in TRACES if trace.lower() in left] == []


def test_the_counts_stay(sun, session, cast):
    before = counts(session, cast.society.id)
    erase(session, sun)
    session.expire_all()
    assert counts(session, cast.society.id) == before


def test_the_chains_hold(sun, session, cast):
    erase(session, sun)
    assert [first_broken(session, key) for key in (0, cast.society.id, cast.other.id)] == [None] * 3


def test_a_journal_of_the_old_form_is_sealed_anew_and_holds(sun, session, cast):
    for key in (0, cast.society.id):
        make_old(session, key)
    ended = session.get(Chain, cast.society.id).digest
    erase(session, sun)
    assert [first_broken(session, key) for key in (0, cast.society.id)] == [None, None]
    told = session.scalars(select(Entry).where(Entry.kind == "resealed")).all()
    assert len(told) == 2
    assert ended not in {row.digest for row in session.scalars(select(Act))}
    assert "孙望舒" not in written(session)


def test_what_hangs_on_the_person_goes(sun, session, cast):
    key = sun.id
    erase(session, sun)
    for model in (IdentityDocument, TwinMark):
        assert session.scalars(select(model).where(model.person_id == key)).all() == []
    row = session.get(Person, key)
    assert (row.name, row.sex, row.region, str(row.birth)) == ("已依法删除", "F", "HK", "1968")


def test_the_account_is_closed_and_its_sessions_ended(sun, session):
    erase(session, sun)
    row = session.scalars(select(Account).where(Account.username.like("erased-%"))).one()
    assert row.disabled_at is not None
    assert session.scalars(select(Account).where(Account.username == "wangshu")).all() == []


def test_mail_that_waits_is_never_sent(sun, session, cast):
    for to in ("wangshu@example.cn", "wang@example.cn"):
        post(session, cast.society.id, to, "invitation", name="某人")
    session.commit()
    erase(session, sun)
    states = session.execute(select(Mail.state, Mail.sealed.is_(None)).order_by(Mail.id)).all()
    assert [tuple(row) for row in states] == [(MailState.GIVEN_UP, True), (MailState.WAITING, False)]


def test_who_has_another_role_keeps_the_account(sun, session, cast):
    account = session.scalars(select(Account).where(Account.username == "wangshu")).one()
    give_role(session, account, GiveRole(Role.AUDITOR, date(2020, 1, 1), cast.other.id))
    session.commit()
    erase(session, sun)
    session.expire_all()
    assert account.disabled_at is None
    assert [row.ends_on for row in account.grants] == [DAY, None]


def test_the_erased_are_no_twins_of_one_another(sun, session, cast):
    erase(session, sun)
    other = enter_person(session, cast.society.id, read_facts(SUN | {"name": "周一", "phone": ""}).values)
    left = {"ends_on": date(2014, 1, 1), "end_reason": EndReason.RESIGNED}
    spell = Admit(cast.category["ordinary"].id, date(2012, 3, 1), "S778", **left)
    admit(session, cast.society, other, spell)
    session.commit()
    erase(session, other, "S778")
    assert session.scalars(select(TwinMark).where(TwinMark.person_id.in_([sun.id, other.id]))).all() == []


def test_what_was_erased_is_not_filled_in_again(sun, session):
    erase(session, sun)
    with pytest.raises(RuleBroken):
        edit_member(session, session.get(Person, sun.id), EditPerson({"phone": "1"}))


def test_many_at_once_do_not_fill_it_in_either(sun, session, cast):
    erase(session, sun)
    with pytest.raises(RuleBroken):
        set_fact(session, cast.society.id, "title_level", "正高级", {sun.id: None})
    session.rollback()
    edit = Edited(sun.id, {"phone": "1"}, {"phone": ""})
    with pytest.raises(RuleBroken):
        edit_all(session, cast.society.id, [edit])


def test_a_member_is_not_erased(session, cast):
    row = ask(session, cast.mary, "", by_self=True)
    session.commit()
    with pytest.raises(RuleBroken):
        carry_out(session, row, ["B00004"], Confirmed("wish", "B00004"), DAY)
    session.rollback()
    assert cast.mary.name == "Mary Shelton"


@pytest.mark.parametrize(
    ("name", "keys"), [("wang", {"member", "office"}), ("chen", {"member", "representative"})]
)
def test_what_stands_in_the_way_is_named(name, keys, session, cast):
    assert {row.key for row in outlook(session, getattr(cast, name), DAY).obstacles} == keys


def test_an_officer_of_old_keeps_name_and_offices_and_loses_the_rest(session, cast):
    held = session.get(Tenure, cast.director.id)
    act_of = cast.wang_member
    leave(session, held, EndTenure(date(2024, 1, 1), "resigned"))
    end(session, act_of, End(date(2024, 1, 1), EndReason.RESIGNED))
    session.commit()
    erase(session, cast.wang, "B00001")
    row = session.get(Person, cast.wang.id)
    assert (row.name, row.phone, row.employer, str(row.birth)) == ("王富", "", "", "1965")
    assert session.get(Tenure, held.id).person_id == row.id
    assert "13800000001" not in written(session)
    assert first_broken(session, cast.society.id) is None


def test_the_number_must_be_written_once_more(sun, session):
    row = ask(session, sun, "", by_self=True)
    session.commit()
    with pytest.raises(RuleBroken) as refused:
        carry_out(session, row, ["S777"], Confirmed("wish", "S778"), DAY)
    assert refused.value.field == "number"


def test_a_request_is_made_once_and_can_be_taken_back(sun, session):
    row = ask(session, sun, "", by_self=True)
    session.commit()
    with pytest.raises(RuleBroken):
        ask(session, sun, "", by_self=True)
    session.rollback()
    withdraw(session, row)
    session.commit()
    again = ask(session, sun, "", by_self=True)
    refuse(session, again, "会费尚未结清")
    session.commit()
    assert [found.state for found in session.scalars(select(Erasure).order_by(Erasure.id))] == [
        "withdrawn",
        "refused",
    ]


def test_every_table_that_points_at_a_person_says_what_becomes_of_it():
    pointing = {
        key.parent.table.name for key in _foreign_keys() if key.column.table is Base.metadata.tables["person"]
    }
    assert pointing - GOES.keys() - STAYS.keys() == set()


def _foreign_keys():
    return (key for table in Base.metadata.sorted_tables for key in table.foreign_keys)


def test_the_page_of_the_erased_says_so_and_offers_nothing(sun, session, sign_in):
    erase(session, sun)
    text = sign_in("staff").get("/societies/bjcs/members/S777").text
    assert "依法删除" in text
    for offered in ("S777/documents", "重新入会", "S777/tags", "/sections/"):
        assert offered not in text


def test_the_erased_are_not_admitted_again(sun, session, cast):
    erase(session, sun)
    with pytest.raises(RuleBroken):
        admit(session, cast.society, session.get(Person, sun.id), Admit(1, date(2026, 1, 1)))
