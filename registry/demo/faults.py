"""What the supervisors found in the demonstration: to be answered, overdue, answered, waived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from registry.composition.judging import Finding
from registry.composition.shown import Audit
from registry.composition.verdicts import Answer
from registry.demo.routine import acting
from registry.demo.stock import DAY
from registry.findings import queries
from registry.findings.models import Rectification
from registry.findings.services import Day, Raise, Say, answer, raise_finding, waive
from registry.societies.models import Society

_SOON, _LATE, _LONG = timedelta(days=90), timedelta(days=-12), timedelta(days=300)
_OWN = {
    "seats_filled": (_SOON, "请在下次理事会议补选空缺的席位，并报送选举结果。"),
    "turnover": (_LATE, "请说明未按期换届的原因，报送换届工作方案和时间表。"),
    "serving_officials": (_SOON, "请报送该同志兼职的批准文件；未经批准的，请按章程办理辞职手续。"),
    "retirement_age": (_SOON, "请按规定办理审批，或者在下次理事会议上调整。"),
}
"""Of the first society, by rule: when an answer is due, counted from the day of the demonstration."""


def happen(session: Session, societies: Sequence[Society]) -> None:
    """Four findings in the first society, each at another stage; the gravest in the others."""
    first, *others = societies
    audit = queries.audit(session, first.id, DAY)
    worst = {one.rule.id: one for one in reversed(audit.of(Answer.NOT_MET))}
    rows = {
        rule: (_raise(session, audit, worst[rule], words, DAY + left), worst[rule])
        for rule, (left, words) in _OWN.items()
        if rule in worst
    }
    if "serving_officials" in rows:
        _answer(session, *rows["serving_officials"])
    if "retirement_age" in rows:
        _waive(session, *rows["retirement_age"])
    for society, left in zip(others, (_LATE, _SOON), strict=False):
        audit = queries.audit(session, society.id, DAY)
        _raise(session, audit, audit.of(Answer.NOT_MET)[0], "请提出整改措施和完成的时间。", DAY + left)


def _raise(session: Session, audit: Audit, verdict: Finding, words: str, until: date) -> Rectification:
    title = f"{audit.where(verdict)}：{verdict.rule.title}"
    society = session.get_one(Society, audit.snapshot.society.id)
    raised_on = min(DAY, until) - timedelta(days=45)
    with acting(session, "supervisor"):
        return raise_finding(session, society, Raise(title, words, until, own=False), Day(raised_on, verdict))


def _answer(session: Session, row: Rectification, verdict: Finding) -> None:
    said = "已向该同志的主管单位补报兼职审批，批复后报送文件；审批期间该同志不领取报酬。"
    with acting(session, "staff"):
        answer(session, row, Say(said, row.version), Day(DAY - timedelta(days=3), verdict))


def _waive(session: Session, row: Rectification, verdict: Finding) -> None:
    said = Say("改革过渡期内同意任满本届。", row.version, DAY + _LONG, "京科协函〔2026〕8号")
    with acting(session, "supervisor"):
        waive(session, row, said, Day(DAY - timedelta(days=20), verdict), own=False)
