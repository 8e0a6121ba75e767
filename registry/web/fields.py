"""Inputs that several areas' forms share."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.widgets import Select

from registry.core.dates import PartialDate
from registry.core.typed_dates import read_date
from registry.web.languages import said


class DayField(StringField):  # type: ignore[misc]
    """A date known to the day, typed as people type dates; what cannot be read stays as typed."""

    data: Any = None
    typed: str | None = None

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        kw = {
            "autocomplete": "off",
            "maxlength": 20,
            "placeholder": _("年-月-日"),
            **more.pop("render_kw", {}),
        }
        super().__init__(label, validators, render_kw=kw, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text → date; None where nothing was typed."""
        self.data = None
        self.typed = valuelist[0].strip() if valuelist else None
        if self.typed:
            self.data = _to_the_day(self.typed)

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return str(self.data) if self.data else ""


def _to_the_day(typed: str) -> date:
    read: PartialDate = read_date(typed)
    if read.day is None:
        raise ValueError(gettext("请写到日，如 %(example)s", example=f"{read.year}-{read.month or 3:02}-15"))
    return read.first


class _Spoken(Select):  # type: ignore[misc]
    """Options in the reader's language; their values stay what they are."""

    @classmethod
    def render_option(cls, choice: Any, **more: Any) -> Any:
        """One option."""
        return super().render_option(choice._replace(label=said(choice.label or choice.value)), **more)


# Every form's choices, wherever it is written.
SelectField.widget = _Spoken()
SelectMultipleField.widget = _Spoken(multiple=True)
