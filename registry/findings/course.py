"""Where a finding stands on a day: from its steps, and from what the rule answers now."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from registry.composition.verdicts import Answer
from registry.findings.models import Rectification, StepKind


class Stand(StrEnum):
    """What is to be done, the most urgent first."""

    OVERDUE = "overdue"
    BACK = "back"
    OPEN = "open"
    ANSWERED = "answered"
    WAIVED = "waived"
    CLOSED = "closed"


STANDS = {
    Stand.OVERDUE: "逾期未答复",
    Stand.BACK: "问题又出现",
    Stand.OPEN: "待答复",
    Stand.ANSWERED: "待审核",
    Stand.WAIVED: "准予例外",
    Stand.CLOSED: "已了结",
}
SETTLED = frozenset({Stand.WAIVED, Stand.CLOSED})
ASKED = frozenset({Stand.OVERDUE, Stand.BACK, Stand.OPEN})
"""The society is to answer."""
AWAITING = (StepKind.RAISED, StepKind.SENT_BACK, StepKind.EXTENDED, StepKind.REOPENED)
"""The steps that ask for an answer."""


def stand(row: Rectification, answer: Answer | None, day: date) -> Stand:
    """`answer` is the verdict of the day; None where the finding is about no rule, or the rule is silent.

    A finding that was closed is open again by itself while its rule is not met, and a waiver ends with its
    day: nobody has to notice.
    """
    if row.stands == StepKind.ANSWERED:
        return Stand.ANSWERED
    if row.stands in AWAITING:
        late = row.until is not None and row.until < day
        return Stand.OVERDUE if late else Stand.OPEN
    if row.stands == StepKind.WAIVED and (row.until is None or row.until >= day):
        return Stand.WAIVED
    return Stand.BACK if answer is Answer.NOT_MET else Stand.CLOSED
