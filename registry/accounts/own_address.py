"""The pages on which an account gets another mail address: asked for, confirmed, stopped."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _

from registry.accounts import factor, moving, services
from registry.accounts.forms import AddressForm, PressForm
from registry.accounts.models import Account
from registry.accounts.telling import flooded, tell
from registry.accounts.ways import subject
from registry.core.actor import Actor
from registry.core.errors import RuleBroken
from registry.core.policy import Action
from registry.mail.sending import available
from registry.web.access import permit, signed_in
from registry.web.addresses import whole
from registry.web.database import db, session
from registry.web.deeds import attempt
from registry.web.languages import said
from registry.web.pages import go, hushed, page

bp = Blueprint("own_address", __name__)


def _own() -> Account:
    return session().get_one(Account, signed_in().account_id)


@bp.route("/me/address", methods=["GET", "POST"])
@permit(Action.SESSIONS_KEEP)
def change() -> Response:
    """Ask for another one; the password is asked once more, and the code where there is one."""
    account, form = _own(), AddressForm()
    if account.totp_since is None:
        del form.code
    if not form.is_submitted() or not available():
        return _form(account, form, 422 if form.is_submitted() else 200)
    if form.validate() and not _proved(account, form):
        return _form(account, form, 422)
    address = (form.address.data or "").strip()
    if status := attempt(form, lambda: _ask(account, address)):
        return _form(_own(), form, status)
    flash(_("信已寄到 %(address)s，请在 24 小时之内打开；在那以前邮箱不变", address=address), "done")
    return go(url_for("accounts.mine"))


def _form(account: Account, form: AddressForm, status: int) -> Response:
    standing = moving.address_of(session(), account.email)
    context = {"form": form, "standing": standing, "mails": available()}
    return page("accounts/address.html", "form", status, **context)


def _proved(account: Account, form: AddressForm) -> bool:
    """A wrong password or code is counted, and the count must stay although the answer is a refusal."""
    now = datetime.now(UTC)
    if services.prove(session(), account.username, form.now.data, now) is None:
        form.now.errors = [_("现在的密码不对；连续输错 5 次后，账号停用 15 分钟")]
    elif "code" in form and not factor.passes(session(), account, form.code.data, now):
        form.code.errors = [_("验证码不对；连续输错 5 次后，账号停用 15 分钟")]
    else:
        return True
    db.session.commit()
    return False


def _ask(account: Account, address: str) -> None:
    """The new address gets the link, the old one the news and a link to stop it."""
    if flooded(subject(account.id)) or flooded(address):
        raise RuleBroken("一小时之内要得太多了，请过一会儿再试", "address")
    made = moving.ask(session(), account, address, datetime.now(UTC))
    tell(account, "address_confirm", address, link=whole("own_address.confirm", secret=made.move))
    tell(account, "address_asked", link=whole("own_address.keep", secret=made.keep))


@bp.route("/me/address/confirm/<secret>", methods=["GET", "POST"])
@permit(Action.SESSIONS_KEEP)
def confirm(secret: str) -> Response:
    """Opened from the new address by whoever is signed in: from now on it is the account's."""
    account, form, before = _own(), PressForm(), list[str]()

    def deed() -> None:
        before.append(moving.confirm(session(), account, secret[:80], datetime.now(UTC)))

    if status := attempt(form, deed):
        return hushed(page("accounts/address_confirm.html", "form", status, form=form))
    for address in (before[0], moving.address_of(session(), account.email)):
        tell(account, "address_changed", address)
    flash(_("账号的邮箱已换"), "done")
    return go(url_for("accounts.mine"))


@bp.post("/me/address/withdraw")
@permit(Action.SESSIONS_KEEP)
def withdraw() -> Response:
    """Stay with the address there is."""
    try:
        moving.withdraw(session(), _own(), datetime.now(UTC))
        flash(_("已撤回，邮箱不变"), "done")
    except RuleBroken as broken:
        flash(said(broken.reason), "warning")
    return go(url_for("accounts.mine"))


@bp.route("/address/keep/<secret>", methods=["GET", "POST"])
@permit(Action.ADDRESS_KEEP)
def keep(secret: str) -> Response:
    """Opened from the old address, by whoever reads it: the change is stopped."""
    form, now = PressForm(), datetime.now(UTC)
    session().info["actor"] = Actor(None, str(_("换邮箱的通知信")))
    if status := attempt(form, lambda: moving.keep(session(), secret[:80], now)):
        return hushed(page("accounts/address_keep.html", "form", status, form=form))
    flash(_("已撤回，邮箱不变。如果不是您要换的，就有人知道您的密码，请马上改密码"), "done")
    return go(url_for("accounts.mine"))
