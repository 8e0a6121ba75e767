"""That a return left the house."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.journal.services import act


def note(session: Session, society_id: int, year: int, form: str) -> None:
    """Journal it."""
    act(session, "annual:export", society_id, f"{year}，{form}")
