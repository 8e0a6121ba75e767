"""Societies × rules, as the audit answers each of them."""

from __future__ import annotations

import re
from datetime import date

from registry.composition import packs, queries
from registry.composition.judging import judge
from registry.composition.verdicts import Answer
from registry.people.services import enter_person
from registry.societies.queries import societies
from registry.supervision.matrix import matrix
from tests.databases import TODAY

RULES = "/supervision/"


def every(session):
    return societies(session, True)


def found(session, day):
    return matrix(session, every(session), day)


def test_a_cell_is_the_worst_that_the_audit_says(session, cast):
    row = next(row for row in found(session, TODAY).rows if row.slug == "bjcs")
    audit = judge(queries.snapshot(session, cast.society.id, TODAY), packs.every())
    for key, cell in row.cells.items():
        answers = [one.verdict.answer for one in audit if one.rule.id == key]
        assert cell.answer == min(answers, key=list(Answer).index)
        assert cell.many == answers.count(cell.answer)


def test_the_worst_society_stands_first(session, cast):
    counts = [row.count(Answer.NOT_MET) for row in found(session, TODAY).rows]
    assert len(counts) == len(every(session))
    assert counts == sorted(counts, reverse=True)


def test_what_will_break_within_a_year_is_said(session, cast):
    """The council's term runs out on 2028-05-01."""
    before = next(row for row in found(session, date(2027, 10, 1)).rows if row.slug == "bjcs")
    long_before = next(row for row in found(session, date(2026, 6, 1)).rows if row.slug == "bjcs")
    assert before.cells["term_overdue"].answer is Answer.MET
    assert before.cells["term_overdue"].soon
    assert not long_before.cells["term_overdue"].soon


def test_what_was_judged_is_kept_until_the_next_act(session, cast):
    kept = {row.slug: row for row in found(session, TODAY).rows}
    enter_person(session, cast.society.id, {"name": "夏荷"})
    session.commit()
    again = {row.slug: row for row in found(session, TODAY).rows}
    assert {slug for slug, row in again.items() if row is not kept[slug]} == {"bjcs"}


def test_what_a_society_writes_of_a_shared_officer_counts_for_both(session, cast, elsewhere):
    kept = {row.slug: row for row in found(session, TODAY).rows}
    enter_person(session, cast.other.id, {"name": "夏荷"})
    session.commit()
    again = {row.slug: row for row in found(session, TODAY).rows}
    assert {slug for slug, row in again.items() if row is not kept[slug]} == {"bjcs", "bjme"}


def test_a_supervisor_sees_shapes_with_words_and_goes_on_to_the_audit(sign_in, read):
    page = sign_in("supervisor").get(RULES)
    assert "北京星河计算机学会" in read(page)
    assert 'href="/societies/bjcs/audit/' in page.text
    assert "按期换届：" in page.text
    assert re.search(r'class="num"><b>[1-9]', page.text)
    assert sign_in("member").get(RULES).status_code == 403
