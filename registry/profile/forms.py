"""What a member may choose: whether fellow members see them in the directory, and which facts."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from registry.consents.queries import Standing
from registry.people.fields import FIELDS


class VisibleForm(FlaskForm):  # type: ignore[misc]
    """In the directory or not, and what of oneself."""

    listed = BooleanField(_("把我列入会员通讯录"))
    facts = SelectMultipleField(_("给会员看的"), option_widget=CheckboxInput())

    def __init__(self, standing: Standing) -> None:
        """Filled with what holds."""
        super().__init__(data={"listed": bool(standing.given), "facts": list(standing.facts)})
        self.facts.choices = [(key, FIELDS[key].label) for key in standing.purpose.offers]

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing is shown of whom nobody finds."""
        well = bool(super().validate(extra_validators))
        if self.facts.data and not self.listed.data:
            self.listed.errors = [gettext("要给会员看这些，请先列入通讯录")]
            return False
        return well
