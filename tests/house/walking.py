"""Every endpoint of the product with values for its address, and what each role may do there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts import recovering
from registry.accounts.inviting import invite
from registry.accounts.models import Invitation, Recovery
from registry.accounts.queries import grants_on
from registry.app import create_app
from registry.arrangements.models import SavedView
from registry.arrangements.services import SaveView, save_view
from registry.bulk import services as bulk
from registry.bulk.models import Choice
from registry.certificates.models import Certificate, CertificateKind
from registry.certificates.services import Issue
from registry.certificates.services import issue as certify
from registry.config import Config
from registry.consents.models import Recipient
from registry.consents.services import NameRecipient, name_recipient, set_directory
from registry.core.policy import ANYONE, SIGNED_IN, Action, Grant, may, reach
from registry.core.subjects import Place
from registry.exchange import services as exchange
from registry.exchange.models import Upload
from registry.exports.models import ExportedPart
from registry.findings import services as findings
from registry.findings.models import Rectification, StepPaper
from registry.integrity.models import IntegrityRecord
from registry.integrity.services import Find, record
from registry.jobs.models import Job, JobState
from registry.joining import services as joining
from registry.joining.models import Application, ApplicationPaper, Track
from registry.journal.models import Act
from registry.lists import services as lists
from registry.lists.models import ListKind, RosterList
from registry.meetings.models import MeetingPaper
from registry.meetings.services import keep_paper
from registry.memberships.services import edit_member
from registry.merging.models import Merge
from registry.merging.plan import hold, state
from registry.merging.services import MergeInto, merge
from registry.people.services import AddDocument, EditPerson, enter_person
from registry.printouts.models import PrintedFile
from registry.privacy.models import Erasure
from registry.privacy.requests import ask
from registry.proposals.models import Proposal, ProposedFact
from registry.proposals.services import Propose, propose
from registry.slates import services as slates
from registry.slates.models import Candidate, Slate
from registry.tags import services as tags
from registry.tags.models import Tag
from tests.cast import Cast
from tests.databases import SECRET, TODAY

NOBODY = "nobody"
ROLES = ("admin", "staff", "staff2", "branch", "member", "auditor", "supervisor")
EXEMPT = {"static"}
PLAIN = (".json", ".csv", ".txt")
FILE = "姓名,性别,工作单位\n周小川,男,北京星河大学\n王富,男,北京星河大学\n".encode()

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


def receive(session: Session, cast: Cast) -> None:
    """A file that waits to be imported, a view that is shared, and an edit that may be taken back."""
    command = exchange.Receive("名单.csv", FILE)
    _merge(session, cast)
    invite(session, cast.chen, "", datetime(2026, 11, 24, tzinfo=UTC), TODAY)
    session.commit()
    lost = recovering.Ask(cast.society.id, cast.staff_account.id, "手机丢了")
    recovering.ask(session, cast.member_account, lost, datetime.now(UTC))
    session.commit()
    ask(session, cast.wang, "", by_self=True)
    set_directory(session, cast.society, opened=True)
    name_recipient(session, cast.society.id, NameRecipient("Northfield", "GB", "a@b.org", *"用法料权"))
    upload = exchange.receive(session, cast.society, command, datetime(2026, 11, 24, tzinfo=UTC))
    exchange.judge(session, upload, TODAY)
    session.commit()
    saved = SaveView("香港会员", "region=HK", shared=True)
    save_view(session, cast.society.id, cast.staff_account.id, saved)
    session.commit()
    edit_member(session, cast.wang, EditPerson({"postcode": "100080"}))
    session.commit()
    tags.add(session, cast.society.id, "专家库", [cast.wang.id])
    session.commit()
    keep_paper(session, cast.decision.meeting, "纪要.pdf", b"%PDF-1.7 ")
    session.commit()
    _propose(session, cast)
    _apply(session, cast)
    _find_fault(session, cast)
    found = Find(date(2025, 3, 1), "署名不当", "国科金监处〔2025〕3号")
    record(session, cast.society.id, cast.wang.id, found, TODAY)
    session.commit()
    certify(session, cast.society.id, certificate_of(cast), TODAY)
    session.commit()
    _send_list(session, cast)
    _draft(session, cast)
    _choose(session, cast)


def _propose(session: Session, cast: Cast) -> None:
    """A degree with its certificate, and a passport."""
    wanted = Propose("证书", {"degree": "硕士"}, evidence=("证书.pdf", b"%PDF-1.7 "))
    passport = Propose("换发", document=AddDocument("passport", "E12345678", "GB"))
    for spell, asked in ((cast.wang_member, wanted), (cast.mary_member, passport)):
        propose(session, spell, asked, datetime(2026, 11, 24, tzinfo=UTC))
        session.commit()


def certificate_of(cast: Cast) -> Issue:
    """That Wang is a member."""
    told = {"society": cast.society.name, "name": cast.wang.name}
    return Issue(CertificateKind.MEMBERSHIP, cast.wang.id, told, cast.wang_member.id)


def _apply(session: Session, cast: Cast) -> None:
    """Joining is open; one application lies with the staff."""
    joining.settle(session, cast.society.id, joining.Settle(["mainland"], 0, ""))
    session.commit()
    at = datetime(2026, 11, 24, tzinfo=UTC)
    row, _secret = joining.begin(session, cast.society, Track.MAINLAND, at)
    joining.attach(session, row, "学历.pdf", b"%PDF-1.7 ")
    joining.submit(session, row, joining.Typed({"name": "夏荷", "employer": "燕山计算研究所"}), TODAY)
    session.commit()


def _find_fault(session: Session, cast: Cast) -> None:
    """Something to be set right, and an answer with a paper."""
    day, asked = findings.Day(TODAY), findings.Raise("理事会人数", "请补足理事", date(2027, 1, 31), own=False)
    row = findings.raise_finding(session, cast.society, asked, day)
    session.commit()
    said = findings.Say("已增补", row.version, files=[("决议.pdf", b"%PDF-1.7 ")])
    findings.answer(session, row, said, day)
    session.commit()


def _send_list(session: Session, cast: Cast) -> None:
    """A list of the branches that waits to be decided."""
    told = "名称\t成立时间\n网络专业委员会\t2019-03-01\n"
    sent = lists.Send(ListKind.BRANCHES, told, "", b"", None)
    lists.receive(session, cast.society, sent, datetime(2026, 11, 24, tzinfo=UTC))
    session.commit()


def _draft(session: Session, cast: Cast) -> None:
    """Two slates for the council's next 届."""
    term = (cast.council.id, 9, date(2028, 5, 1), date(2033, 5, 1))
    for label in ("方案一", "方案二"):
        begin = slates.Begin(*term, label, from_term=True)
        slates.begin(session, cast.society, begin, TODAY, datetime(2026, 11, 24, tzinfo=UTC))
    session.commit()


def _merge(session: Session, cast: Cast) -> None:
    """Two entries of one person, made one."""
    stays, goes = (enter_person(session, cast.society.id, {"name": "林深"}) for _ in range(2))
    seen = state(hold(session, stays), hold(session, goes))
    merge(session, stays, goes, MergeInto(frozenset(), "同一人", seen), TODAY)
    session.commit()


def _choose(session: Session, cast: Cast) -> None:
    """Members who were chosen, and what was done to them."""
    at, society = datetime(2026, 11, 24, tzinfo=UTC), cast.society.id
    choice = bulk.hold(session, society, bulk.Hold([cast.wang_member.id], None, at))
    asked = {"deed": "fact", "key": "grassroots", "value": "yes", "on": None, "why": "", "target": "是"}
    job = Job(society_id=society, kind="roster:bulk", asked=asked, started_at=at, worker="", total=1)
    job.choice_id, job.state = choice.id, JobState.DONE
    job.act_id = session.scalars(select(func.max(Act.id))).one()
    back = {"act": job.act_id, "back": "/"}
    session.add(Job(society_id=society, kind="act:undo", asked=back, started_at=at, worker="", state="done"))
    session.add(job)
    printed = {"name": "会员名册.pdf", "account": None}
    paper = Job(society_id=society, kind="list:print", asked=printed, started_at=at, worker="", state="done")
    session.add(paper)
    session.flush()
    content = session.info["vault"].seal_bytes(b"%PDF-1.7")
    session.add(
        PrintedFile(
            society_id=society, job_id=paper.id, name="会员名册.pdf", form="pdf", content=content, at=at
        )
    )
    written = {"name": "会员名册.csv", "kind": "csv", "account": None}
    file = Job(
        society_id=society, kind="roster:export", asked=written, started_at=at, worker="", state="done"
    )
    session.add(file)
    session.flush()
    piece = session.info["vault"].seal_bytes("姓名".encode())
    session.add(ExportedPart(society_id=society, job_id=file.id, place=0, content=piece, at=at))
    session.commit()


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
