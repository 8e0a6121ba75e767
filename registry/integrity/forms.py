"""What may be typed about a finding against somebody's integrity."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from registry.bodies.forms import NEEDED, DeedForm, why_field
from registry.integrity.services import Find
from registry.web.fields import DayField


class FindForm(DeedForm):
    """What an authority found."""

    words = StringField(_("认定的情况"), [InputRequired(NEEDED), Length(max=200)])
    source = StringField(_("认定单位和文号"), [InputRequired(NEEDED), Length(max=120)])
    found_on = DayField(_("认定日期"), [InputRequired(NEEDED)])
    until = DayField(_("影响期限"))

    def command(self) -> Find:
        """The finding as typed."""
        return Find(self.found_on.data, self.words.data, self.source.data, self.until.data)


class LiftForm(DeedForm):
    """It weighs no longer."""

    on = DayField(_("解除日期"), [InputRequired(NEEDED)])
    why = why_field()
