"""A mail goes after the commit, by a real exchange; what it said is kept no longer."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.mail import services
from registry.mail.models import Mail, MailState
from registry.web.database import db
from tests.mail.server import text

TO = "wang@example.cn"


def post(session):
    values = {"name": "王富 & 李", "society": "北京计算科学学会", "days": 7}
    link = "https://registry.example.org/"
    services.post(session, 0, TO, "invitation", link=link, **values)


def rows(session):
    session.rollback()
    return session.scalars(select(Mail).execution_options(populate_existing=True)).all()


def test_a_mail_is_sent_after_the_commit(mailing, server):
    with mailing.app_context():
        post(db.session())
        assert server.mails == []
        db.session.commit()
        (mail,) = server.wait()
    assert mail["To"] == TO
    assert str(mail["From"]) == "学会名册 <registry@example.org>"
    assert mail["Subject"] == "北京计算科学学会请您开通账号"


def test_a_mail_is_readable_as_text_and_as_html(mailing, server):
    with mailing.app_context():
        post(db.session())
        db.session.commit()
        (mail,) = server.wait()
    assert "王富 & 李，您好：" in text(mail)
    assert "王富 &amp; 李，您好：" in text(mail, "html")
    assert '<a href="https://registry.example.org/">' in text(mail, "html")
    assert "<" not in text(mail)


def test_a_mail_that_is_rolled_back_is_never_sent(mailing, server, session):
    with mailing.app_context():
        post(db.session())
        db.session.rollback()
        db.session.commit()
    assert rows(session) == []
    assert server.mails == []


def test_what_was_sent_is_erased(mailing, server, session):
    post(session)
    session.commit()
    assert rows(session)[0].sealed
    session.rollback()
    mailing.extensions["postman"].deliver()
    (row,) = rows(session)
    assert (row.state, row.sealed) == (MailState.SENT, None)
    assert row.closed_at


def test_neither_address_nor_words_stand_in_the_outbox(session):
    post(session)
    (row,) = session.scalars(select(Mail))
    assert TO.encode() not in row.sealed
    assert "王富" not in row.sealed.decode("latin-1")


def test_a_mail_refused_for_now_is_tried_again_after_a_growing_pause(mailing, server, session):
    post(session)
    session.commit()
    server.refusals = ["450 later"]
    due = mailing.extensions["postman"].deliver()
    assert timedelta(0) < due - datetime.now(UTC) <= services.PAUSES[0]
    (row,) = rows(session)
    assert (row.state, row.tries) == (MailState.WAITING, 1)
    row.due_at = datetime.now(UTC)
    session.commit()
    assert mailing.extensions["postman"].deliver() is None
    assert len(server.mails) == 1


def test_the_pauses_grow():
    assert list(services.PAUSES) == sorted(set(services.PAUSES))


@pytest.mark.parametrize("tries", [0, len(services.PAUSES)])
def test_a_mail_is_given_up_where_trying_is_no_use(tries, mailing, server, session):
    """The server refuses it for good, or it was tried often enough; then it is erased as well."""
    post(session)
    session.scalars(select(Mail)).one().tries = tries
    session.commit()
    server.refusals = ["450 later" if tries else "550 no such user"]
    mailing.extensions["postman"].deliver()
    (row,) = rows(session)
    assert (row.state, row.sealed) == (MailState.GIVEN_UP, None)


def test_two_processes_never_send_the_same_mail(session, store):
    post(session)
    session.commit()
    now = datetime.now(UTC)
    assert services.claim(session, now)
    session.commit()
    with store.session() as other:
        assert services.claim(other, now) is None


def test_no_address_is_logged(mailing, server, session, caplog):
    post(session)
    session.commit()
    server.refusals = [f"550 <{TO}> is unknown"]
    with caplog.at_level(logging.DEBUG):
        mailing.extensions["postman"].deliver()
    said = [record.getMessage() for record in caplog.records if record.name == "registry"]
    assert said == ["mail 1 not sent at try 1: SMTPRecipientsRefused"]


def test_a_timetable_sends_what_an_earlier_process_left(mailing, server, session):
    post(session)
    session.commit()
    assert "没有要发的信" in mailing.test_cli_runner().invoke(args=["mail", "send"]).output
    assert len(server.mails) == 1


def test_without_a_mail_server_the_command_says_so(app):
    answer = app.test_cli_runner().invoke(args=["mail", "send"])
    assert answer.exit_code == 1
    assert "REGISTRY_SMTP_URL" in answer.output
