"""An import step by step, as a clerk takes it; rosters of a few columns to take it with."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.exchange import finishing, pages, services
from registry.exchange.answers import Answers
from registry.exchange.finishing import Confirmed
from registry.exchange.models import Upload
from registry.exchange.services import Receive
from registry.jobs import services as jobs
from registry.people.models import Person
from tests.exchange import files

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def people(session: Session, society) -> int:
    return session.scalar(select(func.count()).select_from(Person).where(Person.society_id == society.id))


def uploaded(session: Session, cast, content: bytes, filename: str = "名册.xlsx") -> Upload:
    upload = services.receive(session, cast.society, Receive(filename, content), NOW)
    services.judge(session, upload, TODAY)
    session.commit()
    return upload


def said(session: Session, upload: Upload, **answers) -> None:
    services.answer(session, upload, Answers(**answers), TODAY)
    session.commit()


def digest(session: Session, upload: Upload) -> str:
    return pages.common_of(session, upload).digest


def applied(session: Session, upload: Upload, shown: str = "") -> Upload:
    """Confirmed and written, as the job beside the request does it."""
    session.commit()
    command = jobs.Begin(upload.society_id, None, "import:apply", {}, 0, "here:1:1", NOW, upload.id)
    job = jobs.begin(session, command)
    session.commit()
    confirmed = Confirmed(upload.id, shown or digest(session, upload), TODAY)
    finishing.carry_out(session, job.id, confirmed, NOW, lambda _many: None)
    session.commit()
    return upload


def roster(*rows) -> bytes:
    headings = ["会员号", "姓名", "性别", "出生日期", "工作单位", "会员类别", "分支机构", "证件号码", "备注"]
    return files.xlsx([headings, *rows])
