"""The journal in words, for who may see what."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry.core.policy import Action
from registry.journal.models import Act, Entry
from registry.journal.recording import HIDDEN
from registry.people.history import Change, line, readable


def anybody(action, person_id):
    return True


def act(key=1, deed="person:edit") -> Act:
    return Act(id=key, at=datetime(2026, 11, 24, tzinfo=UTC), actor_name="刘老师", deed=deed, reason="")


def entry(of: Act, key: int, after, before=None, table="person", kind="changed") -> Entry:
    return Entry(id=key, act=of, table_name=table, person_id=7, kind=kind, before=before or {}, after=after)


def changes(after, before=None, table="person", may_see=anybody, names=None):
    ((part,),) = (found.parts for found in readable([entry(act(), 1, after, before, table)], may_see, names))
    return list(part.changes)


def test_entries_of_one_act_are_one_line():
    first, second = act(2), act(1)
    rows = [
        entry(first, 4, {"name": "乙"}),
        entry(first, 3, {"name": "甲"}),
        entry(second, 1, {"name": "丙"}),
    ]
    found = readable(rows, anybody)
    assert [(row.act_id, len(row.parts)) for row in found] == [(2, 2), (1, 1)]
    assert found[0].deed == "修改人员资料"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("sex", "M", "男"),
        ("region", "HK", "中国香港"),
        ("grassroots", True, "是"),
        ("grassroots", None, ""),
        ("birth", "1965-03", "1965-03"),
        ("disciplines", ["520"], "计算机科学技术"),
    ],
)
def test_facts_are_told_by_label_and_name(key, value, words):
    (change,) = changes({key: value})
    assert change.after == words
    assert change.label != key


def test_rows_referred_to_are_told_by_their_names_where_known():
    found = changes({"category_id": 3, "branch_id": 4}, table="membership", names={("category", 3): "会士"})
    assert found == [Change("类别", "", "会士"), Change("分支机构", "", "4")]


def test_a_fact_out_of_reach_keeps_its_label_and_nothing_else():
    def no_contact(action, person_id):
        return action is not Action.CONTACT_SEE and person_id == 7

    found = changes(
        {"phone": "139", "employer": "新"}, {"phone": "138", "employer": "旧"}, may_see=no_contact
    )
    assert found == [Change("电话", barred=True), Change("工作单位", "旧", "新")]


def test_a_sealed_value_stays_sealed():
    found = changes({"sealed": HIDDEN, "fingerprint": HIDDEN, "last4": "0014"}, table="identity_document")
    assert found == [Change("证件号码", "", HIDDEN), Change("末四位", "", "0014")]


def test_what_has_no_word_is_for_administrators_alone():
    asked = []

    def note(action, person_id):
        asked.append(action)
        return False

    assert changes({"unheard_of": "x"}, table="unheard_of", may_see=note) == [
        Change("unheard_of", barred=True)
    ]
    assert asked == [Action.ACCOUNT_MANAGE]


def test_a_line_of_many_parts_says_that_there_are_more():
    of = act()
    found = line(of, [entry(of, key, {"name": "甲"}) for key in (5, 6, 7)], anybody, most=2)
    assert (len(found.parts), found.more, found.last_id) == (2, True, 6)
