"""What may be typed about a finding."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from registry.bodies.forms import NEEDED, DeedForm, version_field
from registry.findings.services import Raise, Say
from registry.web.fields import DayField

LONGEST = 2000


def _words(label: Any, *, needed: bool) -> TextAreaField:
    checks = [InputRequired(NEEDED)] if needed else []
    return TextAreaField(label, [*checks, Length(max=LONGEST)], render_kw={"rows": 5})


class RaiseForm(DeedForm):
    """Something to be set right."""

    title = StringField(_("事项"), [InputRequired(NEEDED), Length(max=120)])
    words = _words(_("整改要求"), needed=True)
    until = DayField(_("答复期限"), [InputRequired(NEEDED)])

    def command(self, *, own: bool) -> Raise:
        """The demand as typed."""
        return Raise(self.title.data, self.words.data, self.until.data, own)


class SayForm(DeedForm):
    """A step on a finding."""

    words = _words(_("说明"), needed=False)
    version = version_field()

    def command(self) -> Say:
        """The step as typed."""
        more = {key: self[key].data for key in ("until", "approval") if key in self}
        return Say(self.words.data or "", self.version.data or 0, **more)


class AnswerForm(SayForm):
    """What the society did about it."""

    sends_files = True
    words = _words(_("整改情况"), needed=True)
    files = MultipleFileField(_("证明材料"))

    def command(self) -> Say:
        """The answer with its files."""
        sent = [file for file in request.files.getlist("files") if file.filename]
        files = [(file.filename or "", file.read()) for file in sent]
        return Say(self.words.data, self.version.data or 0, files=files)


class SendBackForm(SayForm):
    """The answer does not do."""

    words = _words(_("理由"), needed=True)
    until = DayField(_("新的期限"), [InputRequired(NEEDED)])


class ExtendForm(SayForm):
    """Another day for the answer."""

    until = DayField(_("新的期限"), [InputRequired(NEEDED)])


class WaiveForm(SayForm):
    """Let it be for a time."""

    approval = StringField(_("批准的文号或依据"), [InputRequired(NEEDED), Length(max=120)])
    until = DayField(_("例外到哪一天"), [InputRequired(NEEDED)])
