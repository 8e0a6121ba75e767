"""The audit of a society on paper: as PDF, and as a table in Word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from registry.composition.judging import Finding
from registry.composition.packs import STRENGTHS
from registry.composition.shown import Audit, Line
from registry.composition.verdicts import ANSWERS, Answer
from registry.printing.document import Document, Group, Head

OPEN = (Answer.NOT_MET, Answer.UNDETERMINED)
"""Told in full; of the others a line is enough."""


@dataclass(frozen=True)
class Report:
    """An audit for a reader; `knows` = may see the facts behind a person's side."""

    audit: Audit
    day: str
    knows: bool

    @property
    def title(self) -> str:
        """As the file and its first page are called."""
        return str(_("%(society)s机构与任职审计报告", society=self.audit.snapshot.society.name))

    @property
    def subtitle(self) -> str:
        """What was judged, and how."""
        rules = len({finding.rule.id for finding in self.audit.findings})
        return str(_("按 %(day)s 的登记，对照 %(n)s 条规则", day=self.day, n=rules))

    @property
    def notes(self) -> list[str]:
        """What a reader should know of the verdicts."""
        return [
            str(_("资料不详的一律不算符合；“不能判定”的各条写明缺什么、缺谁的。")),
            str(_("“最小的改动”是使该条符合的最少变动，不代替本会的决定。")),
        ]

    def lines(self, finding: Finding) -> list[tuple[str, str]]:
        """What stands under a finding: label and words."""
        verdict, audit = finding.verdict, self.audit
        lacking = self._lines(audit.missing(finding), told=True) or "、".join(audit.lacking(finding))
        pairs = [
            (_("不符合的"), self._lines(audit.against(finding), told=self.knows)),
            (_("缺"), lacking),
            (_("其中"), "；".join(verdict.things)),
            (_("最小的改动"), verdict.mend),
        ]
        return [(str(label), words) for label, words in pairs if words]

    def _lines(self, lines: Iterable[Line], *, told: bool) -> str:
        return "；".join(_in_words(line, told=told) for line in lines)

    def data(self) -> dict[str, Any]:
        """For the sheet `audit`."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "society": self.audit.snapshot.society.name,
            "day": self.day,
            "notes": self.notes,
            "signature": "",
            "unchecked": str(_("尚未对照原文核实")),
            "counts": [{"answer": str(answer), "word": ANSWERS[answer]} for answer in Answer],
            "places": self._places(),
            "sections": [
                {
                    "word": ANSWERS[answer],
                    "full": answer in OPEN,
                    "findings": [self._plain(finding) for finding in self.audit.of(answer)],
                }
                for answer in Answer
                if self.audit.of(answer)
            ],
        }

    def _places(self) -> list[dict[str, Any]]:
        """How many of each verdict, by body."""
        found: dict[str, Counter[Answer]] = {}
        for finding in sorted(self.audit.findings, key=lambda one: one.body.id if one.body else 0):
            found.setdefault(self.audit.where(finding), Counter())[finding.verdict.answer] += 1
        return [{"name": name, "counts": [many[answer] for answer in Answer]} for name, many in found.items()]

    def _plain(self, finding: Finding) -> dict[str, Any]:
        verdict = finding.verdict
        shares = verdict.numerator is not None and verdict.denominator
        return {
            "answer": str(verdict.answer),
            "title": finding.rule.title,
            "where": self.audit.where(finding),
            "strength": STRENGTHS[finding.rule.strength],
            "said": verdict.said,
            "sum": f"{verdict.numerator} / {verdict.denominator}" if shares else "",
            "lines": self.lines(finding),
            "statement": finding.statement,
            "citation": str(finding.rule.citation),
            "checked": finding.rule.checked is not None,
        }

    def document(self) -> Document:
        """As a table, for Word."""
        groups = [Group(ANSWERS[answer], self._rows(self.audit.of(answer))) for answer in Answer]
        heads = [Head(str(_("规则"))), Head(str(_("机构"))), Head(str(_("情况")), flexible=True)]
        return Document(
            title=self.title,
            subtitle=self.subtitle,
            society=self.audit.snapshot.society.name,
            day=self.day,
            heads=[*heads, Head(str(_("依据")), flexible=True)],
            groups=[group for group in groups if group.rows],
            notes=self.notes,
            size=9.5,
            landscape=True,
        )

    def _rows(self, findings: Iterable[Finding]) -> list[Sequence[str]]:
        return [
            (finding.rule.title, self.audit.where(finding), self._told(finding), self._source(finding))
            for finding in findings
        ]

    def _told(self, finding: Finding) -> str:
        more = self.lines(finding) if finding.verdict.answer in OPEN else []
        return "\n".join([finding.verdict.said, *(f"{label}：{words}" for label, words in more)])

    def _source(self, finding: Finding) -> str:
        unchecked = "" if finding.rule.checked else str(_("（尚未对照原文核实）"))
        return f"{finding.statement}\n{finding.rule.citation}{unchecked}"


def _in_words(line: Line, *, told: bool) -> str:
    """王富（理事，71 周岁）."""
    facts = [fact for fact in (line.posts, line.note if told else "") if fact]
    return f"{line.name}（{'，'.join(facts)}）" if facts else line.name
