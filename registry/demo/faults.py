"""What the supervisors found in the demonstration: to be answered, overdue, answered, waived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from registry.composition.judging import Finding
from registry.composition.verdicts import Answer
from registry.demo.routine import acting
from registry.demo.stock import DAY
from registry.findings import queries
from registry.findings.models import Rectification
from registry.findings.services import Day, Raise, Say, answer, raise_finding, waive
from registry.societies.models import Society

_LATE, _SOON, _LONG = timedelta(days=-12), timedelta(days=25), timedelta(days=300)


def happen(session: Session, societies: Sequence[Society]) -> None:
    """Of each society the gravest that its audit finds; of the first one more, which it has answered."""
    for society, left in zip(societies, (_SOON, _LATE, _LONG), strict=False):
        audit = queries.audit(session, society.id, DAY)
        for place, verdict in enumerate(audit.of(Answer.NOT_MET)[:2]):
            asked = f"{audit.where(verdict)}：{verdict.rule.title}"
            row = _raise(session, society, asked, verdict, DAY + left)
            if left is _LONG:
                _waive(session, row, verdict)
            elif place:
                _answer(session, row, verdict)


def _raise(session: Session, society: Society, title: str, verdict: Finding, until: date) -> Rectification:
    raised_on = min(DAY, until) - timedelta(days=45)
    words = "。".join(filter(None, (verdict.verdict.said, verdict.verdict.mend)))
    with acting(session, "supervisor"):
        return raise_finding(session, society, Raise(title, words, until, own=False), Day(raised_on, verdict))


def _answer(session: Session, row: Rectification, verdict: Finding) -> None:
    said = "已列入下次理事会议程，届时一并增补；会议定于下月中旬。"
    with acting(session, "staff"):
        answer(session, row, Say(said, row.version), Day(DAY - timedelta(days=3), verdict))


def _waive(session: Session, row: Rectification, verdict: Finding) -> None:
    said = Say("改革过渡期内同意暂缓。", row.version, DAY + _LONG, "京科协函〔2026〕8号")
    with acting(session, "supervisor"):
        waive(session, row, said, Day(DAY - timedelta(days=20), verdict), own=False)
