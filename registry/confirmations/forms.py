"""What may be typed to begin a round."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import Optional

from registry.bodies.forms import DeedForm
from registry.confirmations.services import Begin
from registry.memberships.forms import key_or_none
from registry.societies.models import Branch
from registry.web.fields import DayField


class BeginForm(DeedForm):
    """Whom to ask."""

    branch_id = SelectField(_("问谁"), coerce=key_or_none)
    since = DayField(_("不再问这一天以后确认过的"), [Optional()])

    def offer(self, branches: Iterable[Branch]) -> None:
        """The whole society, or one branch."""
        self.branch_id.choices = [("", _("全体会员")), *((row.id, row.name) for row in branches)]

    def command(self) -> Begin:
        """As typed."""
        return Begin(self.branch_id.data, self.since.data)
