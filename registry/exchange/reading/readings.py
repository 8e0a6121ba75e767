"""What was read of one row, with what could not be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from registry.core.dates import PartialDate
from registry.exchange.reading.layout import Row
from registry.people import documents


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken as it is, at the column (from 0) where it shows; None = the whole row."""

    column: int | None
    reason: str


@dataclass
class Reading:
    """What a row says; `where` names the column each fact came from."""

    row: Row
    facts: dict[str, Any] = field(default_factory=dict)
    member: dict[str, Any] = field(default_factory=dict)
    proofs: list[tuple[documents.Proof, int]] = field(default_factory=list)
    proved: dict[str, Any] = field(default_factory=dict)
    where: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Empty where the row has none."""
        return str(self.facts.get("name", ""))

    @property
    def birth(self) -> PartialDate | None:
        """As written, or as the document proves it more exactly."""
        written, proved = self.facts.get("birth"), self.proved.get("birth")
        return proved if proved and (written is None or written.agrees(proved)) else written

    def object_to(self, target: str, reason: str) -> None:
        """Note a problem at the column that a fact came from."""
        self.problems.append(Problem(self.where.get(target), reason))
