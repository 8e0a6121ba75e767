"""What may be typed about bodies, terms, posts and offices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from registry.bodies.founding import AddPost, Establish, ExtendTerm, OpenTerm
from registry.bodies.models import BODY_KINDS, Body, BodyKind
from registry.core.errors import Stale
from registry.societies.models import Branch
from registry.web.fields import DayField

NEEDED = _("这一项必须填写")


class DeedForm(FlaskForm):  # type: ignore[misc]
    """A form about one row: knows the version that was shown, and can stand on a page twice."""

    stale: Stale | None = None
    grave = False
    sends_files = False
    order: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def inputs(self) -> list[Field]:
        """The visible fields: those named in `order`, then the others, without those drawn `apart`."""
        seen = {field.short_name: field for field in self if not isinstance(field.widget, HiddenInput)}
        seen = {name: field for name, field in seen.items() if name not in self.apart}
        return [seen.pop(name) for name in self.order] + list(seen.values())

    def stand_apart(self, mark: int) -> None:
        """Number the ids, so that the same form may be open for another row."""
        for field in self:
            field.id = field.label.field_id = f"{field.id}-{mark}"


def version_field() -> IntegerField:
    """The version that was shown."""
    return IntegerField(validators=[Optional()], widget=HiddenInput())


def why_field() -> StringField:
    """The reason, which the journal keeps."""
    return StringField(_("原因"), [InputRequired(_("请写明原因；它会记入日志")), Length(max=200)])


def words_field(label: Any, longest: int = 120) -> StringField:
    """A line that may stay empty."""
    return StringField(label, [Length(max=longest)])


class EstablishForm(DeedForm):
    """A new body."""

    kind = SelectField(_("类型"), choices=[(kind.value, word) for kind, word in BODY_KINDS.items()])
    name = StringField(_("名称"), [InputRequired(NEEDED), Length(max=120)])
    branch_id = SelectField(_("所属分支机构"), coerce=int)
    starts_on = DayField(_("成立日期"), [InputRequired(NEEDED)])

    def offer(self, branches: Iterable[Branch]) -> None:
        """Only a committee belongs to a branch."""
        self.branch_id.choices = [(0, _("无（学会一级机构）")), *((row.id, row.name) for row in branches)]

    def command(self) -> Establish:
        """The body as typed."""
        kind, day = BodyKind(self.kind.data), self.starts_on.data
        return Establish(kind, self.name.data, day, self.branch_id.data or None)


class PostForm(DeedForm):
    """A new post."""

    name = StringField(_("职务名称"), [InputRequired(NEEDED), Length(max=40)])
    rank = IntegerField(_("排序"), [InputRequired(NEEDED), NumberRange(0, 999, _("请填 0–999 的整数"))])
    seats = IntegerField(_("席位数"), [Optional(), NumberRange(1, 5000, _("请填 1–5000 的整数，不限请留空"))])
    principal = BooleanField(_("属于负责人"))
    version = version_field()

    def command(self) -> AddPost:
        """The post as typed."""
        return AddPost("", self.name.data, self.rank.data, self.seats.data, principal=self.principal.data)


class TermForm(DeedForm):
    """A new term."""

    ordinal = IntegerField(_("第几届"), [InputRequired(NEEDED), NumberRange(1, 200, _("请填 1–200 的整数"))])
    starts_on = DayField(_("开始日期"), [InputRequired(NEEDED)])
    planned_end_on = DayField(_("计划届满日"), [InputRequired(NEEDED)])

    def command(self) -> OpenTerm:
        """The term as typed."""
        return OpenTerm(self.ordinal.data, self.starts_on.data, self.planned_end_on.data)


class ExtendForm(DeedForm):
    """A term that goes on beyond its planned end."""

    until = DayField(_("延期至"), [InputRequired(NEEDED)])
    approval = StringField(_("批准文号"), [InputRequired(NEEDED), Length(max=120)])
    version = version_field()

    def command(self) -> ExtendTerm:
        """The extension as typed."""
        return ExtendTerm(self.until.data, self.approval.data, self.version.data)


class CloseForm(DeedForm):
    """The end of a term."""

    on = DayField(_("结束日期"), [InputRequired(NEEDED)])
    version = version_field()


class EndBodyForm(CloseForm):
    """The end of a body."""

    grave = True


def next_term(body: Body, day: date) -> dict[str, Any]:
    """What a new term probably is."""
    newest = max((row.ordinal for row in body.terms), default=0)
    return {"ordinal": newest + 1, "starts_on": day}
