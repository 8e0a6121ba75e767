"""What may be typed about a certificate."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from registry.bodies.forms import DeedForm
from registry.certificates.facts import CHOICES, LABELS


class ChooseForm(FlaskForm):  # type: ignore[misc]
    """Which membership or office, and what of it is told."""

    of = RadioField(_("证明什么"), validate_choice=True)
    facts = SelectMultipleField(
        _("写明哪些"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )

    def offer(self, rows: Sequence[tuple[str, str]], kind: str) -> None:
        """The rows of which there may be one, and the facts of that kind."""
        self.of.choices = list(rows)
        self.facts.choices = [(key, LABELS[key]) for key in CHOICES[kind]]


class RevokeForm(DeedForm):
    """A certificate that shall hold no longer."""

    grave = True
    why = StringField(_("原因"), [InputRequired(_("请写明原因；它会记入日志")), Length(max=200)])
