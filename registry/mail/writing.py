"""A mail as it is read: text and HTML from `templates/mail/`, in the language of whoever gets it."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid, parseaddr
from typing import Any

from flask import Flask
from flask_babel import force_locale, gettext

from registry.mail.services import Claimed


def write(app: Flask, mail: Claimed, sender: str) -> EmailMessage:
    """The message; its subject is the first line of the text."""
    with app.app_context(), force_locale(mail.language):
        text = _drawn(app, f"mail/{mail.template}.txt", mail, _=gettext)
        html = _drawn(app, f"mail/{mail.template}.html", mail)
    subject, _, body = text.strip().partition("\n")
    name, address = parseaddr(sender)
    message = EmailMessage()
    message["Subject"] = subject.strip()
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n")
    message.add_alternative(html, subtype="html")
    return message


def _drawn(app: Flask, template: str, mail: Claimed, **more: Any) -> str:
    """Without the context of a request: a mail is written when nobody asks. Only HTML is escaped."""
    values = {**mail.values, "language": mail.language.replace("_", "-"), **more}
    return app.jinja_env.get_template(template).render(values)
