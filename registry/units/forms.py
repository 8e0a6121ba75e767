"""What may be typed about a unit, its entry, and who represents it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.core.codetables import TABLES
from registry.core.errors import Stale
from registry.memberships.forms import AdmitForm
from registry.memberships.units import EnterUnit
from registry.units.services import EnterUnitMember, Represent
from registry.web.fields import DayField

FACTS = {
    "name": _("单位名称"),
    "credit_code": _("统一社会信用代码"),
    "kind": _("单位类型"),
    "region": _("地区"),
    "address": _("地址"),
}
"""Labels by key."""


def _typed(label: Any, length: int, *rules: Any) -> StringField:
    asked = {"maxlength": length, "autocomplete": "off"}
    return StringField(label, [*rules, Length(max=length)], render_kw=asked)


def _of_table(key: str, table: str) -> SelectField:
    choices = [("", _("未填")), *TABLES[table].choices()]
    return SelectField(FACTS[key], choices=choices, default="")


def _name() -> StringField:
    return _typed(FACTS["name"], 200, InputRequired(_("请填写单位名称")))


def _unit(form: FlaskForm) -> EnterUnit:
    typed = {key: form[key].data or "" for key in FACTS}
    return EnterUnit(**typed | {"kind": typed["kind"] or None, "region": typed["region"] or None})


class UnitForm(FlaskForm):  # type: ignore[misc]
    """The facts of a unit."""

    stale: Stale | None = None
    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    name = _name()
    credit_code = _typed(FACTS["credit_code"], 30)
    kind = _of_table("kind", "employer_kind")
    region = _of_table("region", "region")
    address = _typed(FACTS["address"], 300)

    def command(self) -> EnterUnit:
        """The facts as they should stand."""
        return _unit(self)


class NewUnitForm(AdmitForm):
    """A unit, its spell and its representative."""

    name = _name()
    credit_code = _typed(FACTS["credit_code"], 30)
    kind = _of_table("kind", "employer_kind")
    region = _of_table("region", "region")
    address = _typed(FACTS["address"], 300)
    person = _typed(_("单位代表"), 120)

    def entry(self) -> EnterUnitMember:
        """All that was typed."""
        return EnterUnitMember(_unit(self), self.command(), self.person.data or "")


class RepresentForm(FlaskForm):  # type: ignore[misc]
    """Who acts for the unit, and from when."""

    person = _typed(_("会员号或姓名"), 120, InputRequired(_("请填会员号或姓名")))
    starts_on = DayField(_("从哪一天起"), [InputRequired(_("请填写日期"))])

    def command(self) -> Represent:
        """The change."""
        return Represent(self.person.data, self.starts_on.data)


class StandDownForm(FlaskForm):  # type: ignore[misc]
    """The day from which nobody acts for the unit."""

    on = DayField(_("从哪一天起不再代表"), [InputRequired(_("请填写日期"))])
