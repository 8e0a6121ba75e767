"""Every rule has a case for each verdict."""

from __future__ import annotations

import pytest

from registry.composition import packs, ruling
from registry.composition.judging import judge
from registry.composition.verdicts import Answer
from tests.composition import made
from tests.composition.cases import CASES, case

EVERY = [(rule.id, str(answer)) for rule in packs.every() for answer in Answer]


@pytest.mark.parametrize(("rule_id", "answer"), EVERY, ids=[f"{rule}-{answer}" for rule, answer in EVERY])
def test_a_rule_answers(rule_id, answer):
    snapshot = case(rule_id, answer)
    if snapshot is not None:
        assert answer in made.answers(snapshot, rule_id)


def test_every_rule_of_the_packs_has_its_cases_and_its_function():
    assert CASES.keys() == {rule.id for rule in packs.every()}
    assert {rule.predicate for rule in packs.every()} == ruling.PREDICATES.keys()


@pytest.mark.parametrize("rule", packs.every(), ids=lambda rule: rule.id)
def test_what_is_not_met_says_how_to_mend_it_and_where_it_is_written(rule):
    findings = judge(case(rule.id, "not_met"), (rule,))
    found = next(finding for finding in findings if finding.verdict.answer is Answer.NOT_MET)
    assert found.verdict.mend
    assert found.verdict.said
    assert found.rule.citation.document
    assert "{" not in found.statement + found.verdict.said + found.verdict.mend


@pytest.mark.parametrize("rule", packs.every(), ids=lambda rule: rule.id)
def test_what_is_undetermined_says_what_is_missing(rule):
    snapshot = case(rule.id, "undetermined")
    for finding in judge(snapshot, (rule,)) if snapshot else ():
        if finding.verdict.answer is Answer.UNDETERMINED:
            assert finding.verdict.missing
