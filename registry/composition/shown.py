"""An audit as a page, a file or the shell shows it: findings by verdict, persons by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from registry.composition.judging import Finding
from registry.composition.packs import Rule
from registry.composition.snapshot import Snapshot
from registry.composition.verdicts import ANSWERS, Answer, Verdict

UNNAMED = 0
"""Stands among the missing for what is of nobody in particular."""


@dataclass(frozen=True)
class Line:
    """A person on one side of a finding: what they are, and the fact behind it."""

    person_id: int
    name: str
    posts: str
    note: str = ""


@dataclass(frozen=True)
class Audit:
    """The findings of a society, or of one of its bodies, on a day."""

    snapshot: Snapshot
    findings: Sequence[Finding]

    @property
    def counts(self) -> dict[Answer, int]:
        """How many of each verdict, the worst first."""
        found = Counter(finding.verdict.answer for finding in self.findings)
        return {answer: found[answer] for answer in Answer}

    def of(self, answer: Answer) -> list[Finding]:
        """Those of one verdict, the most binding first."""
        return [finding for finding in self.findings if finding.verdict.answer is answer]

    def by_rule(self, answer: Answer) -> list[tuple[Rule, list[Finding]]]:
        """Those of one verdict by rule, the most binding first."""
        rules = {finding.rule.id: finding.rule for finding in self.of(answer)}
        return [
            (rule, [finding for finding in self.of(answer) if finding.rule is rule])
            for rule in rules.values()
        ]

    def where(self, finding: Finding) -> str:
        """The body and its term; the society itself where there is none."""
        if finding.body is None:
            return "全会"
        name = finding.body.name.removeprefix(self.snapshot.society.name)
        return f"{name}{finding.sitting.term.name}" if finding.sitting else name

    def by_charter(self, finding: Finding) -> bool:
        """The charter sets a number of the rule."""
        return any(key.startswith(f"{finding.rule.id}.") for key in self.snapshot.charter)

    def against(self, finding: Finding) -> list[Line]:
        """Who stands against the rule."""
        return [
            self._line(key, finding, finding.verdict.notes.get(key, "")) for key in finding.verdict.against
        ]

    def favour(self, finding: Finding) -> list[Line]:
        """Who fits."""
        return [self._line(key, finding) for key in finding.verdict.favour]

    def missing(self, finding: Finding) -> list[Line]:
        """Of whom something is unknown, and what."""
        named = [pair for pair in finding.verdict.missing if pair[0] != UNNAMED]
        return [self._line(key, finding, lacking) for key, lacking in named]

    def lacking(self, finding: Finding) -> list[str]:
        """What is unknown of nobody in particular."""
        return [word for key, word in finding.verdict.missing if key == UNNAMED]

    def people(self) -> set[int]:
        """Everybody who is named anywhere."""
        return {key for finding in self.findings for key in named(finding.verdict)}

    def as_json(self) -> list[dict[str, Any]]:
        """The findings as other programs read them."""
        return [self._plain(finding) for finding in self.findings]

    def _plain(self, finding: Finding) -> dict[str, Any]:
        verdict = finding.verdict
        sides = {"against": self.against, "for": self.favour, "unknown": self.missing}
        return {
            "society": self.snapshot.society.slug,
            "body": finding.body.name if finding.body else None,
            "term": finding.sitting.term.ordinal if finding.sitting else None,
            "rule": finding.rule.id,
            "verdict": str(verdict.answer),
            "strength": str(finding.rule.strength),
            "numerator": verdict.numerator,
            "denominator": verdict.denominator,
            "people": [
                {"name": line.name, "posts": line.posts, "side": side, "note": line.note}
                for side, lines in sides.items()
                for line in lines(finding)
            ],
            "citation": str(finding.rule.citation),
            "statement": finding.statement,
            "said": verdict.said,
            "missing": [*dict.fromkeys(word for _key, word in verdict.missing)],
            "mend": verdict.mend,
            "verified": finding.rule.checked is not None,
        }

    def _line(self, key: int, finding: Finding, note: str = "") -> Line:
        return Line(key, self.snapshot.people[key].name, self._posts(key, finding), note)

    def _posts(self, key: int, finding: Finding) -> str:
        """What they are in the body that is judged, or in the society's own bodies."""
        sittings = [finding.sitting] if finding.sitting else self.snapshot.own.values()
        found = [sitting.duties[key] for sitting in sittings if key in sitting.duties]
        return "、".join(dict.fromkeys(found))


def named(verdict: Verdict) -> Iterable[int]:
    """Everybody whom the verdict names."""
    missing = (key for key, _word in verdict.missing if key != UNNAMED)
    return (*verdict.against, *verdict.favour, *missing)


def told(audit: Audit) -> str:
    """An audit as lines of text: what is not met and what is open, then how many of each verdict."""
    open_ = [*audit.of(Answer.NOT_MET), *audit.of(Answer.UNDETERMINED)]
    lines = [
        "  ".join((ANSWERS[one.verdict.answer], audit.where(one), f"{one.rule.title}：{one.verdict.said}"))
        for one in open_
    ]
    counts = "，".join(f"{ANSWERS[answer]} {many}" for answer, many in audit.counts.items())
    head = f"{audit.snapshot.society.name}（{audit.snapshot.day}）：{counts}"
    return "\n".join([head, *lines])
