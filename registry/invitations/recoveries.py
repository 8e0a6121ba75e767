"""The office's side of recovering an account: one asks, another approves, the letter is the answer."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash
from flask_babel import gettext as _

from registry.accounts import managing, recovering
from registry.accounts.models import Account, Recovery
from registry.accounts.recovering import Approve, Approved, Ask
from registry.accounts.telling import tell
from registry.core.errors import NotAllowed, NotThere, RuleBroken
from registry.core.policy import Action
from registry.invitations import queries
from registry.invitations.forms import ApproveForm, RecoverForm
from registry.invitations.letters import Letter
from registry.mail.sending import available
from registry.memberships.deeds import Wording, carry_out
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.web import current
from registry.web.access import permit_in, signed_in
from registry.web.addresses import whole
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.languages import said
from registry.web.pages import go, page

bp = Blueprint("recoveries", __name__, url_prefix="/societies/<slug>/accounts")


def _may(society: Society, account: Account) -> bool:
    return managing.may_recover(
        current.grants(), account, signed_in().account_id, society.id, current.today()
    )


@bp.route("/<int:account_id>/recover", methods=["GET", "POST"])
@permit_in(Action.ACCOUNT_RECOVER, load_society)
def ask(society: Society, account_id: int) -> Response:
    """Ask, with a reason; the holder is told at the address that the account has."""
    account = queries.account(session(), society.id, account_id)
    if account is None:
        raise NotThere
    if not _may(society, account):
        raise NotAllowed
    form = RecoverForm()
    lead = _("忘了密码又收不到邮件，或者丢了手机和备用码，由您提出、另一位同意，请本人另定。请先核实是本人。")
    back = link("invitations.index", slug=society.slug)
    wording = Wording(_("申请找回账号"), lead, _("已提出，等另一位同意；七天之内有效"), back, account.name)

    def deed() -> None:
        asked = Ask(society.id, signed_in().account_id, form.reason.data.strip())
        recovering.ask(session(), account, asked, datetime.now(UTC))
        tell(account, "recovery_asked", society=society.name)

    return carry_out(form, wording, deed)


@bp.route("/recoveries/<int:recovery_id>", methods=["GET", "POST"])
@permit_in(Action.ACCOUNT_RECOVER, load_society)
def one(society: Society, recovery_id: int) -> Response:
    """What was asked and why; approved, the letter is the answer, for its code is kept nowhere."""
    row = _seen(society, recovery_id)
    form = ApproveForm().offer(mails=available() and row.account.email is not None)
    made: list[Approved] = []

    def approve() -> None:
        command = Approve(signed_in().account_id, mails=form.way.data == "mail")
        made.append(recovering.approve(session(), row, command, datetime.now(UTC), current.today()))

    if status := attempt(form, approve):
        return _shown(society, recovery_id, form, status)
    return _send(society, row, made[0], mails=form.way.data == "mail")


def _row(society: Society, recovery_id: int) -> Recovery:
    row = queries.recovery(session(), society.id, recovery_id)
    if row is None:
        raise NotThere
    return row


def _seen(society: Society, recovery_id: int) -> Recovery:
    """For who may recover the account, who asked for it, and whose account it is; nobody else stops it."""
    row = _row(society, recovery_id)
    if not _may(society, row.account) and signed_in().account_id not in {row.asker_id, row.account_id}:
        raise NotAllowed
    return row


def _shown(society: Society, recovery_id: int, form: ApproveForm, status: int) -> Response:
    row, now = _row(society, recovery_id), datetime.now(UTC)
    waits = recovering.is_waiting(row, now)
    approvable = (
        waits
        and not row.approved_at
        and row.asker_id != signed_in().account_id
        and _may(society, row.account)
    )
    context = {"row": row, "form": form, "waits": waits, "approvable": approvable}
    return page("invitations/recovery.html", "form", status, **context)


def _send(society: Society, row: Recovery, made: Approved, *, mails: bool) -> Response:
    """To the holder: a mail, or a letter that is shown this once."""
    where = whole("regaining.arrive", secret=made.secret)
    if mails:
        tell(row.account, "recovery", society=society.name, link=where)
        flash(_("已同意，链接已寄到账号的邮箱"), "done")
        return go(link("invitations.index", slug=society.slug))
    person = queries.member_behind(session(), society.id, row.account)
    letter = Letter(row.account.name, made.secret, made.expires_at, where, person)
    where, day = whole("regaining.regain"), current.today()
    return page("invitations/recovery_letter.html", None, letter=letter, where=where, today=day)


@bp.post("/recoveries/<int:recovery_id>/withdraw")
@permit_in(Action.ACCOUNT_RECOVER, load_society)
def withdraw(society: Society, recovery_id: int) -> Response:
    """It leads to nothing any longer."""
    row = _seen(society, recovery_id)
    try:
        recovering.withdraw(session(), row, datetime.now(UTC))
        flash(_("找回账号的申请已撤回"), "done")
    except RuleBroken as broken:
        session().rollback()
        flash(said(broken.reason), "warning")
    return go(link("invitations.index", slug=society.slug))
