"""What may be typed to change, correct, end or void a spell of membership, or to begin one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.core.errors import Stale
from registry.memberships.models import END_REASONS, EndReason, Membership
from registry.memberships.services import Admit, Change, Correct, End
from registry.societies.models import Branch, Category
from registry.web.fields import DayField

# To void is a deed of its own.
_ENDS = [(str(key), word) for key, word in END_REASONS.items() if key is not EndReason.VOIDED]


@dataclass(frozen=True)
class Choices:
    """The categories and branches among which a spell is placed on a day."""

    categories: Sequence[Category]
    branches: Sequence[Branch]
    day: date
    for_units: bool = False

    def offer(self, form: FlaskForm, kept: Branch | None = None) -> None:
        """Fill the two lists; a branch that has ended stays where it stands."""
        open_now = [row for row in self.branches if row.period.holds(self.day) or row is kept]
        fitting = [row for row in self.categories if row.for_units == self.for_units]
        form.category_id.choices = [(row.id, row.name) for row in fitting]
        form.branch_id.choices = [("", _("不属于分支机构")), *((row.id, row.name) for row in open_now)]


def key_or_none(value: Any) -> int | None:
    """A choice → a key; the empty one is none."""
    return int(value) if value not in (None, "", "None") else None


def _category() -> SelectField:
    return SelectField(_("会员类别"), [InputRequired(_("请选会员类别"))], coerce=key_or_none)


def _branch() -> SelectField:
    return SelectField(_("分支机构"), coerce=key_or_none)


def _day(label: Any, *, required: bool = True) -> DayField:
    return DayField(label, [InputRequired(_("请填写日期")) if required else Optional()])


def _number(label: Any) -> StringField:
    return StringField(label, [Length(max=40)], render_kw={"maxlength": 40, "autocomplete": "off"})


class DeedForm(FlaskForm):  # type: ignore[misc]
    """A deed on a spell: the version that was shown, and why."""

    stale: Stale | None = None
    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    why = StringField(_("原因"), [Length(max=200)])


class AdmitForm(FlaskForm):  # type: ignore[misc]
    """A new spell of somebody who is known."""

    category_id = _category()
    branch_id = _branch()
    starts_on = _day(_("入会日期"))
    number = _number(_("会员号"))
    remark = StringField(_("备注"), [Length(max=200)])

    def command(self) -> Admit:
        """The spell as it begins."""
        return Admit(
            category_id=self.category_id.data,
            starts_on=self.starts_on.data,
            number=self.number.data or "",
            branch_id=self.branch_id.data,
            remark=self.remark.data or "",
        )


class ChangeForm(DeedForm):
    """Another category or branch from a day on."""

    on = _day(_("从哪一天起"))
    category_id = _category()
    branch_id = _branch()

    def command(self) -> Change:
        """The change."""
        typed = (self.on.data, self.category_id.data, self.branch_id.data, self.why.data or "")
        return Change(*typed, self.version.data)


class EndForm(DeedForm):
    """The day from which it holds no longer, and the kind of end."""

    reason = SelectField(
        _("怎样结束"), [InputRequired()], choices=[end for end in _ENDS if end[0] != EndReason.CHANGED]
    )
    on = _day(_("从哪一天起不再在会"))

    def command(self) -> End:
        """The end."""
        return End(self.on.data, EndReason(self.reason.data), self.why.data or "", self.version.data)


class CorrectForm(DeedForm):
    """The spell as it should have stood."""

    category_id = _category()
    branch_id = _branch()
    number = _number(_("会员号"))
    starts_on = _day(_("入会日期"))
    ends_on = _day(_("结束日期"), required=False)
    end_reason = SelectField(_("结束原因"), choices=[("", _("未结束")), *_ENDS], default="")
    remark = StringField(_("备注"), [Length(max=200)])

    def command(self) -> Correct:
        """The correction."""
        return Correct(
            category_id=self.category_id.data,
            branch_id=self.branch_id.data,
            number=(self.number.data or "").strip(),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            end_reason=EndReason(self.end_reason.data) if self.end_reason.data else None,
            remark=self.remark.data or "",
            why=self.why.data or "",
            version=self.version.data,
        )


class VoidForm(DeedForm):
    """Only why."""


def change_form(spell: Membership, choices: Choices) -> ChangeForm:
    """Filled with what stands, from the day looked at."""
    form = ChangeForm(obj=spell, data={"on": choices.day, "version": spell.version})
    choices.offer(form, spell.branch)
    return form


def correct_form(spell: Membership, choices: Choices) -> CorrectForm:
    """Filled with what stands."""
    form = CorrectForm(obj=spell)
    choices.offer(form, spell.branch)
    form.why.label.text = gettext("更正原因")
    return form


def end_form(spell: Membership, day: date) -> EndForm:
    """Ending on the day."""
    return EndForm(data={"on": day, "version": spell.version})


def admit_form(choices: Choices) -> AdmitForm:
    """Beginning on the day."""
    form = AdmitForm(data={"starts_on": choices.day})
    choices.offer(form)
    return form
