"""Putting a finding on record, and lifting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.integrity.models import IntegrityRecord
from registry.journal.services import act


@dataclass(frozen=True)
class Find:
    """What was found, by whom and by which document, and until when it weighs."""

    found_on: date
    words: str
    source: str
    until: date | None = None


def record(session: Session, society_id: int, person_id: int, command: Find, today: date) -> IntegrityRecord:
    """Put on record what an authority found; a suspicion is none."""
    if not command.source.strip():
        raise RuleBroken("请写认定的单位和文号；没有认定的不登记", "source")
    if command.found_on > today:
        raise RuleBroken("认定日期不能在今天以后", "found_on")
    if command.until is not None and command.until <= command.found_on:
        raise RuleBroken("影响期限要在认定日期以后", "until")
    act(session, "integrity:record", society_id)
    row = IntegrityRecord(
        society_id=society_id,
        person_id=person_id,
        found_on=command.found_on,
        words=command.words.strip(),
        source=command.source.strip(),
        until=command.until,
    )
    session.add(row)
    session.flush()
    return row


def lift(session: Session, row: IntegrityRecord, why: str, on: date) -> None:
    """It weighs no longer from the day on; what was found stays on record."""
    if row.lifted_on is not None:
        raise RuleBroken("这条记录已经解除")
    if on < row.found_on:
        raise RuleBroken("解除日期不能早于认定日期", "on")
    act(session, "integrity:lift", row.society_id, why.strip())
    row.lifted_on, row.lifted_why = on, why.strip()
    session.flush()
