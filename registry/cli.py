"""Commands for the shell; every deed is a service's."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import true
from sqlalchemy.orm import Session

from registry import config
from registry.accounts import factor, recovering
from registry.accounts.models import Account
from registry.accounts.queries import by_username
from registry.accounts.services import GiveRole, give_role, open_account
from registry.composition import packs, queries, shown
from registry.composition.judging import judge
from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.core.policy import Role
from registry.demo import accounts, bulk, creation, sample
from registry.exchange.finishing import Outcome, import_file
from registry.exchange.services import Receive
from registry.exports.services import TITLES, Wanted, export_file
from registry.findings import queries as findings
from registry.findings import services as reopening
from registry.journal.queries import first_broken
from registry.memberships.queries import by_number
from registry.roster.queries import SORTS
from registry.societies.models import Society
from registry.societies.queries import branch_by_code, by_slug, societies
from registry.web import current, database

ACTOR, DEMO = Actor(None, "命令行"), Actor(None, "演示数据")
STATES = {"new": "新增", "changed": "更新", "unchanged": "无变化", "doubtful": "存疑", "refused": "拒绝"}

user = AppGroup("user", help="Accounts.")
journal = AppGroup("journal", help="The journal.")


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    for command in (import_, export, audit, review, user, demo, generate, journal):
        app.cli.add_command(command)


@contextmanager
def _session(actor: Actor = ACTOR) -> Iterator[Session]:
    """One transaction; a broken rule undoes it and is said in words."""
    session = database.session()
    session.info["actor"] = actor
    try:
        yield session
        session.commit()
    except RuleBroken as broken:
        session.rollback()
        raise click.ClickException(broken.reason) from broken
    except BaseException:
        session.rollback()
        raise


def _society(session: Session, slug: str) -> Society:
    society = by_slug(session, slug)
    if society is None:
        raise click.ClickException(f"没有代码为“{slug}”的学会")
    return society


@click.command("import")
@click.argument("society")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Judge every row and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@with_appcontext
def import_(society: str, file: Path, dry_run: bool, as_json: bool) -> None:
    """Read a roster: apply new and changed rows, name the doubtful and refused ones."""
    with _session() as session:
        outcome = import_file(
            session,
            _society(session, society),
            Receive(file.name, file.read_bytes()),
            current.today(),
            datetime.now(UTC),
            dry_run=dry_run,
        )
    click.echo(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2) if as_json else _told(outcome))


def _told(outcome: Outcome) -> str:
    """The outcome in words, a line for every problem."""
    counts = "，".join(f"{STATES[state]} {count}" for state, count in outcome.counts.items())
    problems = [
        f"第 {problem['row']} 行 {problem['column']}：{problem['reason']}".replace(" ：", "：")
        for problem in outcome.problems
    ]
    return "\n".join((f"共 {sum(outcome.counts.values())} 行：{counts}", *problems, *outcome.notes))


@click.command("export")
@click.argument("society")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--list", "what", type=click.Choice(tuple(TITLES)), default="members", show_default=True)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today unless given.")
@click.option("--past", is_flag=True, help="With what is over by the day.")
@click.option("--columns", default="", help="Of the roster: keys with commas; all unless given.")
@click.option("--sort", type=click.Choice(tuple(SORTS)), default="number", help="Of the roster.")
@click.option("--keys/--no-keys", default=None, help="To import it again; Excel has them unless told.")
@with_appcontext
def export(society: str, file: Path, day: datetime | None, **asked: Any) -> None:
    """Write a list as .xlsx or .csv: the roster, unit members, branches or offices of a day."""
    columns, keyed = tuple(filter(None, asked.pop("columns").split(","))), asked.pop("keys")
    wanted, on = Wanted(**asked, columns=columns, keyed=keyed), day.date() if day else current.today()
    with _session() as session:
        count = export_file(session, _society(session, society), file, on, wanted)
    click.echo(f"{count} 行，已写入 {file}")


@click.command("audit")
@click.argument("society", required=False)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON.")
@with_appcontext
def audit(society: str | None, day: datetime | None, as_json: bool) -> None:
    """Judge the bodies of a society, or of all, by the rules; the worst finding first."""
    with _session() as session:
        found = [_society(session, society)] if society else societies(session, true())
        ids, on = [row.id for row in found], day.date() if day else current.today()
        audits = [shown.Audit(one, judge(one, packs.every())) for one in queries.snapshots(session, ids, on)]
    if as_json:
        every = [finding for audit in audits for finding in audit.as_json()]
        click.echo(json.dumps(every, ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(shown.told(audit) for audit in audits))


@click.command("review")
@with_appcontext
def review() -> None:
    """Put on record which settled findings have come back; for a daily timer."""
    with _session() as session:
        ids = [row.id for row in societies(session, true())]
    many = sum(map(_review, ids))
    click.echo(f"{many} 项整改的问题又出现，已重新打开")


def _review(society_id: int) -> int:
    """Of one society, in a transaction of its own: an act belongs to one."""
    with _session() as session:
        rows, on = findings.of_society(session, society_id), current.today()
        if not rows:
            return 0
        return reopening.review(session, rows, findings.audit(session, society_id, on).findings, on)


@user.command("factor-off")
@click.argument("username")
@with_appcontext
def factor_off(username: str) -> None:
    """Ask an account for no code any longer: for whoever lost the phone and the recovery codes."""
    with _session() as session:
        factor.remove(session, _account(session, username))
    click.echo(f"{username} 登录时不再问验证码")


@user.command("recover")
@click.argument("username")
@with_appcontext
def recover(username: str) -> None:
    """Print a code by which the holder chooses anew: for an account that no two persons may recover."""
    with _session() as session:
        made = recovering.by_operator(session, _account(session, username), datetime.now(UTC))
    where = current_app.extensions["registry"].address
    click.echo(f"请本人在 24 小时之内打开 {where}/recover ，用这个验证码另定密码：{made.secret}")


def _account(session: Session, username: str) -> Account:
    account = by_username(session, username)
    if account is None:
        raise click.ClickException(f"没有用户名“{username}”")
    return account


@user.command("create")
@click.option("--username", prompt=True)
@click.option("--name", prompt=True, help="The name that the journal shows.")
@click.option("--role", prompt=True, type=click.Choice([role.value for role in Role]))
@click.option("--society", help="Slug of the society that the role reaches.")
@click.option("--branch", help="Code of the branch, for branch_staff.")
@click.option("--member", help="Membership number, for member.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create_user(
    username: str,
    name: str,
    role: str,
    society: str | None,
    branch: str | None,
    member: str | None,
    password_stdin: bool,
) -> None:
    """Open an account with a role; the password is typed or piped in, never an argument."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _typed_password()
    with _session() as session:
        given = Role(role)
        keys = (
            {} if given is Role.ADMIN else _place(session, society or click.prompt("Society"), branch, member)
        )
        account = open_account(session, username, name, password)
        give_role(session, account, GiveRole(given, current.today(), **keys))
    click.echo(f"已开立账号 {account.username}（{given.value}）")


def _typed_password() -> str:
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _place(session: Session, slug: str, branch: str | None, member: str | None) -> dict[str, int | None]:
    """The keys that a role reaches, by what people call them."""
    society = _society(session, slug)
    unit = branch_by_code(session, society.id, branch) if branch else None
    spell = by_number(session, slug, member) if member else None
    if branch and unit is None:
        raise click.ClickException(f"{society.name}没有代码为“{branch}”的分支机构")
    if member and (spell is None or spell.person_id is None):
        raise click.ClickException(f"{society.name}没有会员号为“{member}”的个人会员")
    return {
        "society_id": society.id,
        "branch_id": unit.id if unit else None,
        "person_id": spell.person_id if spell else None,
    }


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Make the demonstration once, and print its accounts."""
    password = accounts.password_in(config.INSTANCE, os.environ.get("REGISTRY_DEMO_PASSWORD", ""))
    with _session(DEMO) as session:
        if creation.exists(session):
            accounts.renew(session, password)
        else:
            _create_demo(session, password)
    with _session() as session:
        path = sample.write(session, config.INSTANCE / "demo")
    click.echo(f"\n账号（密码都是 {password}）")
    for username, duty in accounts.DUTIES.items():
        click.echo(f"  {username:<12}{duty}")
    click.echo(f"试用导入：{_from_here(path)}\n")


def _create_demo(session: Session, password: str) -> None:
    click.echo("正在创建演示数据…")
    began = time.monotonic()
    count = creation.create(session, password)
    click.echo(f"三个学会，{count} 位会员，用时 {time.monotonic() - began:.0f} 秒")


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


@click.command("generate")
@click.option("--societies", type=click.IntRange(1, 999), default=1, show_default=True)
@click.option(
    "--members", type=click.IntRange(1), default=1000, show_default=True, help="Of all societies together."
)
@click.option("--seed", type=int, default=1, show_default=True)
@with_appcontext
def generate(societies: int, members: int, seed: int) -> None:
    """Fill the database with synthetic members, the same for the same seed."""
    bar: Any
    with _session() as session, click.progressbar(length=members, label="会员", file=sys.stderr) as bar:
        bulk.generate(session, societies, members, seed, bar.update)
    click.echo(f"{societies} 个学会，{members} 位会员")


@journal.command("verify")
@click.argument("society")
@with_appcontext
def verify(society: str) -> None:
    """Prove that nothing in a society's journal was altered; exits with 1 where something was."""
    with _session() as session:
        broken = first_broken(session, _society(session, society).id)
    if broken is not None:
        raise click.ClickException(f"日志在第 {broken} 号操作处断开" if broken else "日志末尾有操作被删除")
    click.echo("日志完整")
