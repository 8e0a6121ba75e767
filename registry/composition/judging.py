"""Rules put to a snapshot: `judge(snapshot, pack)`, the worst finding first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.composition import ruling
from registry.composition.facts import Body
from registry.composition.packs import SOCIETY, Pack, Rule, Strength
from registry.composition.rules import councils, meetings, officers, officials, seats, shares, societies
from registry.composition.ruling import Case
from registry.composition.snapshot import Sitting, Snapshot
from registry.composition.verdicts import Answer, Verdict, not_applicable

LOADED = (councils, meetings, officials, officers, seats, shares, societies)
"""The modules of `rules`; a further one must stand here to be known."""

_ANSWERS, _STRENGTHS = list(Answer), list(Strength)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule answers of a society (`body` None) or of one of its bodies."""

    rule: Rule
    statement: str
    verdict: Verdict
    body: Body | None = None
    sitting: Sitting | None = None

    @property
    def key(self) -> str:
        """The same for the same rule and body on every day."""
        return f"{self.rule.id}-{self.body.id}" if self.body else self.rule.id

    @property
    def gravity(self) -> tuple[int, int]:
        """Worst first: what is not met, and of that what binds most."""
        return _ANSWERS.index(self.verdict.answer), _STRENGTHS.index(self.rule.strength)


def judge(snapshot: Snapshot, pack: Pack, body_ids: Iterable[int] | None = None) -> list[Finding]:
    """Every rule that is in force on the day; of the bodies asked for, otherwise of the society and all."""
    asked = None if body_ids is None else set(body_ids)
    bodies = [body for body in snapshot.bodies if asked is None or body.id in asked]
    found = [
        finding for rule in pack if rule.in_force(snapshot.day) for finding in _ask(snapshot, rule, bodies)
    ]
    if asked is not None:
        found = [finding for finding in found if finding.body is not None]
    return sorted(found, key=lambda finding: finding.gravity)


def worst(findings: Iterable[Finding]) -> Answer | None:
    """The worst verdict among them; None among none."""
    return min((finding.verdict.answer for finding in findings), key=_ANSWERS.index, default=None)


def _ask(snapshot: Snapshot, rule: Rule, bodies: Sequence[Body]) -> Iterable[Finding]:
    if SOCIETY in rule.scope:
        yield _finding(snapshot, rule, None)
    for body in bodies:
        if body.kind in rule.scope:
            yield _finding(snapshot, rule, body)


def _finding(snapshot: Snapshot, rule: Rule, body: Body | None) -> Finding:
    parameters = rule.parameters_for(snapshot.charter)
    sitting = snapshot.sittings.get(body.id) if body else None
    if body is not None and sitting is None:
        verdict = not_applicable(f"{body.name}没有在任的一届")
    else:
        verdict = ruling.PREDICATES[rule.predicate](Case(snapshot, rule, sitting, parameters))
    return Finding(rule, rule.statement.format(**parameters), verdict, body, sitting)
