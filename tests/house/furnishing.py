"""Something to look at on every page: what waits, was sent, drafted, chosen, merged."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts import recovering
from registry.accounts.inviting import invite
from registry.arrangements.services import SaveView, save_view
from registry.bulk import services as bulk
from registry.certificates.models import CertificateKind
from registry.certificates.services import Issue
from registry.certificates.services import issue as certify
from registry.consents.services import NameRecipient, name_recipient, set_directory
from registry.exchange import services as exchange
from registry.exports.models import ExportedPart
from registry.findings import services as findings
from registry.integrity.services import Find, record
from registry.jobs.models import Job, JobState
from registry.joining import services as joining
from registry.joining.models import Track
from registry.journal.models import Act
from registry.lists import services as lists
from registry.lists.models import ListKind
from registry.meetings.services import keep_paper
from registry.memberships.services import edit_member
from registry.merging.plan import hold, state
from registry.merging.services import MergeInto, merge
from registry.people.services import AddDocument, EditPerson, enter_person
from registry.printouts.models import PrintedFile
from registry.privacy.requests import ask
from registry.proposals.services import Propose, propose
from registry.slates import services as slates
from registry.tags import services as tags
from tests.cast import Cast
from tests.databases import TODAY

FILE = "姓名,性别,工作单位\n周小川,男,北京星河大学\n王富,男,北京星河大学\n".encode()


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
