"""What may be typed: why two entries are one person, or two; and why a merge is taken back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.core.errors import Stale
from registry.merging.services import MergeInto

_QUIET = {"autocomplete": "off", "maxlength": 200}


class MergeForm(FlaskForm):  # type: ignore[misc]
    """The confirmation; `seen` is the state of both entries that was shown."""

    stale: Stale | None = None
    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    seen = HiddenField()
    voiding = BooleanField(_("同意作废上面列出的重叠部分"))
    reason = StringField(
        _("为什么认定是同一个人"),
        [InputRequired(_("请写明为什么认定是同一个人；它会记入日志")), Length(max=200)],
        render_kw=_QUIET,
    )

    def command(self, taken: frozenset[str]) -> MergeInto:
        """The merge as confirmed."""
        return MergeInto(taken, self.reason.data or "", self.seen.data or "", voiding=self.voiding.data)


class ApartForm(FlaskForm):  # type: ignore[misc]
    """Why they are two; may be left out."""

    reason = StringField(_("依据（可以不填）"), [Length(max=200)], render_kw=_QUIET)


class UndoForm(FlaskForm):  # type: ignore[misc]
    """Why the merge was wrong."""

    reason = StringField(
        _("撤销原因"), [InputRequired(_("请写明撤销原因；它会记入日志")), Length(max=200)], render_kw=_QUIET
    )
