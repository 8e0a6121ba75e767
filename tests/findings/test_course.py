"""Where a finding stands, from its newest step, the day and what the rule answers."""

from __future__ import annotations

from datetime import date

import pytest

from registry.composition.verdicts import Answer
from registry.findings.course import Stand, stand
from registry.findings.models import Rectification, StepKind

DAY = date(2026, 11, 24)
BEFORE, AFTER = date(2026, 11, 23), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("kind", "until", "answer", "where"),
    [
        (StepKind.RAISED, AFTER, Answer.NOT_MET, Stand.OPEN),
        (StepKind.RAISED, DAY, Answer.NOT_MET, Stand.OPEN),
        (StepKind.RAISED, BEFORE, Answer.NOT_MET, Stand.OVERDUE),
        (StepKind.RAISED, BEFORE, Answer.MET, Stand.OVERDUE),
        (StepKind.SENT_BACK, BEFORE, None, Stand.OVERDUE),
        (StepKind.REOPENED, None, Answer.NOT_MET, Stand.OPEN),
        (StepKind.ANSWERED, None, Answer.NOT_MET, Stand.ANSWERED),
        (StepKind.ACCEPTED, None, Answer.MET, Stand.CLOSED),
        (StepKind.ACCEPTED, None, None, Stand.CLOSED),
        (StepKind.ACCEPTED, None, Answer.UNDETERMINED, Stand.CLOSED),
        (StepKind.ACCEPTED, None, Answer.NOT_MET, Stand.BACK),
        (StepKind.WAIVED, AFTER, Answer.NOT_MET, Stand.WAIVED),
        (StepKind.WAIVED, DAY, Answer.NOT_MET, Stand.WAIVED),
        (StepKind.WAIVED, BEFORE, Answer.NOT_MET, Stand.BACK),
        (StepKind.WAIVED, BEFORE, Answer.MET, Stand.CLOSED),
    ],
)
def test_where_it_stands(kind, until, answer, where):
    assert stand(Rectification(stands=kind, until=until), answer, DAY) is where
