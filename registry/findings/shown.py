"""Findings as lists and marks show them: where each stands today, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g

from registry.composition.judging import Finding
from registry.core.policy import Action
from registry.core.subjects import Place
from registry.findings import queries
from registry.findings.course import ASKED, SETTLED, STANDS, Stand, stand
from registry.findings.models import Rectification
from registry.findings.queries import Answers
from registry.societies.models import Society
from registry.web import current
from registry.web.database import session

_ABOVE = (Stand.OVERDUE, Stand.ANSWERED, Stand.BACK, Stand.OPEN, Stand.WAIVED, Stand.CLOSED)
TONES = {Stand.OVERDUE: "not-met", Stand.BACK: "not-met", Stand.CLOSED: "quiet", Stand.WAIVED: "quiet"}


@dataclass(frozen=True)
class Listed:
    """A finding with where it stands; `society` where there are several."""

    row: Rectification
    stand: Stand
    society: Society | None = None

    @property
    def urgency(self) -> tuple[int, date]:
        """What is most urgent first, and of that what is due first; to those above, an answer is."""
        order = _ABOVE if self.society else tuple(Stand)
        return order.index(self.stand), self.row.until or date.max


def listed(
    rows: Sequence[Rectification], judged: Answers, societies: Mapping[int, Society] | None = None
) -> list[Listed]:
    """The rows with where they stand today, the most urgent first."""
    found = [
        Listed(
            row,
            stand(row, judged.get((row.society_id, row.key)), current.today()),
            societies[row.society_id] if societies else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.urgency)


def of_society(society: Society) -> list[Listed]:
    """All findings of a society; its rules are asked only where one is settled that may come back."""
    rows = queries.of_society(session(), society.id)
    return listed(rows, queries.answers(session(), rows, current.today()))


def parted(found: Sequence[Listed], *, settled: bool) -> dict[str, Any]:
    """What a list shows: those that are open or those that are settled, and how many there are of each."""
    parts = {part: [one for one in found if (one.stand in SETTLED) is part] for part in (False, True)}
    return {
        "rows": parts[settled],
        "settled": settled,
        "counts": {part: len(rows) for part, rows in parts.items()},
    }


def to_answer(found: Sequence[Listed]) -> tuple[int, date | None]:
    """How many the society is to answer, and the first day by which one is due."""
    asked = [one.row for one in found if one.stand in ASKED]
    return len(asked), min((row.until for row in asked if row.until), default=None)


def mark(society: Society, finding: Finding) -> Listed | None:
    """What was raised about a verdict of today and is not closed, for those who may see it."""
    if not current.allowed(Action.FINDING_SEE, Place(society.id)):
        return None
    if "rectified" not in g:
        rows = queries.of_society(session(), society.id)
        g.rectified = {row.key: row for row in reversed(rows) if row.key}
    row = g.rectified.get(finding.key)
    now = stand(row, finding.verdict.answer, current.today()) if row else Stand.CLOSED
    return None if row is None or now is Stand.CLOSED else Listed(row, now)


def drawn_with() -> dict[str, Any]:
    """What every template draws findings with."""
    return {"rectification": mark, "stands": STANDS, "stand_tones": TONES}
