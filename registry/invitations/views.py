"""The page of a society's accounts, and inviting members to theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from registry.accounts import inviting, managing, sessions, words
from registry.accounts.inviting import Invited
from registry.accounts.models import Account
from registry.core.errors import NotAllowed, NotThere, RuleBroken
from registry.core.policy import Action
from registry.invitations import queries, services
from registry.invitations.forms import InviteForm
from registry.invitations.letters import Letter
from registry.mail import services as mail
from registry.mail.sending import available
from registry.societies.models import Society
from registry.societies.queries import branches
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, signed_in
from registry.web.addresses import whole
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.languages import said, speaks
from registry.web.pages import go, page

bp = Blueprint("invitations", __name__, url_prefix="/societies/<slug>/accounts")


@bp.get("/")
@permit_in(Action.ACCOUNT_KEEP, load_society)
def index(society: Society) -> Response:
    """Who can sign in for the society, as what, and who was invited."""
    found, more = queries.accounts(session(), society.id, request.args.get("after", ""))
    waiting = queries.waiting(session(), society.id, datetime.now(UTC))
    named = {row.id: row.name for row in branches(session(), society.id)}
    own, day = signed_in().account_id, current.today()
    whole_ids = {row.id for row in found if managing.reaches_whole(current.grants(), row, own)}
    return page(
        "invitations/index.html",
        None,
        found=found,
        more=more,
        waiting=waiting,
        branches=named,
        roles=words.ROLES,
        stoppable=whole_ids,
        recoverable={
            row.id for row in found if managing.may_recover(current.grants(), row, own, society.id, day)
        },
        recoveries=queries.recoveries(session(), society.id, datetime.now(UTC)),
        endable=lambda grant: grant.account_id != own and managing.reaches(current.grants(), grant),
    )


@bp.post("/<int:account_id>")
@permit_in(Action.ACCOUNT_KEEP, load_society)
def change(society: Society, account_id: int) -> Response:
    """End a role, stop or reopen the account, or sign it out everywhere."""
    account = queries.account(session(), society.id, account_id)
    if account is None:
        raise NotThere
    role = request.form.get("role", type=int)
    deed = _end_role(society, account, role) if role else _deed(society, account)
    return _done(society, deed)


def _end_role(society: Society, account: Account, grant_id: int) -> Callable[[], str]:
    grant = next((row for row in account.grants if row.id == grant_id), None)
    if grant is None or grant.society_id != society.id:
        raise NotThere
    if account.id == signed_in().account_id or not managing.reaches(current.grants(), grant):
        raise NotAllowed

    def end() -> str:
        managing.end_role(session(), grant, current.today())
        return str(_("角色已结束"))

    return end


def _deed(society: Society, account: Account) -> Callable[[], str]:
    if not managing.reaches_whole(current.grants(), account, signed_in().account_id):
        raise NotAllowed
    deeds: dict[str, tuple[Callable[[], Any], str]] = {
        "disable": (
            lambda: managing.disable(session(), account, society.id, datetime.now(UTC)),
            _("账号已停用"),
        ),
        "enable": (lambda: managing.enable(session(), account, society.id), _("账号已恢复")),
        "sessions": (lambda: sessions.end_all(session(), account), _("已让它在各处退出登录")),
    }
    deed, said_after = deeds.get(request.form.get("deed", ""), (lambda: None, _("什么也没有改")))

    def carry_out() -> str:
        deed()
        return str(said_after)

    return carry_out


def _done(society: Society, deed: Callable[[], str]) -> Response:
    """What was done already is said, and nothing is done again."""
    try:
        flash(deed(), "done")
    except RuleBroken as broken:
        session().rollback()
        flash(said(broken.reason), "warning")
    return go(link("invitations.index", slug=society.slug))


@bp.post("/invitations/<int:invitation_id>/withdraw")
@permit_in(Action.ACCOUNT_KEEP, load_society)
def withdraw(society: Society, invitation_id: int) -> Response:
    """Its link or code opens nothing any longer."""
    row = queries.invitation(session(), society.id, invitation_id)
    if row is None:
        raise NotThere

    def deed() -> str:
        inviting.withdraw(session(), row, datetime.now(UTC))
        return str(_("邀请已收回"))

    return _done(society, deed)


@bp.route("/invite", methods=["GET", "POST"])
@permit_in(Action.ACCOUNT_KEEP, load_society)
def invite(society: Society) -> Response:
    """Invite members; the letters are the answer, for their codes are kept nowhere."""
    form = InviteForm(numbers=request.args.get("number", "")).offer(available())
    sent: list[Invited] = []
    status = attempt(form, lambda: sent.extend(_invite(society, form)))
    if status:
        return page("invitations/invite.html", "form", status, form=form)
    letters = [_letter(one) for one in sent if not one.email]
    many = len(sent) - len(letters)
    if not letters:
        flash(_("已发出 %(n)d 封邀请邮件", n=many), "done")
        return go(link("invitations.index", slug=society.slug))
    where = whole("activating.activate")
    return page(
        "invitations/letters.html", None, letters=letters, mails=many, where=where, today=current.today()
    )


def _invite(society: Society, form: InviteForm) -> Sequence[Invited]:
    wanted = form.wanted()
    mails = form.way.data == "mail"
    at, day = datetime.now(UTC), current.today()
    sent = services.invite_members(session(), society.id, wanted, at, day, mails=mails)
    for one in sent:
        if one.email:
            _post(society, one)
    return sent


def _post(society: Society, one: Invited) -> None:
    address = whole("activating.arrive", secret=one.secret)
    said_to = {"society": society.name, "name": one.person.name, "link": address}
    days = inviting.BY_MAIL.days
    mail.post(session(), society.id, one.email, "invitation", speaks(), days=days, **said_to)


def _letter(one: Invited) -> Letter:
    address = whole("activating.arrive", secret=one.secret)
    return Letter(one.person.name, one.secret, one.expires_at, address, one.person)
