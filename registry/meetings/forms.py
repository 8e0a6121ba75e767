"""What may be typed about a meeting, a decision and its votes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from registry.bodies.deciding import Annul, Votes
from registry.bodies.forms import NEEDED, DeedForm, version_field, why_field, words_field
from registry.bodies.models import Body, Decision
from registry.meetings.services import Hold, Reword
from registry.web.fields import DayField


def _count(label: Any) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, 100_000, _("请填不小于 0 的整数"))])


class MeetingForm(DeedForm):
    """A meeting to be recorded."""

    name = StringField(_("会议名称"), [InputRequired(NEEDED), Length(max=120)])
    held_on = DayField(_("日期"), [InputRequired(NEEDED)])
    body_id = SelectField(_("哪个机构的会议"), coerce=int)
    entitled = _count(_("应到"))
    present = _count(_("实到"))
    document_number = words_field(_("文号"), 60)
    document_title = words_field(_("文件题名"))

    def offer(self, bodies: Iterable[Body]) -> None:
        """The bodies of the society."""
        self.body_id.choices = [(0, _("未指明")), *((row.id, row.name) for row in bodies)]

    def command(self) -> Hold:
        """The meeting as typed."""
        typed: dict[str, Any] = {key: self[key].data for key in ("name", "held_on", "entitled", "present")}
        texts: dict[str, Any] = {key: self[key].data or "" for key in ("document_number", "document_title")}
        more = {key: self[key].data for key in ("why", "version") if key in self}
        return Hold(**typed, **texts, **more, body_id=self.body_id.data or None)


class CorrectMeetingForm(MeetingForm):
    """A meeting to be set right."""

    why = why_field()
    version = version_field()


class DecisionForm(DeedForm):
    """What the meeting decided."""

    text = TextAreaField(_("决议内容"), [InputRequired(NEEDED), Length(max=2000)])
    votes_for = _count(_("赞成"))
    votes_against = _count(_("反对"))
    votes_abstain = _count(_("弃权"))

    @property
    def votes(self) -> Votes:
        """As they were counted."""
        return Votes(self.votes_for.data, self.votes_against.data, self.votes_abstain.data)


class RewordForm(DecisionForm):
    """A decision to be set right."""

    why = why_field()
    version = version_field()

    def command(self) -> Reword:
        """The decision as it should have been recorded."""
        return Reword(self.text.data, self.votes, self.why.data, self.version.data)


class AnnulForm(DeedForm):
    """A decision that shall hold no longer."""

    grave = True
    on = DayField(_("撤销日期"), [InputRequired(NEEDED)])
    why = why_field()
    version = version_field()

    def command(self) -> Annul:
        """The annulment as typed."""
        return Annul(self.on.data, self.why.data, self.version.data)


class PaperForm(DeedForm):
    """A small file of a meeting."""

    sends_files = True
    file = FileField(_("文件"))


def standing(row: Decision) -> dict[str, Any]:
    """A decision as `RewordForm` is filled with it."""
    return {
        key: getattr(row, key) for key in ("text", "votes_for", "votes_against", "votes_abstain", "version")
    }
