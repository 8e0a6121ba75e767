"""Namesakes that a clerk has told apart: what was decided once is not asked again of the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from registry.core.vault import Vault
from registry.exchange.judging.matching import name_key
from registry.exchange.judging.verdicts import Decide
from registry.exchange.models import Settled
from registry.exchange.reading.readings import Reading

_TELLING = ("employer", "position", "phone", "email", "title", "address")


def mark_of(vault: Vault, reading: Reading) -> str:
    """Equal for rows that say the same of a person; meaningless to whoever reads the table."""
    told = [f"{key}={reading.facts[key]}" for key in _TELLING if reading.facts.get(key)]
    return vault.fingerprint("|".join(["settled", name_key(reading.name), str(reading.birth or ""), *told]))


def settled_by(session: Session, society_id: int, decisions: Mapping[str, str]) -> Decide:
    """The clerk's word on a row of this upload, else what was settled of one that said the same."""
    vault: Vault = session.info["vault"]
    known = known_marks(session, society_id)

    def decide(reading: Reading) -> str:
        said = decisions.get(str(reading.row.number))
        if said is not None or not known:
            return said or ""
        found = known.get(mark_of(vault, reading))
        return str(found) if found else ""

    return decide


def known_marks(session: Session, society_id: int) -> dict[str, int]:
    """Every mark of the society with the person it stands for."""
    rows = session.execute(select(Settled.mark, Settled.taken_for_id).where(Settled.society_id == society_id))
    return {row.mark: row.taken_for_id for row in rows}


def settle(session: Session, society_id: int, found: Iterable[tuple[str, int]]) -> None:
    """Remember whom the rows with these marks were taken for; the latest word counts."""
    known = known_marks(session, society_id)
    for mark, person_id in dict(found).items():
        values = {"society_id": society_id, "mark": mark, "taken_for_id": person_id}
        if mark not in known:
            session.execute(insert(Settled).values(**values))
        elif known[mark] != person_id:
            mine = (Settled.society_id == society_id, Settled.mark == mark)
            session.execute(update(Settled).where(*mine).values(taken_for_id=person_id))
