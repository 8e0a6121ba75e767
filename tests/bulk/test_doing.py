"""One deed for many: done as one act, with the rules of each row, and taken back whole."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from registry.core.periods import Period
from registry.journal.models import Act
from registry.journal.queries import first_broken
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import Change, change
from registry.tags import queries as tags
from registry.undoing.services import undo
from tests.databases import TODAY


def last_act(session) -> Act:
    return session.scalars(select(Act).order_by(Act.id.desc()).limit(1)).one()


def spells(session, person):
    query = select(Membership).where(Membership.person_id == person.id).order_by(Membership.starts_on)
    return session.scalars(query).all()


def test_a_category_is_set_for_all_in_one_act(session, cast, deed):
    honorary = cast.category["senior"].id
    page = deed("category", "wang", "ouyang", "mary", category=str(honorary)).confirm()
    assert "已办 3 人" in page.text
    act = last_act(session)
    assert act.deed == "roster:bulk"
    assert act.reason == "3 人：类别改为“高级会员”。换届前核定"
    for person in (cast.wang, cast.ouyang, cast.mary):
        old, new = spells(session, person)
        assert (old.ends_on, old.end_reason, old.version) == (TODAY, EndReason.CHANGED, 2)
        assert (new.starts_on, new.ends_on, new.category_id) == (TODAY, None, honorary)
        assert (new.branch_id, new.number, new.sort_number) == (old.branch_id, old.number, old.sort_number)
        assert (new.region, new.sort_pinyin) == (old.region, old.sort_pinyin)
    assert first_broken(session, cast.society.id) is None


def test_a_batch_writes_what_single_changes_write(session, cast, deed):
    """The journal of one changed by hand and of one changed in a batch differ in nothing but the keys."""
    senior = cast.category["senior"].id
    change(session, cast.wang_member, Change(TODAY, senior, cast.wang_member.branch_id))
    session.commit()
    by_hand = told(last_act(session))
    deed("category", "ouyang", category=str(senior)).confirm()
    in_batch = told(last_act(session))
    assert [(*row[:2], row[2].keys(), row[3].keys()) for row in by_hand] == [
        (*row[:2], row[2].keys(), row[3].keys()) for row in in_batch
    ]


def told(act):
    return [(row.table_name, row.kind, row.before, row.after) for row in act.entries]


def test_a_branch_is_set_or_taken_away_and_the_category_stays(session, cast, deed):
    page = deed("branch", "wang", "chen", branch=str(cast.branch2.id)).confirm()
    assert "已办 2 人" in page.text
    assert [spells(session, who)[-1].branch_id for who in (cast.wang, cast.chen)] == [cast.branch2.id] * 2
    assert spells(session, cast.chen)[-1].category_id == cast.category["senior"].id
    session.expire_all()


def test_a_spell_of_the_same_day_is_edited_and_not_succeeded(session, cast, deed):
    senior = str(cast.category["senior"].id)
    deed("category", "ouyang", category=senior, since="2021-01-01").confirm()
    session.expire_all()
    (only,) = spells(session, cast.ouyang)
    assert only.category_id == int(senior)


def test_memberships_end_with_their_reason(session, cast, deed):
    page = deed("state", "wang", "chen", reason="lapsed", since="2026-12-31").confirm()
    assert "已办 2 人" in page.text
    session.expire_all()
    for member in (cast.wang_member, cast.chen_member):
        assert (member.ends_on, member.end_reason) == (date(2026, 12, 31), EndReason.LAPSED)


def test_one_fact_is_set_for_all(session, cast, deed):
    deed("fact", "wang", "chen", fact="employer_kind:enterprise").confirm()
    session.expire_all()
    assert {cast.wang.employer_kind, cast.chen.employer_kind} == {"enterprise"}
    entry = last_act(session).entries[0]
    assert (entry.table_name, entry.before) == ("person", {"employer_kind": "university"})
    deed("fact", "wang", "chen", fact="grassroots:no").confirm()
    session.expire_all()
    assert (cast.wang.grassroots, cast.chen.grassroots) == (False, False)
    deed("fact", "wang", fact="grassroots:").confirm()
    session.expire_all()
    assert cast.wang.grassroots is None


def test_a_tag_is_hung_on_all_and_taken_off(session, cast, deed):
    assert "已办 2 人" in deed("tag", "wang", "chen", tag="专家库").confirm().text
    tag = tags.by_name(session, cast.society.id, "专家库")
    assert "已办 1 人" in deed("untag", "wang", "ouyang", tag=str(tag.id)).confirm().text
    assert tags.of_person(session, cast.society.id, cast.wang.id) == []
    assert tags.of_person(session, cast.society.id, cast.chen.id) == [tag]


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("branch", {"branch": "none"}),
        ("state", {"reason": "suspended"}),
        ("fact", {"fact": "title_level:senior"}),
        ("tag", {"tag": "专家库"}),
    ],
)
def test_the_act_is_taken_back_whole(session, cast, deed, word, typed):
    before = standing(session, cast)
    page = deed(word, "wang", "ouyang", **typed).confirm()
    assert "已办" in page.text
    session.expire_all()
    assert standing(session, cast) != before
    undo(session, last_act(session))
    session.commit()
    session.expire_all()
    assert standing(session, cast) == before


def test_a_category_is_taken_back_whole(session, cast, deed):
    before = standing(session, cast)
    deed("category", "wang", "ouyang", category=str(cast.category["senior"].id)).confirm()
    session.expire_all()
    undo(session, last_act(session))
    session.commit()
    session.expire_all()
    assert standing(session, cast) == before
    assert first_broken(session, cast.society.id) is None


def standing(session, cast):
    """What holds of two people: their true spells, a fact and their tags."""
    return [
        (
            [
                (spell.category_id, spell.branch_id, spell.period)
                for spell in spells(session, person)
                if spell.end_reason != EndReason.VOIDED
            ],
            person.title_level,
            [tag.name for tag in tags.of_person(session, cast.society.id, person.id)],
        )
        for person in (cast.wang, cast.ouyang)
    ]


def test_those_who_cannot_be_changed_are_left_out_and_named(session, cast, deed):
    asked = deed("category", "wang", "chen", "li", category=str(cast.category["senior"].id))
    text = asked.look().text
    assert "确认，改 1 人" in text
    assert "不办的 2 人" in text
    assert "原本就是“高级会员”" in text
    assert "陳大文" in text
    assert "已退会" in text
    assert "已办 1 人" in asked.confirm().text
    assert [spell.period for spell in spells(session, cast.li)] == [
        Period(date(2012, 1, 1), date(2025, 7, 1))
    ]


def test_the_page_says_from_what_to_what(cast, deed):
    text = deed("category", "wang", "ouyang", "mary", category=str(cast.category["senior"].id)).look().text
    assert "普通会员" in text
    assert "外籍会员" in text
    assert "类别改为“高级会员”" in text
    assert "确认，改 3 人" in text
