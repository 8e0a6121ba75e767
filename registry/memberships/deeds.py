"""The deeds on a spell, as pages of members and of units alike ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, flash
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from registry.memberships import forms, services
from registry.memberships.models import Membership
from registry.societies.queries import branches, categories
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.pages import go, page


@dataclass(frozen=True)
class Wording:
    """What surrounds the form: title, what the deed means, what was done, the way back, whose it is."""

    title: str
    lead: str
    done: str
    back: str
    of: str = ""
    danger: bool = False


@dataclass(frozen=True)
class Holder:
    """Whose spell it is: the page to return to, and the name."""

    back: str
    name: str
    day: date

    def wording(self, title: str, lead: str, done: str, *, danger: bool = False) -> Wording:
        """The words of one deed."""
        return Wording(title, lead, done, self.back, self.name, danger)


def choices(society_id: int, day: date, *, for_units: bool = False) -> forms.Choices:
    """Where a spell can be placed."""
    found = categories(session(), society_id), branches(session(), society_id)
    return forms.Choices(*found, day, for_units)


def carry_out(form: FlaskForm, wording: Wording, deed: Callable[[], Any]) -> Response:
    """The form, or the page to which it returns once it is done."""
    status = attempt(form, deed)
    if status:
        return page("memberships/deed.html", "form", status, form=form, wording=wording)
    flash(wording.done, "done")
    return go(wording.back)


def _choices(spell: Membership, day: date) -> forms.Choices:
    return choices(spell.society_id, day, for_units=spell.unit_id is not None)


def change(spell: Membership, holder: Holder) -> Response:
    """变更: the world moved."""
    form = forms.change_form(spell, _choices(spell, holder.day))
    lead = _("情况变了：原来的会籍到这一天为止，从这一天起按新的类别和分支机构记。")
    wording = holder.wording(_("变更会籍"), lead, _("会籍已变更"))
    return carry_out(form, wording, lambda: services.change(session(), spell, form.command()))


def end(spell: Membership, holder: Holder) -> Response:
    """退会、停权、除名、去世: from a day on no longer a member."""
    form = forms.end_form(spell, holder.day)
    lead = _("从这一天起不再在会（这一天已不算）；记录保留，以后可以重新入会。")
    wording = holder.wording(_("结束会籍"), lead, _("会籍已结束"), danger=True)
    return carry_out(form, wording, lambda: services.end(session(), spell, form.command()))


def correct(spell: Membership, holder: Holder) -> Response:
    """更正: the register was wrong."""
    form = forms.correct_form(spell, _choices(spell, holder.day))
    lead = _("登记错了：直接改成本来应有的样子。请写明原因，它会记入日志。")
    wording = holder.wording(_("更正会籍"), lead, _("会籍已更正"))
    return carry_out(form, wording, lambda: services.correct(session(), spell, form.command()))


def void(spell: Membership, holder: Holder) -> Response:
    """作废: it was never true."""
    form = forms.VoidForm(data={"version": spell.version})
    lead = _("这段会籍从来不该有：作废后哪一天都不算，记录和原因保留。")
    wording = holder.wording(_("作废会籍"), lead, _("会籍已作废"), danger=True)
    return carry_out(form, wording, lambda: services.void(session(), spell, form.why.data or ""))
