"""What is kept past its time, and what of it is swept at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from registry.bulk import services as bulk
from registry.bulk.models import Choice
from registry.exchange.models import Upload, UploadState
from registry.exports import waiting
from registry.exports.models import ExportedPart
from registry.journal.chain import entry
from registry.journal.services import act, record
from registry.lists.models import ListState, RosterList
from registry.memberships.models import Membership
from registry.people.models import IdentityDocument, Person
from registry.printouts import services as printouts
from registry.printouts.models import PrintedFile

UNFINISHED = timedelta(days=30)
"""So long an import or a pasted list may lie before it is called forgotten."""
YEARS = 10
"""After so many years since leaving, somebody's documents and contact are hardly needed any more."""


@dataclass(frozen=True)
class Swept:
    """Rows that are deleted once past their time, which otherwise happens when the next of them is made."""

    key: str
    model: Any
    kept: timedelta

    def past(self, society_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
        """Those that are."""
        return self.model.society_id == society_id, self.model.at < now - self.kept


SWEPT = (
    Swept("choice", Choice, bulk.KEPT),
    Swept("exported_part", ExportedPart, waiting.KEPT),
    Swept("printed_file", PrintedFile, printouts.KEPT),
)


@dataclass(frozen=True)
class Lying:
    """A file that was begun with and never finished: only somebody who knows can drop it."""

    key: str
    id: int
    name: str
    who: str
    at: datetime


def past(session: Session, society_id: int, now: datetime) -> dict[str, int]:
    """How many rows of each kind are past their time."""
    counted = {
        swept.key: select(func.count()).select_from(swept.model).where(*swept.past(society_id, now))
        for swept in SWEPT
    }
    return {key: session.scalar(query) or 0 for key, query in counted.items()}


def lying(session: Session, society_id: int, now: datetime) -> list[Lying]:
    """Sealed files of imports and pasted lists, the oldest first; each with its address's id."""
    before = now - UNFINISHED
    uploads = select(Upload.id, Upload.filename, Upload.account_name, Upload.at).where(
        Upload.society_id == society_id, Upload.state == UploadState.UPLOADED, Upload.at < before
    )
    lists = select(RosterList.id, RosterList.source, RosterList.account_name, RosterList.at).where(
        RosterList.society_id == society_id, RosterList.state == ListState.OPEN, RosterList.at < before
    )
    found = [Lying("upload", *row) for row in session.execute(uploads)]
    found += [Lying("list", *row) for row in session.execute(lists)]
    return sorted(found, key=lambda row: row.at)


def long_gone(session: Session, society_id: int, day: date) -> dict[str, int]:
    """Of those who left long ago: how many still have a document, a way to be reached."""
    papers = select(IdentityDocument.person_id).where(IdentityDocument.society_id == society_id)
    reached = or_(Person.phone != "", Person.email != "", Person.address != "")
    gone = _gone(society_id, day.replace(year=day.year - YEARS, day=min(day.day, 28)))
    query = select(func.count()).select_from(Person).where(Person.society_id == society_id, gone)
    kept = {"documents": Person.id.in_(papers), "contact": reached}
    return {key: session.scalar(query.where(clause)) or 0 for key, clause in kept.items()}


def _gone(society_id: int, since: date) -> ColumnElement[bool]:
    mine = Membership.society_id == society_id, Membership.person_id.is_not(None)
    still = (Membership.ends_on.is_(None)) | (Membership.ends_on > since)
    were = Person.id.in_(select(Membership.person_id).where(*mine))
    return (
        were & Person.id.not_in(select(Membership.person_id).where(*mine, still)) & Person.erased_at.is_(None)
    )


def sweep(session: Session, society_id: int, now: datetime) -> int:
    """Delete what is past its time; how many rows."""
    found = past(session, society_id, now)
    many = sum(found.values())
    if many:
        act(session, "privacy:sweep", society_id)
        for swept in SWEPT:
            session.execute(delete(swept.model).where(*swept.past(society_id, now)))
        after: dict[str, Any] = {key: count for key, count in found.items() if count}
        record(session, [entry("kept", None, None, "changed", {}, after)])
    return many
