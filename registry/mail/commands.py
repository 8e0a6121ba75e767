"""`flask mail`: for a timetable."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from registry.mail.sending import Postman, postman

mail = AppGroup("mail", help="Mails that wait to be sent.")


def init_app(app: Flask) -> None:
    """Give the application the command."""
    app.cli.add_command(mail)


def _at_work() -> Postman:
    found = postman()
    if found is None:
        raise click.ClickException("没有设邮件服务器（REGISTRY_SMTP_URL）")
    return found


@mail.command("send")
@with_appcontext
def send() -> None:
    """Send all that is due, such as what an earlier process left; meant for cron."""
    left = _at_work().deliver()
    click.echo(f"还有信要再试，最早在 {left:%Y-%m-%d %H:%M} UTC" if left else "没有要发的信")
