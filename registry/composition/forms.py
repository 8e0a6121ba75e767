"""What may be typed about the charter, and about who is a leading cadre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from registry.composition.facts import Official
from registry.composition.services import SetParameter
from registry.core.errors import Stale
from registry.web.fields import DayField

_FIELD = "official-"


class ParameterForm(FlaskForm):  # type: ignore[misc]
    """A parameter as the charter sets it."""

    stale: Stale | None = None
    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    value = StringField(_("本会章程的规定"), [Length(max=40)], render_kw={"autocomplete": "off"})
    article = StringField(_("章程条款"), [Length(max=60)], render_kw={"autocomplete": "off"})
    starts_on = DayField(_("从哪一天起"), [InputRequired(_("请填写日期"))])

    grave = sends_files = False

    @property
    def inputs(self) -> list[Any]:
        """The visible fields."""
        return [self.value, self.article, self.starts_on]

    def command(self, key: str) -> SetParameter:
        """The parameter from a day on."""
        article, version = (self.article.data or "").strip(), self.version.data
        return SetParameter(key, self.value.data or "", article, self.starts_on.data, version)


class OfficialsForm(FlaskForm):  # type: ignore[misc]
    """Of everybody in office one choice; what was not chosen stays unknown."""

    def told(self, typed: Mapping[str, Any], people: Iterable[int]) -> dict[int, Official]:
        """The choices that were made, of those who are in office."""
        chosen = {key: str(typed.get(f"{_FIELD}{key}", "")) for key in people}
        known = {kind.value for kind in Official}
        return {key: Official(word) for key, word in chosen.items() if word in known}
