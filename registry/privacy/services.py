"""The deeds on privacy that are small: a copy taken along."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.journal.services import seen


def note_copy(session: Session, society_id: int, person_id: int) -> None:
    """Journal that the person took a copy of all that is held; nobody's name but the account's is kept."""
    seen(session, "privacy:copy", society_id, person_id, "person", "")
