"""Every endpoint of the product with values for its address, and what each role may do there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Invitation, Recovery
from registry.accounts.queries import grants_on
from registry.app import create_app
from registry.arrangements.models import SavedView
from registry.bulk.models import Choice
from registry.certificates.models import Certificate
from registry.config import Config
from registry.consents.models import Recipient
from registry.core.policy import ANYONE, SIGNED_IN, Action, Grant, may, reach
from registry.core.subjects import Place
from registry.exchange.models import Upload
from registry.findings.models import Rectification, StepPaper
from registry.integrity.models import IntegrityRecord
from registry.jobs.models import Job
from registry.joining.models import Application, ApplicationPaper
from registry.journal.models import Act
from registry.lists.models import RosterList
from registry.meetings.models import MeetingPaper
from registry.merging.models import Merge
from registry.privacy.models import Erasure
from registry.proposals.models import Proposal, ProposedFact
from registry.slates.models import Candidate, Slate
from registry.tags.models import Tag
from tests.cast import Cast
from tests.databases import SECRET, TODAY

NOBODY = "nobody"


ROLES = ("admin", "staff", "staff2", "branch", "member", "auditor", "supervisor")


EXEMPT = {"static"}


PLAIN = (".json", ".csv", ".txt")


# What is asked for inside a view, of the sample fact: to see it, and to save it.
SEEING = {
    "members.section": Action.CONTACT_SEE,
    "cells.cell": Action.CONTACT_SEE,
}


SAVING = {
    "arrangements.end": Action.VIEW_SHARE,
    "arrangements.rename": Action.VIEW_SHARE,
    "arrangements.update": Action.VIEW_SHARE,
    "members.section": Action.CONTACT_EDIT,
    "profile.section": Action.CONTACT_EDIT,
    "cells.cell": Action.CONTACT_EDIT,
    "undoing.undo": Action.CONTACT_EDIT,
}


@dataclass(frozen=True)
class Endpoint:
    """One endpoint of the product."""

    name: str
    methods: frozenset[str]
    arguments: frozenset[str]
    action: Action | None

    def __str__(self) -> str:
        return self.name


def _endpoints() -> Iterator[Endpoint]:
    app = create_app(Config(secret=SECRET, database_url="sqlite://", testing=True))
    for rule in app.url_map.iter_rules():
        action = getattr(app.view_functions[rule.endpoint], "action", None)
        methods = frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"}
        yield Endpoint(rule.endpoint, methods, frozenset(rule.arguments), action)


ENDPOINTS = sorted(_endpoints(), key=str)


PAGES = [place for place in ENDPOINTS if place.name not in EXEMPT]


READ = [place for place in PAGES if "GET" in place.methods]


WRITTEN = [place for place in PAGES if place.methods - {"GET"}]


@dataclass(frozen=True)
class Samples:
    """Values for addresses: of one society, and the places its rows are for the policy."""

    values: Mapping[str, Any]
    special: Mapping[tuple[str, str], Any]
    places: Mapping[str, Place]
    society: Place

    def values_of(self, place: Endpoint) -> dict[str, Any]:
        """A value for each argument; KeyError where a new argument has no sample."""
        area = place.name.split(".")[0]
        return {name: self.special.get((area, name), self.values.get(name)) for name in place.arguments}

    def subject(self, place: Endpoint) -> Place | None:
        """The row that rights are asked about, or None where the address names none."""
        area = place.name.split(".")[0]
        found = [self.places.get(f"{area}.{name}") for name in place.arguments]
        return next((row for row in found if row), None)


def samples(session: Session, cast: Cast) -> Samples:
    """Of the first society: Wang, who is in its first branch and in its council; and a file received."""
    society = Place(cast.society.id)
    wang = Place(cast.society.id, cast.branch.id, cast.wang.id)
    return Samples(
        values={
            "slug": "bjcs",
            "number": "B00001",
            "section": "contact",
            "key": "phone",
            "spell_id": cast.wang_member.id,
            "document_id": cast.wang_document.id,
            "body_id": cast.council.id,
            "term_id": cast.term.id,
            "post_id": cast.director_post.id,
            "tenure_id": cast.director.id,
            "representative_id": cast.representative.id,
            "decision_id": cast.decision.id,
            "meeting_id": cast.decision.meeting_id,
            "list_id": session.scalars(select(RosterList.id)).one(),
            "paper_id": session.scalars(select(MeetingPaper.id)).one(),
            "ordinal": 8,
            "year": 2025,
            "code": "b01",
            "tag_id": session.scalars(select(Tag.id)).one(),
            "choice_id": session.scalars(select(Choice.id)).one(),
            "job_id": session.scalars(select(Job.id).where(Job.kind == "roster:bulk")).one(),
            "deed": "category",
            "upload_id": session.scalars(select(Upload.id)).one(),
            "act_id": session.scalars(select(func.max(Act.id)).where(Act.deed == "person:edit")).one(),
            "view_id": session.scalars(select(SavedView.id)).one(),
            "slate_id": session.scalars(select(func.min(Slate.id))).one(),
            "other_id": session.scalars(select(func.max(Slate.id))).one(),
            "candidate_id": session.scalars(select(func.min(Candidate.id))).one(),
            "kind": "csv",
            "line": 3,
            "what": "offices",
            "one": cast.wang.id,
            "two": cast.chen.id,
            "merge_id": session.scalars(select(Merge.id)).one(),
            "proposal_id": session.scalars(select(func.min(Proposal.id))).one(),
            "fact_id": session.scalars(select(ProposedFact.id).where(ProposedFact.key == "document")).one(),
        },
        special={
            ("findings", "finding_id"): session.scalars(select(Rectification.id)).one(),
            ("findings", "paper_id"): session.scalars(select(StepPaper.id)).one(),
            ("lists", "kind"): "council",
            ("own_proposals", "what"): "identity",
            ("confirming", "secret"): "of-nobody",
            ("privacy", "key"): "directory",
            ("consents", "key"): "directory",
            ("erasures", "erasure_id"): session.scalars(select(Erasure.id)).one(),
            ("consents", "recipient_id"): session.scalars(select(Recipient.id)).one(),
            ("composition", "code"): "retirement_age.years",
            ("composition", "form"): "pdf",
            ("exports", "job_id"): session.scalars(select(Job.id).where(Job.kind == "roster:export")).one(),
            ("annual", "form"): "pdf",
            ("joining", "application_id"): session.scalars(select(func.min(Application.id))).one(),
            ("joining", "paper_id"): session.scalars(select(ApplicationPaper.id)).one(),
            ("joining", "kind"): "refused",
            ("join", "secret"): "opens-nothing",
            ("invitations", "account_id"): cast.member_account.id,
            ("invitations", "invitation_id"): session.scalars(select(Invitation.id)).one(),
            ("recoveries", "account_id"): cast.member_account.id,
            ("recoveries", "recovery_id"): session.scalars(select(Recovery.id)).one(),
            ("activating", "secret"): "7K3M-0QXZ-94TB",
            ("regaining", "secret"): "7K3M-0QXZ-94TB",
            ("own_address", "secret"): "opens-nothing",
            ("resetting", "secret"): "opens-nothing",
            ("integrity", "record_id"): session.scalars(select(IntegrityRecord.id)).one(),
            ("certificates", "certificate_id"): session.scalars(select(Certificate.id)).one(),
            ("verifying", "code"): session.scalars(select(Certificate.code)).one(),
            ("slates", "what"): "ballot",
            ("slates", "form"): "pdf",
            ("printouts", "kind"): "members",
            ("printouts", "form"): "pdf",
            ("printouts", "job_id"): session.scalars(select(Job.id).where(Job.kind == "list:print")).one(),
            ("units", "number"): "U001",
            ("units", "spell_id"): cast.unit_member.id,
            ("undoing", "job_id"): session.scalars(select(Job.id).where(Job.kind == "act:undo")).one(),
        },
        places={
            "members.number": wang,
            "certificates.number": wang,
            "integrity.number": wang,
            "consents.number": wang,
            "erasures.number": wang,
            "erasures.erasure_id": society,
            "cells.number": wang,
            "undoing.act_id": wang,
            "units.number": society,
            "proposals.proposal_id": wang,
            "proposals.fact_id": society,
            "own_proposals.proposal_id": wang,
            "tags.number": wang,
            "tag_words.tag_id": society,
            "bulk.choice_id": society,
            "exchange.line": society,
            "bulk.job_id": society,
            "exports.job_id": society,
            "printouts.job_id": society,
            "undoing.job_id": society,
            "branches.code": Place(cast.society.id, cast.branch.id),
        },
        society=society,
    )


def address(app: Flask, place: Endpoint, values: Mapping[str, Any]) -> str:
    """The address of an endpoint with these values."""
    with app.test_request_context():
        return app.url_for(place.name, **values)


def said(answer: Any) -> str:
    """The text of a page, of a workbook or of a printed file; a picture says nothing."""
    if answer.data.startswith(b"PK") and answer.mimetype.endswith("spreadsheetml.sheet"):
        sheets = load_workbook(BytesIO(answer.data)).worksheets
        return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    if answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-1.7\n"):
        return "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    if answer.mimetype == "application/zip":
        pack = ZipFile(BytesIO(answer.data))
        return "\n".join(pack.read(name).decode() for name in pack.namelist() if name.endswith(PLAIN))
    return "" if answer.mimetype == "image/png" else str(answer.text)


def may_read(place: Endpoint, held: tuple[Grant, ...], found: Samples) -> bool:
    """May the page be seen; from the policy alone, without asking the views."""
    return _allows(place, held, found, place.action, SEEING.get(place.name))


def may_write(place: Endpoint, held: tuple[Grant, ...], found: Samples) -> bool:
    """May the deed be done."""
    return _allows(place, held, found, place.action, SAVING.get(place.name))


def _allows(place: Endpoint, held: tuple[Grant, ...], found: Samples, *actions: Action | None) -> bool:
    return all(_allow(place, held, found, action) for action in actions if action)


def _allow(place: Endpoint, held: tuple[Grant, ...], found: Samples, action: Action) -> bool:
    if action in ANYONE | SIGNED_IN:
        return True
    subject = found.subject(place)
    if subject is not None:
        return may(held, action, subject)
    if "slug" in place.arguments:
        return any(span.society_id in (None, found.society.society_id) for span in reach(held, action))
    return may(held, action)


def grants(session: Session, cast: Cast, username: str) -> tuple[Grant, ...]:
    """What an account of the cast holds on the day of the tests."""
    return grants_on(session, getattr(cast, f"{username}_account").id, TODAY)
