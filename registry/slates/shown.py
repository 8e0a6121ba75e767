"""A slate as it is looked at: candidates by post with what is held against them, seats, verdicts, plots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.bodies.seating import Rank, Seating
from registry.composition import packs
from registry.composition.facts import Body
from registry.composition.judging import Finding, judge
from registry.composition.seen import Told, told
from registry.composition.shown import Audit
from registry.composition.snapshot import Snapshot
from registry.composition.verdicts import Answer
from registry.integrity.models import IntegrityRecord
from registry.slates.models import Candidate, Slate

PERSONAL = frozenset(
    {
        "consecutive_terms",
        "good_standing",
        "legal_representative",
        "posts_elsewhere",
        "rank_chain",
        "retired_officials",
        "retirement_age",
        "retirement_ahead",
        "serving_officials",
        "supervisors_apart",
    }
)
"""Rules that are about somebody, and not about how many there are."""


@dataclass(frozen=True)
class Mark:
    """What a rule says of a candidate: not met, or not known."""

    rule: str
    note: str
    answer: Answer


class Shown:
    """One slate, judged."""

    def __init__(
        self,
        slate: Slate,
        standing: Sequence[Candidate],
        snapshot: Snapshot,
        weighing: Mapping[int, Sequence[IntegrityRecord]] | None = None,
    ) -> None:
        """The draft as `queries.drafted` made it; `weighing` are integrity records by person."""
        self.slate, self.standing, self.snapshot = slate, standing, snapshot
        self._weighing = weighing or {}

    @cached_property
    def audit(self) -> Audit:
        """Every rule that speaks of the body or of the society on the first day of the 届."""
        found = judge(self.snapshot, packs.every())
        return Audit(self.snapshot, [one for one in found if self._concerns(one.body)])

    def _concerns(self, body: Body | None) -> bool:
        """The society, the body itself, or another body of the society's own."""
        return body is None or body.id == self.slate.body_id or body.branch_id is None

    @cached_property
    def marks(self) -> Mapping[int, list[Mark]]:
        """By person."""
        found: dict[int, list[Mark]] = defaultdict(list)
        for finding in self.audit.findings:
            if finding.rule.id in PERSONAL:
                verdict = finding.verdict
                for key in verdict.against:
                    mark = Mark(finding.rule.title, verdict.notes.get(key, ""), Answer.NOT_MET)
                    found[key].append(mark)
        for key, rows in self._weighing.items():
            found[key] += [Mark("诚信记录", row.words, Answer.NOT_MET) for row in rows]
        return found

    @cached_property
    def seating(self) -> Seating:
        """The picture."""
        ranks = [
            Rank(post, [one for one in self.standing if one.post_id == post.id], [])  # type: ignore[misc]
            for post in self.slate.body.posts
        ]
        return Seating(ranks, [], [])

    def told(self, *, fully: bool) -> Told | None:
        """What those who stand are, beside those who sit."""
        return told(self.snapshot, self.slate.body_id, fully=fully)

    @property
    def people(self) -> set[int]:
        """Everybody on the slate."""
        return {one.person_id for one in self.standing}


def both(left: Shown, right: Shown) -> list[tuple[Finding, Finding]]:
    """Findings of the same rule, those that differ first."""
    others = {one.rule.id: one for one in right.audit.findings if _own(right, one)}
    pairs = [
        (one, others[one.rule.id]) for one in left.audit.findings if _own(left, one) and one.rule.id in others
    ]
    return sorted(pairs, key=lambda pair: pair[0].verdict.said == pair[1].verdict.said)


def _own(shown: Shown, finding: Finding) -> bool:
    return bool(finding.body and finding.body.id == shown.slate.body_id)
